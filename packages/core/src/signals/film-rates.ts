// How often the film methods were wrong, and on what. docs/methods/film-frames.md tells how the films were made.

const SET =
  'every two of 51 films of 8 s, each a camera that moves over another photograph: 15 of Kodak, 36 wallpapers of Debian; none of them was looked at when a threshold was chosen';
const COMPARISONS = 1_275;

/** Every two of 145, the thresholds being those of today. */
const PARTS = {
  errors: 0,
  comparisons: 10_440,
  set:
    'every two of 145 films of 6 s, each a camera that moves over another picture: 130 drawn rooms and cards on templates of seed 81234, 15 photographs of Kodak; ' +
    'counted on 1 December 2026 with film-parts 2, film-places 1',
  subjects: { made: 145, wrong: 0 },
} as const;

export const FILM_RATES = {
  filmFrames: { errors: 0, comparisons: COMPARISONS, set: SET },
  filmStill: { errors: 0, comparisons: COMPARISONS, set: SET },
  filmParts: PARTS,
  filmPlaces: PARTS,
} as const;

export const SOUND_RATES = {
  soundWords: {
    errors: 0,
    comparisons: 2_207,
    set:
      'every two of 71 stretches of 5 s that belong to different ones of ten sounds: five pieces of music of librosa (in view when the threshold was chosen), ' +
      'that of an animated film, four melodies of sines',
  },
} as const;
