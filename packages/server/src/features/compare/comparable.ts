// From a file that was read to what is compared and printed about it.
import type { Note, PairLine, SignalsLine } from '@redthread/core/contract';
import { compareMedia, type ComparableMedia, type MediaComparison } from '@redthread/core/graph';
import { isComparable, shotsOf } from '@redthread/core/film';
import {
  filmFrames,
  filmParts,
  filmPartsOf,
  METHODS,
  signalOf,
  soundLineOf,
  soundWords,
  timeLineOf,
  type Signal,
} from '@redthread/core/signals';
import { decoderName } from '../../media/index.js';
import type { ReadFile } from './read-files.js';

export interface ComparableFile extends ComparableMedia {
  readonly file: string;
  readonly notes: readonly Note[];
  /** Which program saw the pixels, and how; null where none did. */
  readonly decoder: string | null;
}

export const comparableFile = (read: ReadFile): ComparableFile => ({
  file: read.file,
  sha256: read.sha256,
  signals: signalsOf(read),
  notes: read.notes,
  decoder: decoderOf(read),
});

const signalsOf = ({ film, image }: ReadFile): readonly Signal[] => [
  ...(image?.signals ?? []),
  ...(film?.signals ?? []),
];

const decoderOf = ({ film, image }: ReadFile): string | null => {
  const names = [...(image === null ? [] : [decoderName(image.decoder)]), ...(film === null ? [] : [film.decoder])];
  return names.length === 0 ? null : names.join('; ');
};

/** A pair as the contract of `compare` and `match` has it; `all` also lists what was tried and fell short. */
export const pairLine = (
  a: ComparableFile,
  b: ComparableFile,
  comparison: MediaComparison = compareMedia(a, b),
  all = false,
): PairLine => ({
  a: a.file,
  b: b.file,
  grade: comparison.grade,
  reasons: all ? [...comparison.reasons, ...comparison.tried] : [...comparison.reasons],
  notes: [...comparison.notes, ...prefixed(a), ...(a.file === b.file ? [] : prefixed(b))],
  decoders: { a: a.decoder, b: b.decoder },
});

const prefixed = ({ file, notes }: ComparableFile): Note[] =>
  notes.map(({ code, detail }) => ({ code, detail: `${file}: ${detail}` }));

const LONG_BYTES = 256;

/** One line of `signals`: long values are cut to their length unless `full`. */
export const signalsLine = (read: ReadFile, full: boolean): SignalsLine => ({
  file: read.file,
  sha256: read.sha256,
  type: read.type,
  width: read.image?.widthPx ?? read.film?.widthPx ?? null,
  height: read.image?.heightPx ?? read.film?.heightPx ?? null,
  durationMs: read.film?.durationMs ?? null,
  signals: [
    ...signalsOf(read).map((signal) => ({
      method: signal.method,
      version: signal.version,
      quality: signal.quality,
      value: signalValue(signal, full),
      bytes: signal.value.length,
    })),
    ...read.traces,
  ],
  notes: [...read.notes, ...lowQuality(signalsOf(read))],
  decoder: decoderOf(read),
});

/** Hashes in eight orientations are shown by the upright one, what is longer not at all; `full` prints all of every value. */
const signalValue = (signal: Signal, full: boolean): string | Record<string, unknown> | null => {
  const { value } = signal;
  const summary = full ? undefined : SUMMARIES[signal.method]?.(signal);
  if (summary !== undefined) return summary;
  const hex = Buffer.from(value.buffer, value.byteOffset, value.length).toString('hex');
  if (full) return hex;
  return value.length <= LONG_BYTES ? hex.slice(0, 64) : null;
};

/** What has a length in time is told by what it holds. */
const SUMMARIES: Readonly<Record<string, (signal: Signal) => Record<string, unknown>>> = {
  [filmFrames.name]: (signal) => {
    const { frames } = timeLineOf(signal);
    const comparable = frames.filter(isComparable);
    return { frames: frames.length, comparable: comparable.length, shots: shotsOf(frames).length };
  },
  [soundWords.name]: (signal) => {
    const { heard } = soundLineOf(signal);
    return { words: heard.length, heard: heard.reduce((sum, one) => sum + one, 0) };
  },
  [filmParts.name]: (signal) => ({ frames: filmPartsOf(signal).length }),
};

/** A low quality is a result: the value stays, and this says what it is worth. */
const lowQuality = (signals: readonly Signal[]): Note[] =>
  METHODS.filter(({ reads }) => reads === undefined).flatMap((method) => {
    const signal = signalOf(signals, method);
    const note = signal === undefined ? undefined : method.compare(signal, signal).note;
    return note?.code === 'LOW_QUALITY' ? [{ code: note.code, detail: `${method.name}: ${note.detail}` }] : [];
  });

/** A pair of which a file could not be read: a line all the same, so that each pair of a list has its own. */
export const unreadPairLine = (a: string, b: string, unread: ReadonlyMap<string, string>): PairLine => ({
  a,
  b,
  grade: 'none',
  reasons: [],
  notes: [...new Set([a, b])].flatMap((file) => {
    const detail = unread.get(file);
    return detail === undefined ? [] : [{ code: 'FILE_UNREADABLE', detail: `${file}: ${detail}` }];
  }),
  decoders: { a: null, b: null },
});
