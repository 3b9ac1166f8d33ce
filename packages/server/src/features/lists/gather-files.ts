// Reads the files of an import into a version that is being made: one format, one polarity that no file contradicts, and what was noticed on the way.
import { createHash } from 'node:crypto';
import type { List } from '@redthread/core/contract';
import { fail, saying } from '@redthread/core/errors';
import {
  excerpt,
  NOT_POSITIVE,
  type ListEntry,
  type ListFormat,
  type ListHeader,
  type Notes,
} from '../../formats/lists/index.js';
import { gather, type Gathering, type GatheringPlan, type VersionCounts } from '../../lists/index.js';
import { openListFile, type ListFile, type OpenedList } from './list-files.js';

/** What of an import says how its files are read. */
export interface FilesToGather {
  /** Of one list and format, applied in this order: the pages of a download. */
  readonly files: readonly ListFile[];
  readonly format?: ListFormat | undefined;
  readonly polarity: List['polarity'];
  /** Takes a plain list without its lines that hold no hash. */
  readonly skipsBadLines?: boolean;
  /** Takes VICS 1.2 for known bad, though the known good of NIST has the same header. */
  readonly isNotNist?: boolean;
  /** Called after each batch: entries so far, and the part of the bytes that is read. */
  readonly onProgress?: (entries: number, part: number) => void;
}

export interface Gathered {
  readonly header: ListHeader;
  readonly notes: Notes;
  readonly sha256: Buffer;
  readonly counts: VersionCounts;
  /** Hashes that are kept as they were written and compared by nobody here, by method. */
  readonly opaque: Readonly<Record<string, number>>;
}

/** Errors: ARGUMENT_INVALID, SOURCE_UNREADABLE, LIST_INVALID, LIST_FORMAT_UNKNOWN, LIST_POLARITY_REFUSED, DISK_FULL. */
export const gatherFiles = async (input: FilesToGather, plan: Omit<GatheringPlan, 'format'>): Promise<Gathered> => {
  const digests: Buffer[] = [];
  let first: { readonly gathering: Gathering; readonly header: ListHeader; readonly notes: Notes } | null = null;
  const opaque = new Map<string, number>();
  let entries = 0;
  try {
    for (const [index, file] of input.files.entries()) {
      const opened = await openListFile(file, input.format);
      const { header, notes } = opened.reading;
      if (first === null) {
        requireBase(header, plan);
        first = { gathering: await gather({ ...plan, format: header.format }), header, notes };
      } else if (header.format !== first.header.format)
        throw fail(
          'ARGUMENT_INVALID',
          saying`${file.name}: ${header.format}, and the first is ${first.header.format}`,
          {
            pointer: 'file',
          },
        );
      const before = entries;
      const into = { gathering: first.gathering, opaque };
      entries += await takeEntries(opened, into, input, (count) =>
        input.onProgress?.(
          before + count,
          (index + opened.bytesRead() / Math.max(1, opened.bytes)) / input.files.length,
        ),
      );
      if (notes !== first.notes) first.notes.take(notes);
      digests.push(opened.sha256());
    }
    if (first === null) throw fail('ARGUMENT_INVALID', 'no file', { pointer: 'file' });
    const counts = await first.gathering.finish();
    const { header, notes } = first;
    // A download that was cut off looks like this, and a list of nothing answers "unknown" for everything.
    if (counts.entries === 0) throw fail('LIST_INVALID', nothingIn(input.files, notes), { pointer: 'file' });
    notes.addCount('CATEGORY_CONFLICT', counts.conflicts);
    const [only] = digests;
    const sha256 = digests.length === 1 ? only! : createHash('sha256').update(Buffer.concat(digests)).digest();
    return { header, notes, sha256, counts, opaque: Object.fromEntries(opaque) };
  } catch (error) {
    await first?.gathering.abort();
    throw error;
  }
};

const requireBase = ({ format }: ListHeader, { onto }: Pick<GatheringPlan, 'onto'>): void => {
  if (format === 'nsrl-delta' && onto === null)
    throw fail('ARGUMENT_INVALID', 'a delta is applied to the version that it belongs to: name it with --onto', {
      pointer: 'onto',
    });
};

const takeEntries = async (
  { reading }: OpenedList,
  { gathering, opaque }: { readonly gathering: Gathering; readonly opaque: Map<string, number> },
  input: FilesToGather,
  onProgress: (entries: number) => void,
): Promise<number> => {
  const { header, notes } = reading;
  let count = 0;
  for await (const batch of reading.entries) {
    requirePolarity(input, header);
    for (const entry of batch) {
      if (!isMeant(entry, notes)) continue;
      gathering.add(entry);
      countOpaque(entry, opaque);
    }
    count += batch.length;
    onProgress(count);
  }
  requirePolarity(input, header);
  const bad = notes.all().find(({ code }) => code === 'LINE_SKIPPED');
  // Half a list answers "unknown" for what its owner knows: that is for a person to say.
  if (bad !== undefined && header.format === 'hash-list' && input.skipsBadLines !== true) {
    const more = bad.count > bad.places.length ? `; and ${bad.count - bad.places.length} more` : '';
    throw fail('LIST_INVALID', saying`no hash in ${bad.places.join('; ')}${more}; --skip-bad-lines takes the rest`, {
      pointer: bad.places[0]?.split(':')[0] ?? 'file',
    });
  }
  return count;
};

const MOST_METHODS = 20;

/** What nobody here compares: whoever brings the list in is told that it is no help to them. */
const countOpaque = ({ photoDna, others }: ListEntry, opaque: Map<string, number>): void => {
  if (photoDna !== null) opaque.set('photodna', (opaque.get('photodna') ?? 0) + 1);
  for (const { method } of others) {
    const name = excerpt(method).toLowerCase();
    // A file may name as many methods as it likes.
    const counted = opaque.has(name) || opaque.size < MOST_METHODS ? name : 'more';
    opaque.set(counted, (opaque.get(counted) ?? 0) + 1);
  }
};

const isMeant = ({ place, properties }: ListEntry, notes: Notes): boolean => {
  const opinion = properties['opinion'];
  if (typeof opinion !== 'string' || !NOT_POSITIVE.has(opinion)) return true;
  notes.add('OPINION_NOT_POSITIVE', place, opinion);
  return false;
};

/** Of these nobody says that it is harmless; what it is beyond that, the file does not say. */
const REPORTED: ReadonlySet<ListFormat> = new Set(['ncmec', 'stopncii', 'cybertip']);

/** Errors: LIST_POLARITY_REFUSED. */
const requirePolarity = ({ polarity, isNotNist }: FilesToGather, header: ListHeader): void => {
  if (polarity === 'other') return;
  const refused = (why: string): Error => fail('LIST_POLARITY_REFUSED', why, { pointer: 'polarity' });
  if (polarity === 'known-good' && REPORTED.has(header.format))
    throw refused(`known-good, but a file of the format ${header.format} holds what was reported`);
  if (header.polarity !== null && header.polarity !== polarity)
    throw refused(`${polarity}, but a file of the format ${header.format} says ${header.polarity}`);
  if (
    header.formatVersion === '1.2' &&
    header.kind === 'media' &&
    header.polarity === null &&
    polarity === 'known-bad' &&
    isNotNist !== true
  )
    throw refused(
      'known-bad, but the harmless pictures of NIST have this header too: --not-nist says that it is another list',
    );
};

const nothingIn = (files: readonly ListFile[], notes: Notes): string => {
  const empty = notes.count('HASH_OF_EMPTY_FILE') > 0 ? ' but those of an empty file' : '';
  return `${files.map(({ name }) => name).join(', ')} holds no hash${empty}`;
};
