// The manifest of a folder of exact lists: which runs count, oldest first, and which lists were taken away. It is written last, in one
// rename: what it names is whole.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fail } from '@redthread/core/errors';
import { DIGEST_KINDS, POLARITIES } from '@redthread/core/index';
import { writeWhole } from './files.js';

export const MANIFEST_FILE = 'manifest';
const MAGIC = 'redthread-exact-lists';
/** Rises when a field changes its meaning. */
const VERSION = 1;

const count = z.number().int().nonnegative();

const Manifest = z.object({
  /** Number of the next run. */
  next: count,
  runs: z.array(
    z.object({
      file: z.string().regex(/^[\w-]+\.run$/),
      kind: z.enum(DIGEST_KINDS),
      /** How old its youngest entries are; a merged run has that of its youngest part. */
      sequence: count,
      entries: count,
      bytes: count,
      /** That of its header: no other file of the name is taken for it. */
      identity: count,
    }),
  ),
  lists: z.array(z.object({ id: z.uuid(), agencyId: z.uuid(), polarity: z.enum(POLARITIES) })),
  /** The entries of this list count in no run whose sequence is below `before`. */
  dropped: z.array(z.object({ id: z.uuid(), before: count })),
});
export type Manifest = Readonly<z.infer<typeof Manifest>>;
export type RunRecord = Manifest['runs'][number];

export const EMPTY_MANIFEST: Manifest = { next: 1, runs: [], lists: [], dropped: [] };

/** First line: magic, version, SHA-256 of the rest; then JSON. Errors: DISK_FULL, those of the file system. */
export const writeManifest = (folder: string, manifest: Manifest): void => {
  const body = `${JSON.stringify(manifest, null, 1)}\n`;
  writeWhole(join(folder, MANIFEST_FILE), `${MAGIC} ${VERSION} ${digestOf(body)}\n${body}`);
};

export const hasManifest = (folder: string): boolean => existsSync(join(folder, MANIFEST_FILE));

/** Errors, naming the file: INDEX_FILE_INVALID, INDEX_VERSION_UNSUPPORTED, INDEX_CHECKSUM_MISMATCH. */
export const readManifest = (folder: string): Manifest => {
  const path = join(folder, MANIFEST_FILE);
  if (!existsSync(path)) throw fail('INDEX_FILE_INVALID', `${path}: there is no such file`);
  const text = readFileSync(path, 'latin1');
  const end = text.indexOf('\n');
  const [magic, version, digest] = text.slice(0, Math.max(0, end)).split(' ');
  if (magic !== MAGIC)
    throw fail('INDEX_FILE_INVALID', `${path}: begins with ${JSON.stringify(text.slice(0, MAGIC.length))}`);
  if (version !== String(VERSION))
    throw fail('INDEX_VERSION_UNSUPPORTED', `${path}: version ${version}, this program reads ${VERSION}`);
  const body = text.slice(end + 1);
  if (digestOf(body) !== digest)
    throw fail('INDEX_CHECKSUM_MISMATCH', `${path}: has ${digestOf(body)} instead of ${digest}`);
  const parsed = Manifest.safeParse(JSON.parse(body));
  if (!parsed.success) throw fail('INDEX_FILE_INVALID', `${path}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
};

const digestOf = (text: string): string => createHash('sha256').update(text, 'latin1').digest('hex');
