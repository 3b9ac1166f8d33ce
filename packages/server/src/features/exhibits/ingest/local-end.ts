// The end of an ingest on this machine: contents are sealed into the vault, rows go into the database as the role `worker`.
import { fileAccess } from '../../../media/walk/index.js';
import { throughRestarts } from '../../../app/through-restarts.js';
import { newKey } from '../../../store/index.js';
import { markContainer, noteImage } from './containers.js';
import { findSeen, markChanged } from './earlier-run.js';
import type { IngestEnd } from './end.js';
import { sealedOnTheWay, sealStream } from './large-content.js';
import { sealedAccess } from './sealed-access.js';
import { createStatistics } from './statistics.js';
import { storeBatch, type SealWish } from './store-batch.js';
import type { StagedObject } from '../../../store/index.js';
import type { IngestStore, IngestTarget } from './target.js';

/** Contents that can be sealed, and what they were sealed with already while they went by. */
export interface Sealable {
  readonly sealedWith: Buffer | null;
  seal(wishes: readonly SealWish[]): Promise<readonly StagedObject[]>;
}

const nothingToSeal: Sealable = { sealedWith: null, seal: async () => [] };

export const localEnd = (store: IngestStore, target: IngestTarget): IngestEnd<Sealable> => {
  const statistics = createStatistics(store.db);
  /** A name that is no text cannot be written down as a path: such a file is copied into the vault. */
  const inPlacePath = (path: string | Uint8Array): string | null =>
    target.inPlace && typeof path === 'string' ? path : null;
  const onTheWay = (staged: StagedObject | null, sealedWith: Buffer | null): Sealable =>
    staged === null || sealedWith === null
      ? nothingToSeal
      : { sealedWith, seal: sealedOnTheWay(store.vault, staged, sealedWith) };
  return {
    inPlacePath,
    findSeen: (paths) => throughRestarts(() => findSeen(store.db, target.exhibitId, paths)),
    markChanged: (seen) =>
      throughRestarts(() =>
        markChanged(
          store.db,
          seen.map(({ occurrenceId }) => occurrenceId),
        ),
      ),
    holdBatch: (hashed, places) => ({
      sealedWith: null,
      seal: (wishes) =>
        wishes.length === 0
          ? Promise.resolve([])
          : hashed.seal(wishes.map(({ index, name, dataKey }) => ({ index: places[index] ?? -1, name, dataKey }))),
    }),
    takeFile: async (pool, path, sizeBytes) => {
      const sealedWith = inPlacePath(path) === null ? newKey() : null;
      const { outcome, digests, staged } = await pool.digestLarge(path, sealedWith, sizeBytes);
      return { outcome, digests, held: onTheWay(staged, sealedWith) };
    },
    takeStream: async (stream) => {
      const { hashed, digests, staged, sealedWith } = await sealStream(store.vault, stream);
      return { hashed, digests, held: onTheWay(staged, sealedWith) };
    },
    discard: async ({ seal }) => void (await seal([])),
    store: ({ files, unread, held }) => {
      const { sealedWith, seal } = held ?? nothingToSeal;
      return storeBatch(store, target, { files, unread, sealedWith: () => sealedWith, seal });
    },
    noteContainer: (failure) => throughRestarts(() => markContainer(store.db, target.exhibitId, failure)),
    noteImage: (image) => throughRestarts(() => noteImage(store.db, target.exhibitId, image)),
    openArchive: (archive, { filePath }) => {
      const isCopied = filePath === undefined || inPlacePath(filePath) === null;
      return isCopied ? sealedAccess(store, archive) : fileAccess(filePath);
    },
    after: (files) => statistics.after(files),
    idle: () => statistics.idle(),
  };
};
