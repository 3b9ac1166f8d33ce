// Entry of the child that reads one list: one order in, progress and one answer out, and then it ends; also when its parent does.
import { isRedthreadError, type ErrorCode } from '@redthread/core/errors';
import { diskError } from '../../../disk/disk-error.js';
import { VersionFolder } from '../../../lists/index.js';
import { gatherFiles } from '../gather-files.js';
import type { ChildWord, Read, ReadOrder } from './read-in-child.js';

const TELL_EVERY_MS = 500;

const tell = (word: ChildWord): void => void process.send?.(word);

const read = async (order: ReadOrder): Promise<Read> => {
  const onto = order.onto === null ? null : new VersionFolder(order.onto).openEntries();
  let toldAt = 0;
  try {
    const { header, notes, sha256, counts, opaque } = await gatherFiles(
      {
        files: order.files,
        format: order.format ?? undefined,
        polarity: order.list.polarity,
        skipsBadLines: order.skipsBadLines,
        isNotNist: order.isNotNist,
        onProgress: (entries, part) => {
          if (Date.now() - toldAt < TELL_EVERY_MS) return;
          toldAt = Date.now();
          tell({ progress: { entries, part: Math.min(1, part) } });
        },
      },
      { folder: new VersionFolder(order.folder), list: order.list, onto },
    );
    const { format, formatVersion, edition } = header;
    const { checksum, ...rest } = counts;
    return {
      header: { format, formatVersion, edition },
      notes: notes.all(),
      opaque,
      sha256: sha256.toString('hex'),
      counts: { ...rest, checksum: checksum.toString('hex') },
    };
  } finally {
    onto?.close();
  }
};

const failure = (
  raw: unknown,
  { folder, onto }: ReadOrder,
): { code: ErrorCode; detail: string; pointer: string | undefined } => {
  const error = diskError(raw, 'the vault of the server');
  if (isRedthreadError(error)) {
    // No path of the server leaves it.
    const detail = error.detail.replaceAll(folder, 'the new version').replaceAll(onto ?? folder, 'the earlier version');
    return { code: error.code, detail, pointer: error.pointer };
  }
  // Its words may quote the file, or name a path of the server.
  return {
    code: 'INTERNAL',
    detail: 'it cannot be read; import it by the command line to see why',
    pointer: undefined,
  };
};

process.once('disconnect', () => process.exit(1));
process.once('message', (order: ReadOrder) => {
  void read(order)
    .then(
      (whole): ChildWord => ({ read: whole }),
      (error: unknown): ChildWord => ({ failed: failure(error, order) }),
    )
    .then((word) => process.send?.(word, () => process.exit()));
});
