// Stores one batch: asks what is known, seals what is not, and writes all rows in one transaction, with the sealed bytes
// on disk before the rows that name them are committed. Run again after any interruption, it does what is missing.
import type { Transaction } from 'kysely';
import { fail } from '@redthread/core/errors';
import { throughRestarts } from '../../../app/through-restarts.js';
import { isDecodable } from '../../../media/decode/index.js';
import { isFilmOrSound } from '../../../media/film/index.js';
import {
  dataKeysToRead,
  envelopesFor,
  kindKey,
  newKey,
  type Database,
  type StagedObject,
} from '../../../store/index.js';
import { mayBeChat } from '../../chats/index.js';
import type { StoredBatch } from './end.js';
import type { ReadFile, UnreadEntry } from './found-file.js';
import { findKnownMedia, type KnownMedia } from './known-media.js';
import type { IngestStore, IngestTarget } from './target.js';
import {
  countFiles,
  insertMedia,
  insertOccurrences,
  insertOriginals,
  insertWork,
  releaseHeld,
  type NewContent,
  type WorkOrder,
} from './write-rows.js';

/** A content to be sealed, by its place among the files of the batch. */
export interface SealWish {
  readonly index: number;
  readonly name: string;
  readonly dataKey: Buffer;
}

export interface Batch {
  readonly files: readonly ReadFile[];
  readonly unread: readonly UnreadEntry[];
  /** The key that the bytes of a file were sealed with already while they went by; null: any key will do. */
  sealedWith(index: number): Buffer | null;
  seal(wishes: readonly SealWish[]): Promise<readonly StagedObject[]>;
}

interface Sealing {
  readonly staged: StagedObject;
  readonly dataKey: Buffer;
}

/** Another ingest placed a content of this batch between our look-up and our rows. */
class Overtaken extends Error {}

/** Errors: DISK_FULL, DB_UNREACHABLE, VAULT_CORRUPT; then nothing of the batch is stored. */
export const storeBatch = async (store: IngestStore, target: IngestTarget, batch: Batch): Promise<StoredBatch> => {
  for (;;) {
    try {
      return await storeOnce(store, target, batch);
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
    }
  }
};

const storeOnce = async (store: IngestStore, target: IngestTarget, batch: Batch): Promise<StoredBatch> => {
  const firstOf = new Map<string, number>();
  batch.files.forEach((file, index) => {
    const hex = hexOf(file);
    // A file that is to be sealed leads one that stays in place.
    const first = firstOf.get(hex);
    if (first === undefined || (fileAt(batch, first).inPlacePath !== null && file.inPlacePath === null))
      firstOf.set(hex, index);
  });
  const digests = [...firstOf.values()].map((index) => fileAt(batch, index).digests.sha256);
  const known = await throughRestarts(() => findKnownMedia(store.db, target, digests));
  const sealings = await sealUnknown(store, batch, firstOf, known);
  const contents = [...firstOf]
    .filter(([hex]) => !known.has(hex))
    .map(([, index]) => newContent(store, fileAt(batch, index)));
  try {
    return await throughRestarts(() =>
      store.db.transaction().execute((trx) => writeBatch(trx, store, target, { batch, known, contents, sealings })),
    );
  } catch (error) {
    await store.vault.discard([...sealings.values()].map(({ staged }) => staged));
    throw error;
  }
};

interface Plan {
  readonly batch: Batch;
  readonly known: ReadonlyMap<string, KnownMedia>;
  readonly contents: readonly NewContent[];
  readonly sealings: ReadonlyMap<string, Sealing>;
}

const writeBatch = async (
  trx: Transaction<Database>,
  store: IngestStore,
  target: IngestTarget,
  { batch, known, contents, sealings }: Plan,
): Promise<StoredBatch> => {
  const made = await insertMedia(trx, target.agencyId, contents);
  if (made.size < contents.length) throw new Overtaken();
  const idOf = (hex: string): string => {
    const mediaId = known.get(hex)?.mediaId ?? made.get(hex);
    if (mediaId === undefined) throw fail('INTERNAL', `no media for content ${hex}`);
    return mediaId;
  };
  const unopened = [...known.values()].filter(({ isEnveloped }) => !isEnveloped);
  await envelopesFor(trx, store.keys, target, [
    ...[...made].map(([hex, mediaId]) => ({ mediaId, proposedKey: sealings.get(hex)?.dataKey ?? newKey() })),
    ...unopened.map(({ mediaId }) => ({ mediaId })),
  ]);
  await commitOnce(store.vault, [...sealings.values()]);
  const originals = [...sealings].map(([hex, { staged }]) => ({
    mediaId: idOf(hex),
    name: staged.name,
    sizeBytes: staged.sizeBytes,
  }));
  await insertOriginals(trx, target.agencyId, originals);

  const mediaIds = batch.files.map((file) => idOf(hexOf(file)));
  const counted = await insertOccurrences(trx, target, [
    ...batch.files.map((file, index) => ({ file, mediaId: mediaIds[index] ?? '' })),
    ...batch.unread.map((file) => ({ file, mediaId: null })),
  ]);
  await insertWork(trx, target, [
    ...contents.flatMap((content) => workFor(content, idOf(hexOf(content.file)), isClosed(batch, hexOf(content.file)))),
    // Also of bytes that are known: they may have come under a name that told nothing, or be a chat here with other files beside it.
    ...batch.files.flatMap((file, index): WorkOrder[] =>
      mayBeChat(file) ? [{ mediaId: mediaIds[index] ?? '', stage: 'chats', held: isClosed(batch, hexOf(file)) }] : [],
    ),
  ]);
  await releaseHeld(
    trx,
    [...known.values()].map(({ mediaId }) => mediaId),
  );
  await countFiles(trx, target.exhibitId, counted);
  await store.lists.mark(trx, [...made.values()]);
  return { mediaIds };
};

const hexOf = (file: ReadFile): string => file.digests.sha256.toString('hex');

const fileAt = (batch: Batch, index: number): ReadFile => {
  const file = batch.files[index];
  if (file === undefined) throw new RangeError(`no file ${index} in the batch`);
  return file;
};

/** Seals what the vault lacks, under its name to be; media that lay in place before keep their key. */
const sealUnknown = async (
  { db, keys, nameObject }: IngestStore,
  batch: Batch,
  firstOf: ReadonlyMap<string, number>,
  known: ReadonlyMap<string, KnownMedia>,
): Promise<Map<string, Sealing>> => {
  const wanted = [...firstOf].filter(
    ([hex, index]) => known.get(hex)?.isSealed !== true && fileAt(batch, index).inPlacePath === null,
  );
  const lyingInPlace = wanted.flatMap(([hex]) => known.get(hex)?.mediaId ?? []);
  const theirKeys =
    lyingInPlace.length === 0
      ? new Map<string, Buffer>()
      : await throughRestarts(() => db.transaction().execute((trx) => dataKeysToRead(trx, keys, lyingInPlace)));
  const wishes = wanted.map(([hex, index]) => ({
    index,
    name: nameObject(fileAt(batch, index).digests.sha256, 'original'),
    dataKey: theirKeys.get(known.get(hex)?.mediaId ?? '') ?? batch.sealedWith(index) ?? newKey(),
  }));
  const staged = await batch.seal(wishes);
  return new Map(
    wanted.map(([hex], place) => {
      const [object, wish] = [staged[place], wishes[place]];
      if (object === undefined || wish === undefined) throw fail('INTERNAL', `content ${hex} was not sealed`);
      return [hex, { staged: object, dataKey: wish.dataKey }];
    }),
  );
};

const committedObjects = new WeakSet<StagedObject>();

/** A second attempt at the same batch finds its objects in place: they open with the keys they were sealed with. */
const commitOnce = async (vault: IngestStore['vault'], sealings: readonly Sealing[]): Promise<void> => {
  for (const { staged, dataKey } of sealings.filter(({ staged }) => committedObjects.has(staged)))
    await (await vault.openObject(staged.name, kindKey(dataKey, 'original'))).close();
  const first = sealings.map(({ staged }) => staged).filter((staged) => !committedObjects.has(staged));
  await vault.commit(first);
  for (const staged of first) committedObjects.add(staged);
};

/** A content that is new is closed when none of its files here was viewed, unless a legal basis covers the exhibit already. */
const isClosed = ({ files }: Batch, hex: string): boolean =>
  files.every((file) => hexOf(file) !== hex || file.providerViewed === false);

const METADATA_KINDS = new Set(['image', 'video', 'audio']);

const newContent = ({ maxDecodeBytes }: IngestStore, file: ReadFile): NewContent => {
  if (file.readBytes === 0) return { file, state: 'unsupported', errorCode: 'FILE_EMPTY' };
  // Of any size: a film is never held in memory.
  if (isFilmOrSound(file.mime)) return { file, state: 'pending', errorCode: null };
  if (!isDecodable(file.mime))
    return { file, state: 'unsupported', errorCode: file.kind === 'image' ? 'IMAGE_UNSUPPORTED' : null };
  if (file.readBytes > maxDecodeBytes) return { file, state: 'failed', errorCode: 'FILE_TOO_LARGE' };
  return { file, state: 'pending', errorCode: null };
};

/** Content that is not decoded still is compared by its bytes: across agencies that is a match. */
const workFor = ({ file, state }: NewContent, mediaId: string, held: boolean): WorkOrder[] => {
  const first: WorkOrder[] =
    state !== 'pending'
      ? [{ mediaId, stage: 'match' }]
      : [
          { mediaId, stage: 'decode', held, isFilm: isFilmOrSound(file.mime) },
          ...(held ? [{ mediaId, stage: 'match', bytesOnly: true } as const] : []),
        ];
  return METADATA_KINDS.has(file.kind) && file.readBytes > 0 ? [...first, { mediaId, stage: 'metadata', held }] : first;
};
