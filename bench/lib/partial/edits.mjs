// What the rows of `partial` do to a picture, in the words of the drawn world: each name stands for chains of edits.
const jpeg = (quality) => ({ kind: 'reencode', format: 'jpeg', quality });
/** Keeps that share of the area, in the shape of the picture; `at` says where, 0..1 of the room that is left. */
const crop = (area, [x, y]) => {
  const left = 1 - Math.sqrt(area);
  return { kind: 'crop', left: left * x, right: left * (1 - x), top: left * y, bottom: left * (1 - y) };
};

/** `random` is that of the picture; `others` are pictures that a collage shows beside it. The bars are those of the issue that asked for this suite. */
export const EDITS = {
  'edit-jpeg-q30': { bar: 0.95, chains: () => [[jpeg(30)]] },
  'edit-scale-0.4': { bar: 0.95, chains: () => [[{ kind: 'scale', factor: 0.4 }, jpeg(85)]] },
  'edit-crop-50': { bar: 0.95, chains: ({ at }) => [[crop(0.5, at), jpeg(85)]] },
  'edit-crop-20': { bar: 0.9, chains: ({ at }) => [[crop(0.2, at), jpeg(85)]] },
  'edit-rotate-15': { bar: 0.95, chains: () => [[{ kind: 'tilt', degrees: 15 }, jpeg(85)]] },
  'edit-rotate-90': { bar: 0.95, chains: () => [[{ kind: 'orient', orientation: 6 }, jpeg(85)]] },
  'edit-mirror': { bar: 0.95, chains: () => [[{ kind: 'orient', orientation: 2 }, jpeg(85)]] },
  'edit-banner': { bar: 0.95, chains: ({ seed }) => [[{ kind: 'caption-bar', seed }, jpeg(85)]] },
  'edit-collage': { bar: 0.9, chains: ({ seed, others }) => [[{ kind: 'collage', frames: others, seed }, jpeg(85)]] },
  'edit-screenshot': { bar: 0.9, chains: ({ seed }) => [[{ kind: 'screenshot', seed }, jpeg(85)]] },
  'edit-photo-of-screen': { bar: 0.9, chains: ({ seed }) => [[{ kind: 'screen-photo', seed }, jpeg(80)]] },
  'two-edits': {
    bar: 0.85,
    chains: ({ at, seed }) => [
      [crop(0.5, at), { kind: 'caption-bar', seed }, jpeg(85)],
      [
        { kind: 'screenshot', seed },
        { kind: 'messenger', maxSide: 1280, quality: 60 },
      ],
      [{ kind: 'tilt', degrees: 15 }, crop(0.5, at), jpeg(85)],
    ],
  },
};
