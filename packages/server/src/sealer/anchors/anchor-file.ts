// The anchor file: one line a head, added and never changed, each with the hash of the line before it. It is meant for a place
// that whoever can change the database cannot reach.
import { open, readFile, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { canonicalJson, type Json, type RecordHead } from '@redthread/core/audit';
import { fail } from '@redthread/core/errors';
import { z } from 'zod';
import { sha256, type SignedLogHead, type SignedRecordHead } from '../../store/index.js';

const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const Head = z.object({
  v: z.literal(1),
  logs: z.number().int(),
  root: Hash,
  previous: Hash.nullable(),
  anchors: z.object({ count: z.number().int(), chain: Hash }),
  at: z.string(),
  key: z.string(),
});
const Line = z.object({
  v: z.literal(1),
  head: Head,
  signature: z.string().regex(/^[0-9a-f]+$/),
  /** How long each log was: what a record that was set back has lost. */
  logs: z.array(z.object({ log: z.string(), size: z.number().int(), root: Hash })),
  previous: Hash.nullable(),
});
export type AnchorLine = z.infer<typeof Line>;

export interface ReadLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** Null: it cannot be read. */
  readonly content: AnchorLine | null;
}

export const hashOfLine = (text: string): Buffer => Buffer.from(sha256(text));

const toLine = (text: string, line: number): ReadLine => {
  try {
    return { line, text, content: Line.parse(JSON.parse(text)) };
  } catch {
    return { line, text, content: null };
  }
};

/** Every line, the last one also when a crash has torn it. Errors: ANCHOR_UNREACHABLE. */
export const readAnchorFile = async (path: string): Promise<ReadLine[]> => {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw unreachable(path, error);
  });
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, i) => toLine(line, i + 1));
};

/**
 * Adds a line for a head and brings it onto the disk; answers the hash of the line. A file that was there before and is gone is
 * not begun anew: its storage may not be mounted. Errors: ANCHOR_UNREACHABLE; ANCHOR_FOREIGN for a file of another store.
 */
export const addToAnchorFile = async (
  path: string,
  signed: SignedRecordHead,
  logs: readonly SignedLogHead[],
  { ownKeys, isKnown }: { readonly ownKeys: ReadonlySet<string>; readonly isKnown: boolean },
): Promise<Buffer> => {
  let file: FileHandle | null = null;
  try {
    const isNew = (await stat(path).catch(() => null)) === null;
    if (isNew && isKnown) throw new Error('the file is gone, or its storage is not mounted');
    file = await open(path, 'a+', 0o600);
    const before = await lastLine(file);
    refuseForeign(path, before.text, ownKeys);
    const text = lineFor(signed, logs, before.text === null ? null : hashOfLine(before.text).toString('hex'));
    await file.appendFile(`${before.isTorn ? '\n' : ''}${text}\n`);
    await file.sync();
    if (isNew) await syncFolder(dirname(path));
    return hashOfLine(text);
  } catch (error) {
    throw unreachable(path, error);
  } finally {
    await file?.close().catch(() => undefined);
  }
};

const lineFor = (signed: SignedRecordHead, logs: readonly SignedLogHead[], previous: string | null): string =>
  canonicalJson({
    v: 1,
    head: signed.head as RecordHead as unknown as Json,
    signature: signed.signature.toString('hex'),
    logs: logs.map(({ head: { log, root, size } }) => ({ log, root, size })),
    previous,
  });

/** Lines are as long as there are agencies: the end of the file is read in growing parts until a whole one is in it. */
const lastLine = async (file: FileHandle): Promise<{ readonly text: string | null; readonly isTorn: boolean }> => {
  const { size } = await file.stat();
  if (size === 0) return { text: null, isTorn: false };
  for (let length = 65_536; ; length *= 4) {
    const from = Math.max(0, size - length);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    const end = buffer.toString('utf8', 0, bytesRead);
    const isTorn = !end.endsWith('\n');
    const lines = end.split('\n').filter((line) => line !== '');
    if (lines.length > 1 || from === 0) return { text: lines.at(-1) ?? null, isTorn };
  }
};

const refuseForeign = (path: string, last: string | null, ownKeys: ReadonlySet<string>): void => {
  const key = last === null ? undefined : toLine(last, 0).content?.head.key;
  if (key !== undefined && !ownKeys.has(key))
    throw fail('ANCHOR_FOREIGN', `${path}: its last line is signed by ${key}`);
};

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
};

const unreachable = (path: string, error: unknown): unknown => {
  const { name, message } = error as Error;
  return name === 'RedthreadError' ? error : fail('ANCHOR_UNREACHABLE', `${path}: ${message}`, { cause: error });
};
