// How often the film methods were wrong, and on what. docs/methods/film-frames.md tells how the films were made.

const SET =
  'every two of 51 films of 8 s, each a camera that moves over another photograph: 15 of Kodak, 36 wallpapers of Debian; none of them was looked at when a threshold was chosen';
const COMPARISONS = 1_275;

export const FILM_RATES = {
  filmFrames: { errors: 0, comparisons: COMPARISONS, set: SET },
  filmStill: { errors: 0, comparisons: COMPARISONS, set: SET },
  filmParts: { errors: 0, comparisons: COMPARISONS, set: SET },
} as const;
