// An immutable part of a word index: for each word, the postings of the pictures that have it (an inverted file; Sivic and Zisserman,
// "Video Google", ICCV 2003), one array after the other.
import { WORDS, type FeatureSet } from '../../kernels/index.js';
import { directionStep, docOf, isIndexed, MOST_DOCS, packPosting, sizeStep } from './postings.js';

export interface WordSegment {
  /** Ids of its pictures, by their numbers in the segment; `GONE` where one was removed. */
  readonly ids: Float64Array;
  /** Where the postings of each word begin, and the end of all. */
  readonly starts: Uint32Array;
  readonly codes: Uint32Array;
  readonly postings: Uint32Array;
  /** How many pictures are left. */
  live: number;
}

export const GONE = -1;

export const buildSegment = (pictures: readonly (readonly [id: number, set: FeatureSet])[]): WordSegment => {
  const starts = new Uint32Array(WORDS + 1);
  for (const [, set] of pictures)
    for (let i = 0; i < set.count; i++) if (isIndexed(set, i)) starts[set.words[i]! + 1]! += 1;
  for (let word = 0; word < WORDS; word++) starts[word + 1]! += starts[word]!;
  const total = starts[WORDS]!;
  const [codes, postings, next] = [new Uint32Array(2 * total), new Uint32Array(total), starts.slice()];
  pictures.forEach(([, set], doc) => {
    for (let i = 0; i < set.count; i++) {
      if (!isIndexed(set, i)) continue;
      const at = next[set.words[i]!]!++;
      codes[2 * at] = set.codes[2 * i]!;
      codes[2 * at + 1] = set.codes[2 * i + 1]!;
      postings[at] = packPosting(doc, directionStep(set.direction[i]!), sizeStep(set.size[i]!));
    }
  });
  return { ids: Float64Array.from(pictures, ([id]) => id), starts, codes, postings, live: pictures.length };
};

/** True where the pictures of all of them fit into one. */
export const canMerge = (segments: readonly WordSegment[]): boolean =>
  segments.reduce((sum, { live }) => sum + live, 0) <= MOST_DOCS;

/** One segment of what is left of several. */
export const mergeSegments = (segments: readonly WordSegment[]): WordSegment => {
  const ids: number[] = [];
  const numbers = segments.map((segment) =>
    Int32Array.from(segment.ids, (id) => (id === GONE ? GONE : ids.push(id) - 1)),
  );
  const most = segments.reduce((sum, { postings }) => sum + postings.length, 0);
  const starts = new Uint32Array(WORDS + 1);
  const [codes, postings] = [new Uint32Array(2 * most), new Uint32Array(most)];
  let at = 0;
  for (let word = 0; word < WORDS; word++) {
    segments.forEach((segment, s) => {
      const number = numbers[s]!;
      for (let from = segment.starts[word]!; from < segment.starts[word + 1]!; from++) {
        const posting = segment.postings[from]!;
        const doc = number[docOf(posting)]!;
        if (doc === GONE) continue;
        codes[2 * at] = segment.codes[2 * from]!;
        codes[2 * at + 1] = segment.codes[2 * from + 1]!;
        postings[at++] = (posting - docOf(posting) + doc) >>> 0;
      }
    });
    starts[word + 1] = at;
  }
  // What was removed leaves room at the end: it is not kept.
  const [kept, keptCodes] = at < most ? [postings.slice(0, at), codes.slice(0, 2 * at)] : [postings, codes];
  return { ids: Float64Array.from(ids), starts, codes: keptCodes, postings: kept, live: ids.length };
};
