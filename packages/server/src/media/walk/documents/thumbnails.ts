// Small pictures that programs kept: Thumbs.db of Windows (a compound file, a stream a picture) and its later caches (thumbcache_*.db), in which
// pictures stand one behind the other with a head each.
import { identify } from '../../identify/index.js';
import type { WalkEntry } from '../entry.js';
import { entryMaker, type Place } from '../place.js';
import type { RandomAccess } from '../random-access.js';
import { compoundStreams } from './compound.js';
import { heldContent, wholeOf } from './content.js';

const ENDINGS: Readonly<Record<string, string>> = { 'image/jpeg': '.jpg', 'image/png': '.png', 'image/bmp': '.bmp' };
/** A head of 12 to 24 bytes, or of 64, stands before the picture of a stream. */
const HEADS = [0, 12, 16, 24, 28, 32, 64];

/** Also of any other compound file: a stream that holds a picture and is none of Thumbs.db gives it as a file. */
export const compoundEntries = async function* (access: RandomAccess, place: Place): AsyncGenerator<WalkEntry> {
  const make = entryMaker(place);
  const streams = compoundStreams(await wholeOf(access));
  const isCache =
    streams.some(({ name }) => name === 'Catalog') || streams.some(({ name }) => /^\d{2,4}_[0-9a-f]{16}$/.test(name));
  for (const { name, data } of streams) {
    const picture = pictureIn(data);
    if (picture === null) continue;
    const facts = { name: `${name}${picture.ending}`, sizeBytes: picture.bytes.length, sourceTimes: [], failure: null };
    place.budget.expand(picture.bytes.length);
    yield make({ ...facts, isThumbnail: isCache }, heldContent(picture.bytes));
  }
};

const pictureIn = (data: Buffer): { readonly ending: string; readonly bytes: Buffer } | null => {
  for (const head of HEADS) {
    const ending = ENDINGS[identify(data.subarray(head, head + 4100)).mime];
    if (ending !== undefined && !(ending === '.bmp' && head > 0)) return { ending, bytes: data.subarray(head) };
  }
  return null;
};

const ENTRY = Buffer.from('CMMM', 'latin1');
const FILE_HEADS = [24, 32];

/** Entries as Windows Vista and later write them: mark, size of the entry, hash, sizes of name, padding and data. */
export const thumbnailCacheEntries = async function* (access: RandomAccess, place: Place): AsyncGenerator<WalkEntry> {
  const make = entryMaker(place);
  const file = await wholeOf(access);
  let at = FILE_HEADS.find((place_) => file.subarray(place_, place_ + 4).equals(ENTRY)) ?? -1;
  while (at >= 0 && at + 56 <= file.length && file.subarray(at, at + 4).equals(ENTRY)) {
    const bytes = file.readUInt32LE(at + 4);
    if (bytes < 56) break;
    const whole = file.subarray(at, at + bytes);
    const starts = ['\xff\xd8\xff', '\x89PNG', 'BM']
      .map((mark) => whole.indexOf(mark, 40, 'latin1'))
      .filter((found) => found >= 0);
    const start = Math.min(...starts);
    const picture = Number.isFinite(start) ? pictureIn(whole.subarray(start)) : null;
    if (picture !== null) {
      const facts = {
        name: `${whole.readBigUInt64LE(8).toString(16).padStart(16, '0')}${picture.ending}`,
        sizeBytes: picture.bytes.length,
      };
      place.budget.expand(picture.bytes.length);
      yield make({ ...facts, sourceTimes: [], failure: null, isThumbnail: true }, heldContent(picture.bytes));
    }
    at += bytes;
  }
};
