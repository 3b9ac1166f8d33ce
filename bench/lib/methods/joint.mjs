// Counts how often the program takes different pictures for the same, over every two pictures of a large set. What no hash proposes cannot match; whatever is left
// is decided by `compareMedia`, as everywhere.
import { compareMedia, NearCandidates, searchable } from '../../../packages/core/dist/graph/index.js';
import { edgeHash, pdq, signalOf } from '../../../packages/core/dist/signals/index.js';

const pairsOf = (count) => (count * (count - 1)) / 2;

/** A picture on a screen is no other picture. */
const shows = (a, b) => a.shows === b.file || b.shows === a.file;

/**
 * `all`: signals of the large set, hashes alone. Featureless pictures are left out, since nothing is said of them. `subjects` were made independently of one
 * another; `alone` has what the hashes confuse by themselves.
 */
export const countTogether = (all, say) => {
  const media = all.filter(({ signals }) => searchable(signals).length > 0);
  const index = new NearCandidates();
  media.forEach(({ signals }, id) => index.add(id, signals));
  const proposed = new Set();
  media.forEach(({ signals }, i) => {
    if (i % 500 === 0) say(`${i} of ${media.length} asked for, ${proposed.size} pairs proposed`);
    for (const j of index.find(signals)) if (j !== i) proposed.add(Math.min(i, j) * media.length + Math.max(i, j));
  });
  const errors = [];
  // What lies within the threshold of a hash lies within the reach of its index: none is missed.
  const alone = { [pdq.name]: [], [edgeHash.name]: [] };
  for (const pair of proposed) {
    const [a, b] = [media[Math.floor(pair / media.length)], media[pair % media.length]];
    if (shows(a, b)) continue;
    for (const method of [pdq, edgeHash])
      if (method.compare(signalOf(a.signals, method), signalOf(b.signals, method)).grade !== null)
        alone[method.name].push({ a, b });
    const comparison = compareMedia(a, b);
    if (comparison.grade !== 'none') errors.push({ a, b, comparison });
  }
  const related = media.filter((one) => one.shows !== undefined && media.some(({ file }) => file === one.shows)).length;
  return {
    pictures: media.length,
    subjects: new Set(media.map(({ subject }) => subject)).size,
    comparisons: pairsOf(media.length) - related,
    errors,
    alone,
  };
};
