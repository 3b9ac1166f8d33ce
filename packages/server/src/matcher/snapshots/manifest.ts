// The manifest of a snapshot: which files it is made of, of which store, and up to where that store's feed was followed. It is
// written last, in one rename, so that the set it names is always whole.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fail } from '@redthread/core/errors';
import { edgeHash, pdq } from '@redthread/core/signals';
import { INDEX_NAMES, type SegmentFile } from '../index/messages.js';
import { flushFolder, writeWhole } from './segment-files.js';

export const MANIFEST_FILE = 'manifest';
const MAGIC = 'redthread-index';
/** Rises when a field changes its meaning. */
const VERSION = 1;
/** Hashes of other methods are of no use to this program. */
export const INDEXED_METHODS: readonly string[] = [pdq, edgeHash].map(({ name, version }) => `${name}@${version}`);

const Manifest = z.object({
  snapshotId: z.uuid(),
  store: z.string(),
  position: z.object({ xid: z.string().regex(/^\d+$/), id: z.number().int().nonnegative() }),
  methods: z.array(z.string()),
  contents: z.number().int().nonnegative(),
  files: z.array(
    z.object({
      index: z.enum(INDEX_NAMES),
      file: z.string().regex(/^[\w.-]+\.segment$/),
      bytes: z.number().int().positive(),
    }),
  ),
});
export type Manifest = Readonly<z.infer<typeof Manifest>> & { readonly files: readonly SegmentFile[] };

/** First line: magic, version, SHA-256 of the rest; then JSON. */
export const writeManifest = (folder: string, manifest: Manifest): void => {
  const body = `${JSON.stringify(manifest, null, 1)}\n`;
  writeWhole(folder, MANIFEST_FILE, [Buffer.from(`${MAGIC} ${VERSION} ${digestOf(body)}\n${body}`)]);
  flushFolder(folder);
};

/** Null: there is none. Errors: INDEX_FILE_INVALID, INDEX_VERSION_UNSUPPORTED, INDEX_CHECKSUM_MISMATCH. */
export const readManifest = (folder: string): Manifest | null => {
  const text = readIfThere(join(folder, MANIFEST_FILE));
  if (text === null) return null;
  const end = text.indexOf('\n');
  const [magic, version, digest] = text.slice(0, end).split(' ');
  if (end < 0 || magic !== MAGIC) throw fail('INDEX_FILE_INVALID', 'the manifest does not begin as one');
  if (version !== String(VERSION))
    throw fail('INDEX_VERSION_UNSUPPORTED', `the manifest has version ${version}; this program reads ${VERSION}`);
  const body = text.slice(end + 1);
  if (digestOf(body) !== digest) throw fail('INDEX_CHECKSUM_MISMATCH', 'the manifest is damaged');
  const parsed = Manifest.safeParse(JSON.parse(body));
  if (!parsed.success) throw fail('INDEX_FILE_INVALID', `the manifest: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
};

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const readIfThere = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};
