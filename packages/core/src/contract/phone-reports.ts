// What reports of phones and of providers say of an exhibit beside their conversations: the device, people, and files with their state.
import { z } from 'zod';
import { CHAT_FORMATS } from '../chats/conversation.js';
import { REPORT_ENTRY_KINDS, REPORT_PERSON_KINDS, REPORT_STATES } from '../chats/phone-report.js';
import { Id, Instant, page, PageQuery, SourceTime } from './primitives.js';

/** `own`: its bytes lie in the report under its name; `shared`: they lie there once, under another file; `absent`: they are not there. */
export const REPORT_BYTES = ['own', 'shared', 'absent'] as const;
export const ReportBytes = z.enum(REPORT_BYTES);
export type ReportBytes = z.infer<typeof ReportBytes>;

export const PhoneReport = z.object({
  /** Of the export that it was read as. */
  exportId: Id,
  path: z.string(),
  format: z.enum(CHAT_FORMATS),
  state: z.enum(['waiting', 'read', 'asks-date-order', 'failed']),
  error: z.object({ code: z.string(), detail: z.string() }).nullable(),
  readAt: Instant.nullable(),
  /** The file that holds the report, such as an UFDR, where it lies in one. */
  container: z.object({ path: z.string(), sha256: z.string(), bytes: z.number() }).nullable(),
  /** At most 500, in the order of the report. */
  facts: z.array(z.object({ section: z.string(), name: z.string(), value: z.string() })),
  chats: z.number().int(),
  people: z.record(z.enum(REPORT_PERSON_KINDS), z.number().int()),
  /** Files that it names: by where their bytes are, how many were deleted on the device, and how many have other digests than it says. */
  files: z.object({
    own: z.number().int(),
    shared: z.number().int(),
    absent: z.number().int(),
    deleted: z.number().int(),
    differing: z.number().int(),
  }),
  /** What was left out, by code. */
  notes: z.array(z.object({ code: z.string(), detail: z.string() })),
});
export type PhoneReport = z.infer<typeof PhoneReport>;
export const PhoneReports = z.object({ items: z.array(PhoneReport) });

export const PhoneReportPersonQuery = PageQuery.extend({ kind: z.enum(REPORT_PERSON_KINDS).optional() });
export const PhoneReportPerson = z.object({
  exportId: Id,
  number: z.number().int(),
  kind: z.enum(REPORT_PERSON_KINDS),
  app: z.string().nullable(),
  name: z.string().nullable(),
  state: z.enum(REPORT_STATES),
  entries: z.array(
    z.object({
      kind: z.enum(REPORT_ENTRY_KINDS),
      value: z.string(),
      category: z.string().nullable(),
      time: z.object({ text: z.string(), instant: Instant.nullable() }).nullable(),
    }),
  ),
});
export type PhoneReportPerson = z.infer<typeof PhoneReportPerson>;
export const PhoneReportPersonPage = page(PhoneReportPerson);

/** What a report says of a file of the exhibit. */
export const ReportWord = z.object({
  /** Where it lay on the device. */
  path: z.string(),
  state: z.enum(REPORT_STATES),
  bytes: ReportBytes,
  /** Whether its bytes have the digests that the report says; null where it says none, or they are not there. */
  agrees: z.boolean().nullable(),
  tags: z.array(z.string()),
  /** The word of the provider who reported it, never a verdict. */
  provider: z
    .object({
      viewed: z.boolean().nullable(),
      category: z.object({ scheme: z.string(), code: z.string() }).nullable(),
      annotations: z.array(z.string()),
      relevance: z.string().nullable(),
    })
    .nullable(),
});
export type ReportWord = z.infer<typeof ReportWord>;

export const PhoneReportFileQuery = PageQuery.extend({
  bytes: ReportBytes.optional(),
  state: z.enum(REPORT_STATES).optional(),
});
export const PhoneReportFile = ReportWord.extend({
  exportId: Id,
  number: z.number().int(),
  /** The file of the exhibit that it is. */
  occurrencePath: z.string(),
  mediaId: Id.nullable(),
  sizeBytes: z.number().nullable(),
  sha256: z.string().nullable(),
  md5: z.string().nullable(),
  times: z.array(SourceTime),
});
export type PhoneReportFile = z.infer<typeof PhoneReportFile>;
export const PhoneReportFilePage = page(PhoneReportFile);
