// The pictures that error rates were counted on: none of them was looked at when a threshold was chosen. docs/selftest.md has the table, and
// `npm run bench -- methods --seed 9101` counts again.

/** Every two of 735 scenes, and every two of 240 drawings on templates: 298,425 comparisons of different pictures. */
export const COUNTED_COMPARISONS = 298_425;
export const COUNTED_SET =
  'seeds 9101 to 9110: 480 views of 120 drawn rooms, 240 cards on 60 templates, 15 photographs; ' +
  'and 240 pages, chats, forms, cards and skies on 12 templates, 20 contents each';

const MANY = {
  comparisons: 10_655_556,
  set:
    '4,617 pictures of seed 9301: drawn rooms, cards and pages, 480 of them in three interfaces as well, ten templates with 120 contents each; and photographs of ' +
    'places and things; counted on 30 November 2026 with pdq 1, edge-hash 1, luma-grid 1',
} as const;
const MADE = 3_975;

/** What the hashes confuse there by themselves, within their thresholds. */
export const HASH_RATES = {
  pdq: { ...MANY, errors: 3_692, subjects: { made: MADE, wrong: 321 } },
  edgeHash: { ...MANY, errors: 197_927, subjects: { made: MADE, wrong: 2_823 } },
} as const;

/**
 * How often whole pictures were confused by all methods together, where the grid measured so much or less: pictures of which each is another, every two of them. What the
 * methods propose and confirm is counted, not what one of them says; docs/selftest.md has the table, and `npm run bench -- methods --seed 9301` counts again.
 */
export const WHOLE_PICTURE_STEPS = [
  { value: 5, rates: { ...MANY, errors: 0, subjects: { made: MADE, wrong: 0 } } },
  { value: 10, rates: { ...MANY, errors: 61, subjects: { made: MADE, wrong: 59 } } },
  { value: 20, rates: { ...MANY, errors: 1_189, subjects: { made: MADE, wrong: 381 } } },
] as const;

const PARTS = {
  comparisons: 9_000,
  set:
    '489 pictures of seed 9301: drawn rooms, some of them in three interfaces or under text and stickers, and photographs of places and things; pairs by lot; ' +
    'counted on 30 November 2026 with local-features 2, scene-geometry 2',
} as const;
const PARTS_MADE = 219;

const ofParts = (value: number, errors: number, wrong: number) =>
  ({ value, rates: { ...PARTS, errors, subjects: { made: PARTS_MADE, wrong } } }) as const;

/**
 * How often a part of one picture was found in another one, where so many places or more agreed: of both methods together, on pairs of a set in which interfaces, letters, stickers
 * and patterns recur. docs/selftest.md has the table, and `npm run bench -- methods --seed 9301 --only errors-parts` counts again.
 */
export const PART_STEPS = [
  ofParts(30, 0, 0),
  ofParts(20, 0, 0),
  ofParts(13, 0, 0),
  ofParts(9, 14, 17),
  ofParts(6, 19, 24),
] as const;

/** How often one place was found in two pictures of different ones. */
export const PLACE_STEPS = [
  ofParts(30, 0, 0),
  ofParts(20, 0, 0),
  ofParts(15, 0, 0),
  ofParts(10, 0, 0),
  ofParts(7, 0, 0),
] as const;
