// An immutable part of a word index: for each word, the features of the pictures that have it (an inverted file; Sivic and Zisserman,
// "Video Google", ICCV 2003), one array after the other: 16 bytes a feature.
import { WORDS } from '../../kernels/index.js';
import type { IndexedFeatures } from './postings.js';

export interface WordSegment {
  /** Ids of its pictures, by their numbers in the segment; `GONE` where one was removed. */
  readonly ids: Float64Array;
  /** Where the features of each word begin, and the end of all. */
  readonly starts: Uint32Array;
  readonly codes: Uint32Array;
  /** Which picture each is of, by its number, and its pose. */
  readonly docs: Uint32Array;
  readonly poses: Uint32Array;
  /** How many pictures are left. */
  live: number;
}

export const GONE = -1;

export const buildSegment = (pictures: readonly (readonly [id: number, features: IndexedFeatures])[]): WordSegment => {
  const starts = new Uint32Array(WORDS + 1);
  for (const [, { words }] of pictures) for (const word of words) starts[word + 1]! += 1;
  for (let word = 0; word < WORDS; word++) starts[word + 1]! += starts[word]!;
  const total = starts[WORDS]!;
  const [codes, docs, poses] = [new Uint32Array(2 * total), new Uint32Array(total), new Uint32Array(total)];
  const next = starts.slice();
  pictures.forEach(([, features], doc) => {
    for (let i = 0; i < features.count; i++) {
      const at = next[features.words[i]!]!++;
      codes[2 * at] = features.codes[2 * i]!;
      codes[2 * at + 1] = features.codes[2 * i + 1]!;
      docs[at] = doc;
      poses[at] = features.poses[i]!;
    }
  });
  return { ids: Float64Array.from(pictures, ([id]) => id), starts, codes, docs, poses, live: pictures.length };
};

/** One segment of what is left of several. */
export const mergeSegments = (segments: readonly WordSegment[]): WordSegment => {
  const ids: number[] = [];
  const numbers = segments.map((segment) =>
    Int32Array.from(segment.ids, (id) => (id === GONE ? GONE : ids.push(id) - 1)),
  );
  const most = segments.reduce((sum, { docs }) => sum + docs.length, 0);
  const starts = new Uint32Array(WORDS + 1);
  const [codes, docs, poses] = [new Uint32Array(2 * most), new Uint32Array(most), new Uint32Array(most)];
  let at = 0;
  for (let word = 0; word < WORDS; word++) {
    segments.forEach((segment, s) => {
      const number = numbers[s]!;
      for (let from = segment.starts[word]!; from < segment.starts[word + 1]!; from++) {
        const doc = number[segment.docs[from]!]!;
        if (doc === GONE) continue;
        codes[2 * at] = segment.codes[2 * from]!;
        codes[2 * at + 1] = segment.codes[2 * from + 1]!;
        docs[at] = doc;
        poses[at++] = segment.poses[from]!;
      }
    });
    starts[word + 1] = at;
  }
  // What was removed leaves room at the end: it is not kept.
  const kept = at < most ? [codes.slice(0, 2 * at), docs.slice(0, at), poses.slice(0, at)] : [codes, docs, poses];
  return { ids: Float64Array.from(ids), starts, codes: kept[0]!, docs: kept[1]!, poses: kept[2]!, live: ids.length };
};
