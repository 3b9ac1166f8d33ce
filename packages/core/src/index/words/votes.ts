// Which pictures of a segment have features that a query may have too, of the same word and a near code (Jegou, Douze, Schmid, "Hamming embedding and weak
// geometric consistency", ECCV 2008), and enough of them that lie alike.
import { bitCount32 } from '../../kernels/index.js';
import { doAgree, LEAST_VOTES } from './agreement.js';
import { voteOf, type IndexedFeatures, type Vote } from './postings.js';
import { GONE, type WordSegment } from './segment.js';

const RADIUS_BITS = 20;

/** Calls `found` with the id of each. */
export const agreeingPictures = (segment: WordSegment, query: IndexedFeatures, found: (id: number) => void): void => {
  const { codes, docs, ids, poses, starts } = segment;
  // Which feature of the query met which of the segment, and how often each picture was met.
  const met: number[] = [];
  const counts = new Uint32Array(ids.length);
  for (let i = 0; i < query.count; i++) {
    const [low, high] = [query.codes[2 * i]!, query.codes[2 * i + 1]!];
    for (let at = starts[query.words[i]!]!, end = starts[query.words[i]! + 1]!; at < end; at++) {
      if (bitCount32(low ^ codes[2 * at]!) + bitCount32(high ^ codes[2 * at + 1]!) > RADIUS_BITS) continue;
      met.push(i, at);
      counts[docs[at]!]! += 1;
    }
  }
  const votes = new Map<number, Vote[]>();
  for (let n = 0; n < met.length; n += 2) {
    const at = met[n + 1]!;
    const doc = docs[at]!;
    if (counts[doc]! < LEAST_VOTES || ids[doc] === GONE) continue;
    const vote = voteOf(query.poses[met[n]!]!, poses[at]!);
    const known = votes.get(doc);
    if (known === undefined) votes.set(doc, [vote]);
    else known.push(vote);
  }
  for (const [doc, ofPicture] of votes) if (doAgree(ofPicture)) found(ids[doc]!);
};
