// One run of an ingest: walks the source, hands each entry to the pipeline, and goes down into the archives it finds.
import { closeSync, constants, openSync } from 'node:fs';
import { bufferAccess, isWalkable, walkArchive, type Entry, type RandomAccess } from '../../../media/walk/index.js';
import { identify, IDENTIFY_BYTES, UNKNOWN_MIME } from '../../../media/identify/index.js';
import { isRedthreadError } from '@redthread/core/errors';
import { judge, type Viewing } from '@redthread/core/sending';
import type { IngestEnd, StoredArchive } from './end.js';
import { foundFile } from './found-entry.js';
import type { FoundFile } from './found-file.js';
import { PackageWords, type PackageFile } from './package-viewing.js';
import { LARGE_BYTES, type Pipeline, type StoredFile } from './pipeline.js';
import { readInto } from './plain-file.js';

export interface IngestRun<Held> {
  readonly end: IngestEnd<Held>;
  readonly pipeline: Pipeline<Held>;
  /** What is walked, as `walk` yields it. */
  readonly entries: AsyncIterable<Entry>;
  readonly isResumed: boolean;
  /** What was said of the provider. */
  readonly viewing: Viewing;
  /** The same source before it is walked: a report of a provider in it is asked first for what that has viewed. */
  readonly before?: { readonly prefix: string; entries(): AsyncIterable<PackageFile> } | undefined;
  readonly stopping: AbortSignal;
}

interface Running<Held> extends IngestRun<Held> {
  readonly packages: PackageWords;
}

/** Archives are known by their first bytes; a TAR by its bytes 257 to 262. */
const PEEK_BYTES = 512;

/** Walks to the end, or until `stopping`; answers whether the end was reached. */
export const runWalk = async <Held>(given: IngestRun<Held>): Promise<boolean> => {
  const packages = new PackageWords(given.viewing);
  const run: Running<Held> = { ...given, viewing: packages.viewing, packages };
  const { pipeline, stopping } = run;
  if (given.before !== undefined) await packages.add(given.before.prefix, given.before.entries());
  for await (const entry of run.entries) {
    if (stopping.aborted) break;
    const found = foundFile(entry, run.viewing);
    if (entry.about === 'container') await noteContainer(run, entry);
    else if (entry.failure !== undefined) await pipeline.addUnread(found, entry.failure);
    else if (entry.filePath !== undefined) await takePlain(run, entry, found, entry.filePath);
    else await takeArchived(run, entry, found);
  }
  await pipeline.finish();
  return !stopping.aborted;
};

/** Bad news about an archive that was walked so far as possible: said on its own occurrence, or on the exhibit. */
const noteContainer = async <Held>(
  { end, pipeline }: IngestRun<Held>,
  { path, container, failure, image }: Entry,
): Promise<void> => {
  if (image !== undefined) await end.noteImage({ path, ...image });
  if (failure === undefined) return;
  // The archive's own row must be there.
  await pipeline.finish();
  await end.noteContainer({ path, container, ...failure });
};

const takePlain = async <Held>(
  run: Running<Held>,
  entry: Entry,
  found: FoundFile,
  path: string | Buffer,
): Promise<void> => {
  if (isArchive(path)) {
    const archive = archiveOf(await run.pipeline.storeNow(found, path)) ?? (await storedBefore(run, found));
    if (archive !== null && (await mayOpen(run, found)))
      await descend(run, entry, () => run.end.openArchive(archive, entry));
  } else if ((entry.sizeBytes ?? 0) > LARGE_BYTES) await run.pipeline.addLarge(found, path);
  else await run.pipeline.add(found, { path });
};

const takeArchived = async <Held>(run: Running<Held>, entry: Entry, found: FoundFile): Promise<void> => {
  const { pipeline, end } = run;
  if (run.isResumed) {
    const archive = await storedBefore(run, found);
    if (archive !== null) {
      pipeline.counts.unchanged += 1;
      if (isWalkable(archive.mime) && (await mayOpen(run, found)))
        await descend(run, entry, () => end.openArchive(archive, entry));
      return;
    }
  }
  if (entry.sizeBytes === null || entry.sizeBytes > LARGE_BYTES) {
    const archive = archiveOf(await pipeline.storeStream(found, await entry.open()));
    if (archive !== null && isWalkable(archive.mime) && (await mayOpen(run, found)))
      await descend(run, entry, () => end.openArchive(archive, entry));
    return;
  }
  let bytes: Buffer;
  try {
    bytes = await entry.bytes(LARGE_BYTES);
  } catch (error) {
    if (!isRedthreadError(error)) throw error;
    return pipeline.addUnread(found, error);
  }
  if (isWalkable(identify(bytes.subarray(0, IDENTIFY_BYTES), bytes.length).mime)) {
    await pipeline.add(found, { bytes: Uint8Array.from(bytes) });
    if (await mayOpen(run, found)) await descend(run, entry, () => Promise.resolve(bufferAccess(bytes)));
  } else await pipeline.add(found, { bytes });
};

/** Into an archive, once what a report in it says of its files is known. A TAR would have to be gone through whole for that. */
const descend = async <Held>(run: Running<Held>, entry: Entry, open: () => Promise<RandomAccess>): Promise<void> => {
  const access = await open();
  const { mime } = identify(await access.read(0, IDENTIFY_BYTES), access.sizeBytes);
  if (mime === 'application/zip') await run.packages.add(`${entry.path}/`, walkArchive(await open(), entry));
  entry.descend(access);
};

/** To walk an archive is to open it: one that the provider has not viewed waits for a legal basis, and for another run. */
const mayOpen = async <Held>(
  { end, pipeline }: IngestRun<Held>,
  { path, providerViewed }: FoundFile,
): Promise<boolean> => {
  if (providerViewed !== false) return true;
  // Its own row must be there.
  await pipeline.finish();
  return (await end.findSeen([path])).get(path)?.media?.closed === false;
};

const archiveOf = (stored: StoredFile | null): StoredArchive | null =>
  stored === null ? null : { mediaId: stored.mediaId, sha256: stored.file.digests.sha256, mime: stored.file.mime };

/** The content of an entry that an earlier run has stored and that is still the same. */
const storedBefore = async <Held>(
  { end, isResumed }: IngestRun<Held>,
  found: FoundFile,
): Promise<StoredArchive | null> => {
  if (!isResumed) return null;
  const seen = (await end.findSeen([found.path])).get(found.path);
  if (seen === undefined || judge(seen, found.stateKey) !== 'seen') return null;
  return seen.media;
};

/** Only a look: what is stored is opened with all care by the thread that reads it. */
const isArchive = (path: string | Buffer): boolean => {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return false;
  }
  try {
    const { mime } = identify(peeked.subarray(0, readInto(file, peeked.subarray(0, PEEK_BYTES), 0)));
    // An image of a disk may begin with nothing at all, a mail with much of one field.
    return (isWalkable(mime) || mime === UNKNOWN_MIME || mime === 'text/plain') && looksWalkable(file, IDENTIFY_BYTES);
  } catch {
    return false;
  } finally {
    closeSync(file);
  }
};

const peeked = Buffer.alloc(IDENTIFY_BYTES);
const looksWalkable = (file: number, bytes: number): boolean =>
  isWalkable(identify(peeked.subarray(0, readInto(file, peeked.subarray(0, bytes), 0))).mime);
