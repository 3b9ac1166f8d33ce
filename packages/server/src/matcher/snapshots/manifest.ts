// The manifest of a snapshot: which files it is made of, of which store, and up to where that store's feed was followed.
import { z } from 'zod';
import { edgeHash, pdq } from '@redthread/core/signals';
import { manifestFile } from '../../disk/manifest-file.js';
import { INDEX_NAMES, type NamedSegment } from '../index/messages.js';

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
      sum: z.string().regex(/^[0-9a-f]{16}$/),
    }),
  ),
});
export type Manifest = Readonly<z.infer<typeof Manifest>> & { readonly files: readonly NamedSegment[] };

export const snapshotManifest = manifestFile(Manifest, { magic: 'redthread-index', version: 2 });
