// Entries of a TAR, in the order of the stream: each has to be read, or is passed over, before the next one comes.
import { fail } from '@redthread/core/errors';
import { Readable, type Writable } from 'node:stream';
import { extract } from 'tar-stream';
import { archiveError } from './archive-error.js';
import { problem, type Content, type WalkEntry } from './entry.js';
import { decodedName, type DecodedName } from './names.js';
import { entryMaker, type Place } from './place.js';
import { archiveTime } from './source-times.js';
import { join, Metered } from './streams.js';
import type { ItemProblem, SourceTime } from './types.js';

interface TarHeaders {
  readonly name: string;
  readonly size: number;
  readonly mtime: Date;
  /** Null for a kind that the library does not know. */
  readonly type: string | null;
  readonly linkname: string | null;
  readonly pax: Readonly<Record<string, string>> | null;
}
type TarStream = Readable & { readonly header: TarHeaders };

// The library's own types leave out its options and what a header may hold.
const openTar = extract as unknown as (options: {
  readonly filenameEncoding: 'latin1';
  readonly allowUnknownFormat: boolean;
}) => Writable & AsyncIterable<TarStream>;

/** Walks a TAR that `source` streams. */
export const tarEntries = async function* (source: Readable, place: Place): AsyncGenerator<WalkEntry> {
  const make = entryMaker(place);
  const files = openTar({ filenameEncoding: 'latin1', allowUnknownFormat: true });
  const metered = join(source, new Metered(place.budget));
  metered.on('error', (error) => files.destroy(error));
  metered.pipe(files);
  try {
    for await (const stream of files) {
      const { header } = stream;
      if (header.type !== 'directory')
        yield make(
          {
            ...nameOf(header),
            sizeBytes: header.size,
            sourceTimes: timesOf(header),
            failure: failureOf(header),
          },
          tarContent(stream),
        );
      stream.resume(); // what nobody reads is passed over
    }
  } catch (error) {
    throw archiveError(error);
  } finally {
    metered.destroy();
    files.destroy();
  }
};

/** PAX names are UTF-8; names of the header are bytes that were read as Latin-1 to keep them. */
const nameOf = ({ name, pax }: TarHeaders): DecodedName =>
  pax?.path === name ? { name } : decodedName(Buffer.from(name, 'latin1'));

const failureOf = ({ type, linkname }: TarHeaders): ItemProblem | null => {
  switch (type) {
    case 'file':
    case 'contiguous-file':
      return null;
    case 'link':
    case 'symlink':
      return problem('LINK_SKIPPED', `${type === 'link' ? 'hard' : 'symbolic'} link to ${linkname ?? ''}`);
    case null:
      return problem('ARCHIVE_METHOD_UNSUPPORTED', 'an entry of an unknown kind');
    default:
      return problem('SPECIAL_FILE_SKIPPED', type);
  }
};

const PAX_TIMES = [
  ['modified', 'mtime'],
  ['accessed', 'atime'],
  ['created', 'LIBARCHIVE.creationtime'],
] as const;

const timesOf = ({ mtime, pax }: TarHeaders): SourceTime[] => {
  const times: SourceTime[] = [];
  for (const [kind, key] of PAX_TIMES) {
    const seconds = Number(pax?.[key]);
    if (pax?.[key] !== undefined && Number.isFinite(seconds))
      times.push(archiveTime(kind, Math.floor(seconds * 1000), pax[key].includes('.') ? 1 : 1000));
  }
  if (!times.some(({ kind }) => kind === 'modified')) times.unshift(archiveTime('modified', mtime.getTime(), 1000));
  return times;
};

/** The content as a stream of its own: who stops reading it does not stop the walk. */
const tarContent = (stream: TarStream): Content => ({
  open: async () => {
    let isLeft = false;
    const content = new Readable({
      read() {
        stream.resume();
      },
      destroy(error, done) {
        isLeft = true;
        stream.resume();
        done(error);
      },
    });
    stream.on('data', (piece: Buffer) => {
      if (!isLeft && !content.push(piece)) stream.pause();
    });
    let isWhole = false;
    stream.once('end', () => {
      isWhole = true;
      content.push(null);
    });
    stream.once('error', (error) => content.destroy(archiveError(error)));
    stream.once('close', () => {
      if (!isWhole && !isLeft) content.destroy(fail('ARCHIVE_CORRUPT', 'it ends early'));
    });
    // Damage further on may have ended it while nobody was listening yet.
    if (stream.destroyed) content.destroy(fail('ARCHIVE_CORRUPT', 'it ends early'));
    return content;
  },
});
