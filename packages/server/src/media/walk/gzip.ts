// A gzip file: a compressed TAR, or one compressed file. Which of the two, its first bytes tell.
import { createGunzip, gunzipSync, constants } from 'node:zlib';
import { identify, IDENTIFY_BYTES } from '../identify/index.js';
import type { WalkEntry } from './entry.js';
import { decodedName, type DecodedName } from './names.js';
import { entryMaker, type Place } from './place.js';
import { streamRange, type RandomAccess } from './random-access.js';
import { archiveTime } from './source-times.js';
import { join, Metered } from './streams.js';
import { tarEntries } from './tar.js';

const PEEK_BYTES = 4096;
const PEEK_OUTPUT_BYTES = 8 * 2 ** 20;

export const gzipEntries = async function* (access: RandomAccess, place: Place): AsyncGenerator<WalkEntry> {
  const start = await access.read(0, PEEK_BYTES);
  if (identify(peek(start)).mime === 'application/x-tar') {
    // The stream ends the walk of the TAR with its own error when it is damaged.
    yield* tarEntries(join(streamRange(access), createGunzip()), place);
    return;
  }
  const { storedName, epochMs } = readHeader(start);
  yield entryMaker(place)(
    {
      ...(storedName ?? { name: nameFrom(place.path) }),
      sizeBytes: null,
      sourceTimes: epochMs === 0 ? [] : [archiveTime('modified', epochMs, 1000)],
      failure: null,
    },
    { open: async () => join(streamRange(access), createGunzip(), new Metered(place.budget)) },
  );
};

/** The first bytes inside; as many as can be had of damaged ones. */
const peek = (start: Buffer): Buffer => {
  try {
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: PEEK_OUTPUT_BYTES };
    return gunzipSync(start, options).subarray(0, IDENTIFY_BYTES);
  } catch {
    return Buffer.alloc(0);
  }
};

const HAS_EXTRA = 0x04;
const HAS_NAME = 0x08;
const HEADER_BYTES = 10;

/** Name and time of the header (RFC 1952); Latin-1 by the standard, UTF-8 in practice. */
const readHeader = (start: Buffer): { storedName: DecodedName | null; epochMs: number } => {
  if (start.length < HEADER_BYTES) return { storedName: null, epochMs: 0 };
  const epochMs = start.readUInt32LE(4) * 1000;
  const flags = start[3]!;
  if ((flags & HAS_NAME) === 0) return { storedName: null, epochMs };
  let at = HEADER_BYTES;
  if ((flags & HAS_EXTRA) !== 0 && start.length >= at + 2) at += 2 + start.readUInt16LE(at);
  const end = start.indexOf(0, at);
  if (end <= at) return { storedName: null, epochMs };
  return { storedName: decodedName(start.subarray(at, end)), epochMs };
};

/** `notes.txt.gz` holds `notes.txt`; a name without the ending gets `.out`, so that it differs from the archive's. */
const nameFrom = (path: string): string => {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /.\.gz$/i.test(name) ? name.slice(0, -3) : `${name}.out`;
};
