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
const FEATURE_COMPARISONS = 5_528;
const FEATURE_SET =
  '110 photographs: two walks, a monument, ten of Kodak, wallpapers of Debian plasma-workspace-wallpapers; none that the vocabulary ' +
  'was trained on, and all in view when the thresholds were chosen';
export const FEATURE_RATES = {
  localFeatures: { errors: 0, comparisons: FEATURE_COMPARISONS, set: FEATURE_SET },
  sceneGeometry: { errors: 0, comparisons: FEATURE_COMPARISONS, set: FEATURE_SET },
} as const;
