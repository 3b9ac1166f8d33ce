// What a report of a phone or of a provider says beside its conversations, as the child may answer it.
import { REPORT_ENTRY_KINDS, REPORT_PERSON_KINDS, REPORT_STATES } from '@redthread/core/chats';
import { SourceTime } from '@redthread/core/contract';
import { z } from 'zod';

const short = z.string().max(1_000);
const long = z.string().max(40_000);
const hex = (length: number) => z.string().regex(new RegExp(`^[0-9a-f]{${length}}$`));

const Fact = z.object({ item: z.literal('fact'), section: short, name: short, value: long });

const Person = z.object({
  item: z.literal('person'),
  kind: z.enum(REPORT_PERSON_KINDS),
  app: short.nullable(),
  name: short.nullable(),
  state: z.enum(REPORT_STATES),
  entries: z
    .array(
      z.object({
        kind: z.enum(REPORT_ENTRY_KINDS),
        value: short,
        category: short.nullable(),
        time: z.object({ text: short, instant: z.iso.datetime().nullable() }).nullable(),
      }),
    )
    .max(1_000),
});

const File = z.object({
  item: z.literal('file'),
  fileId: long.nullable(),
  path: long,
  localPath: long.nullable(),
  sizeBytes: z.number().int().min(0).nullable(),
  state: z.enum(REPORT_STATES),
  times: z.array(SourceTime.extend({ kind: short, text: short, basis: z.literal('report') })).max(20),
  sha256: hex(64).nullable(),
  md5: hex(32).nullable(),
  tags: z.array(short).max(100),
  provider: z
    .object({
      viewed: z.boolean().nullable(),
      category: z.object({ scheme: short, code: short }).nullable(),
      annotations: z.array(short).max(1_000),
      relevance: short.nullable(),
    })
    .nullable(),
});

export const REPORT_ITEMS = [Fact, Person, File] as const;
