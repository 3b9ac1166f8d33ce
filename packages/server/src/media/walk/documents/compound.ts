// Streams of a compound file (MS-CFB), as Thumbs.db and older office documents are; chains of sectors that lead back or out of the file end there.
import { fail } from '@redthread/core/errors';

export interface CompoundStream {
  readonly name: string;
  readonly data: Buffer;
}

const END = 0xffff_fffa;
const MOST_ENTRIES = 100_000;
/** The only one that the format knows: smaller streams lie in the mini stream. */
const CUTOFF = 4096;
const ROOT = 5;
const STREAM = 2;

/** Errors: ARCHIVE_CORRUPT, ARCHIVE_BOMB. */
export const compoundStreams = (file: Buffer): CompoundStream[] => {
  if (file.length < 512) throw fail('ARCHIVE_CORRUPT', 'it ends within its header');
  const sectorBytes = 2 ** file.readUInt16LE(30);
  const miniBytes = 2 ** file.readUInt16LE(32);
  if (![512, 4096].includes(sectorBytes) || miniBytes !== 64)
    throw fail('ARCHIVE_CORRUPT', 'its sectors have no possible size');
  if (file.readUInt32LE(56) !== CUTOFF) throw fail('ARCHIVE_CORRUPT', 'its small streams have no possible size');
  const sector = (number: number): Buffer => file.subarray((number + 1) * sectorBytes, (number + 2) * sectorBytes);
  const perSector = sectorBytes / 4;
  const most = Math.ceil(file.length / sectorBytes) - 1;

  const fatSectors: number[] = [];
  for (let i = 0; i < 109; i++) fatSectors.push(file.readUInt32LE(76 + 4 * i));
  const seen = new Set<number>();
  for (
    let next = file.readUInt32LE(68);
    next < END && !seen.has(next) && fatSectors.length <= 109 + most / perSector;
  ) {
    seen.add(next);
    const list = sector(next);
    if (list.length < sectorBytes) break;
    for (let i = 0; i < perSector - 1; i++) fatSectors.push(list.readUInt32LE(4 * i));
    next = list.readUInt32LE(4 * (perSector - 1));
  }
  const fats = fatSectors.filter((number) => number < END).map(sector);
  // Each sector belongs to one chain, and each of the mini stream to one more: every link of every chain is paid for by its bytes.
  let left = 2 * file.length + 2 ** 16;
  const follow = (from: number, next: (at: number) => number, mostLinks: number, all: number, bytes: number) => {
    const been = new Set<number>();
    for (let at = from; at < all && !been.has(at) && been.size < mostLinks; at = next(at)) {
      been.add(at);
      left -= bytes;
      if (left < 0) throw fail('ARCHIVE_BOMB', 'its streams share their sectors');
    }
    return [...been];
  };
  const fat = (at: number): number => {
    const table = fats[Math.floor(at / perSector)];
    const place = 4 * (at % perSector);
    return table === undefined || place + 4 > table.length ? END : table.readUInt32LE(place);
  };
  const chain = (from: number, bytes = Number.POSITIVE_INFINITY): Buffer =>
    Buffer.concat(follow(from, fat, Math.ceil(bytes / sectorBytes), most, sectorBytes).map(sector));

  const directory = chain(file.readUInt32LE(48));
  const miniFat = chain(file.readUInt32LE(60));
  const entries: { readonly name: string; readonly type: number; readonly start: number; readonly bytes: number }[] =
    [];
  for (let at = 0; at + 128 <= directory.length && entries.length < MOST_ENTRIES; at += 128) {
    const nameBytes = Math.min(64, directory.readUInt16LE(at + 64));
    const name = directory.toString('utf16le', at, at + Math.max(0, nameBytes - 2));
    entries.push({
      name,
      type: directory[at + 66]!,
      start: directory.readUInt32LE(at + 116),
      bytes: directory.readUInt32LE(at + 120),
    });
  }
  const root = entries.find(({ type }) => type === ROOT);
  const mini = root === undefined ? Buffer.alloc(0) : chain(root.start);
  const miniNext = (at: number): number => (4 * at + 4 > miniFat.length ? END : miniFat.readUInt32LE(4 * at));
  const miniMost = Math.ceil(mini.length / miniBytes);
  return entries
    .filter(({ type }) => type === STREAM)
    .map(({ name, start, bytes }) => {
      const read =
        bytes < CUTOFF
          ? Buffer.concat(
              follow(start, miniNext, Math.ceil(bytes / miniBytes), miniMost, miniBytes).map((number) =>
                mini.subarray(number * miniBytes, (number + 1) * miniBytes),
              ),
            )
          : chain(start, bytes);
      return { name, data: read.subarray(0, bytes) };
    });
};
