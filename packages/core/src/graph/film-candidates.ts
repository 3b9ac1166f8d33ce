// Proposes which films are worth comparing: their frames in an exact index of hashes, the local features of their key frames in one of visual words, their sound
// in one of words of notes.
import { isComparable, MARK, turnedHash, type Frame } from '../film/index.js';
import { NEAR_REACH_BITS, SegmentedNearIndex, SoundIndex, WordIndex, type NearIndex } from '../index/index.js';
import { HASH_BYTES, ORIENTATION_COUNT, ORIENTATIONS } from '../kernels/index.js';
import {
  filmFrames,
  filmParts,
  filmPartsOf,
  isFeatureless,
  pdq,
  pdqSignal,
  signalOf,
  soundLineOf,
  soundWords,
  timeLineOf,
  type Signal,
} from '../signals/index.js';
import { partSignal } from './part-candidates.js';

/** Frames of a film that the index holds and asks for: one in so many milliseconds. */
const STEP_MS = 900;

/** What an index holds of each medium: entries of their own ids. */
interface Entries {
  readonly frames: readonly number[];
  readonly parts: readonly number[];
}

export class FilmCandidates {
  readonly #frames: NearIndex;
  readonly #parts = new WordIndex();
  readonly #sounds = new SoundIndex();
  readonly #entries = new Map<number, Entries>();
  readonly #mediaOf = new Map<number, number>();
  #lastEntry = 0;

  constructor(createIndex: () => NearIndex = () => new SegmentedNearIndex()) {
    this.#frames = createIndex();
  }

  /** Replaces what was known under `id`. */
  add(id: number, signals: readonly Signal[]): void {
    this.remove(id);
    const frames = indexedFrames(signals).map(({ hash }) => this.#entry(id, (entry) => this.#frames.add(entry, hash)));
    const sound = signalOf(signals, soundWords);
    if (sound !== undefined) this.#sounds.add(id, soundLineOf(sound).words);
    const film = signalOf(signals, filmParts);
    const parts = (film === undefined ? [] : filmPartsOf(film)).map(({ features }) =>
      this.#entry(id, (entry) => this.#parts.add(entry, features)),
    );
    if (frames.length + parts.length > 0) this.#entries.set(id, { frames, parts });
  }

  #entry(id: number, add: (entry: number) => void): number {
    const entry = ++this.#lastEntry;
    this.#mediaOf.set(entry, id);
    add(entry);
    return entry;
  }

  remove(id: number): boolean {
    const wasHeard = this.#sounds.remove(id);
    const entries = this.#entries.get(id);
    if (entries === undefined) return wasHeard;
    this.#entries.delete(id);
    for (const entry of entries.frames) this.#frames.remove(entry);
    for (const entry of entries.parts) this.#parts.remove(entry);
    for (const entry of [...entries.frames, ...entries.parts]) this.#mediaOf.delete(entry);
    return true;
  }

  /** Films that share a frame or a part with a film or a picture. Ids in rising order. */
  find(signals: readonly Signal[]): number[] {
    const ids = new Set<number>();
    const turned = indexedFrames(signals).flatMap(turnedHashes);
    const sound = signalOf(signals, soundWords);
    if (sound !== undefined) for (const id of this.#sounds.search(soundLineOf(sound).words)) ids.add(id);
    if (this.#entries.size > 0) {
      for (const hash of [...turned, ...stillHashes(signals)])
        for (const { id } of this.#frames.search(hash, NEAR_REACH_BITS)) ids.add(this.#mediaOf.get(id)!);
      for (const features of queriedParts(signals))
        for (const entry of this.#parts.search(features)) ids.add(this.#mediaOf.get(entry)!);
    }
    return [...ids].sort((a, b) => a - b);
  }
}

/** Signals that the index holds. */
export const FILM_INDEX_METHODS = [filmFrames, filmParts, soundWords].map((method) => method.reads ?? method);

/** A longer film asks pictures for so many of its frames, spread over its length. */
const MOST_ASKED = 2_000;

/** The frames of a film as pictures that an index of pictures is asked for; none of what is no film. */
export const framesAsPictures = (signals: readonly Signal[]): readonly (readonly Signal[])[] => {
  const frames = indexedFrames(signals);
  const step = Math.ceil(frames.length / MOST_ASKED);
  return frames
    .filter((_, i) => i % step === 0)
    .map((frame) => {
      const hashes = new Uint8Array(ORIENTATION_COUNT * HASH_BYTES);
      turnedHashes(frame).forEach((hash, k) => hashes.set(hash, k * HASH_BYTES));
      return [pdqSignal(hashes, frame.quality)];
    });
};

const turnedHashes = ({ hash }: Frame): Uint8Array[] =>
  ORIENTATIONS.map((orientation) => turnedHash(hash, orientation));

const indexedFrames = (signals: readonly Signal[]): readonly Frame[] => {
  const film = signalOf(signals, filmFrames);
  const last = new Map<number, number>();
  return (film === undefined ? [] : timeLineOf(film).frames).filter((frame) => {
    const before = last.get(frame.marks & INNER) ?? -Infinity;
    if (!isComparable(frame) || frame.timeMs - before < STEP_MS) return false;
    last.set(frame.marks & INNER, frame.timeMs);
    return true;
  });
};
const INNER = MARK.inner;

const stillHashes = (signals: readonly Signal[]): readonly Uint8Array[] => {
  const still = signalOf(signals, pdq);
  if (still === undefined || isFeatureless(still)) return [];
  return Array.from({ length: ORIENTATION_COUNT }, (_, k) =>
    still.value.subarray(k * HASH_BYTES, (k + 1) * HASH_BYTES),
  );
};

const queriedParts = (signals: readonly Signal[]): readonly Uint8Array[] => {
  const film = signalOf(signals, filmParts);
  if (film !== undefined) return filmPartsOf(film).map(({ features }) => features);
  const still = partSignal(signals);
  return still === undefined ? [] : [still.value];
};
