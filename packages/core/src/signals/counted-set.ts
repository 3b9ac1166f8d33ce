// The pictures that error rates were counted on: none of them was looked at when a threshold was chosen. docs/selftest.md has the table, and
// `npm run bench -- methods --seed 9101` counts again.

/** Every two of 735 scenes, and every two of 240 drawings on templates: 298,425 comparisons of different pictures. */
export const COUNTED_COMPARISONS = 298_425;
export const COUNTED_SET =
  'seeds 9101 to 9110: 480 views of 120 drawn rooms, 240 cards on 60 templates, 15 photographs; ' +
  'and 240 pages, chats, forms, cards and skies on 12 templates, 20 contents each';

/**
 * The feature methods, on every two photographs of different places: drawn rooms share patterns, posters and furniture, which these methods are there to
 * find. Unlike the sets above, these were in view when the thresholds were chosen, and they say so.
 */
const FEATURE_COMPARISONS = 6_473;
const FEATURE_SET =
  '121 photographs and drawings: two walks, a monument, fifteen of Kodak, wallpapers of Debian plasma-workspace-wallpapers, pictures of palapeli-data and opencv-doc, ' +
  'eight with EXIF; none that the vocabulary was trained on, and most in view when the thresholds were chosen; counted on 30 November 2026 with local-features 2, scene-geometry 2';
export const FEATURE_RATES = {
  localFeatures: { errors: 0, comparisons: FEATURE_COMPARISONS, set: FEATURE_SET },
  sceneGeometry: { errors: 0, comparisons: FEATURE_COMPARISONS, set: FEATURE_SET },
} as const;

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
