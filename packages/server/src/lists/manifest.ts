// The manifest of a folder of exact lists: which runs count, oldest first, and which lists were taken away.
import { join } from 'node:path';
import { z } from 'zod';
import { fail } from '@redthread/core/errors';
import { DIGEST_KINDS, LIST_ID, POLARITIES } from '@redthread/core/index/exact';
import { manifestFile } from '../disk/manifest-file.js';

const count = z.number().int().nonnegative();
const id = z.string().regex(LIST_ID);

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
  lists: z.array(z.object({ id, agencyId: id, polarity: z.enum(POLARITIES) })),
  /** The entries of this list count in no run whose sequence is below `before`. */
  dropped: z.array(z.object({ id, before: count })),
});
export type Manifest = Readonly<z.infer<typeof Manifest>>;
export type RunRecord = Manifest['runs'][number];

export const EMPTY_MANIFEST: Manifest = { next: 1, runs: [], lists: [], dropped: [] };

export const listsManifest = manifestFile(Manifest, { magic: 'redthread-exact-lists', version: 1 });

/** The manifest of a folder that has one. Errors, naming the file: INDEX_FILE_INVALID, INDEX_VERSION_UNSUPPORTED, INDEX_CHECKSUM_MISMATCH. */
export const readManifest = (folder: string): Manifest => {
  const manifest = listsManifest.read(folder);
  if (manifest === null) throw fail('INDEX_FILE_INVALID', `${join(folder, listsManifest.name)}: there is no such file`);
  return manifest;
};
