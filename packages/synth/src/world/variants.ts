// Chooses what happened to a copy of a picture: mostly what messengers and resizers do, now and then something rougher.
import { isWithinFloor, type Edit, type Orientation, type PictureFormat } from '../edit/edits.js';
import type { Random } from '../random/random.js';
import { round } from '../texture/vector.js';

const share = (value: number): number => Number(round(value));
const seedOf = (random: Random): string => String(random.int(0, 1e9));

const reencode = (random: Random, low = 30): Edit => {
  const format = random.pick<PictureFormat>(['jpeg', 'jpeg', 'jpeg', 'jpeg', 'webp', 'jpeg']);
  return { kind: 'reencode', format, quality: random.int(low, 90) };
};
const scaled = (random: Random): Edit => ({ kind: 'scale', factor: share(random.range(0.4, 0.9)) });
const turned = (random: Random): Edit => ({ kind: 'orient', orientation: random.int(2, 8) as Orientation });
const overlaid = (random: Random, low: number, high: number): Edit => ({
  kind: 'overlay',
  what: random.pick(['text', 'emoji'] as const),
  area: Math.floor(random.range(low, high) * 1000) / 1000,
  seed: seedOf(random),
});
const messenger = (random: Random): Edit => ({
  kind: 'messenger',
  maxSide: random.pick([640, 800, 960, 1280]),
  quality: random.int(55, 78),
});

/** What happens to pages of text: nobody turns them or sticks emoji on them, and thin lines bear neither well in any hash. */
export const plainEdits = (random: Random): Edit[] => {
  const roll = random.next();
  if (roll < 0.4) return [messenger(random)];
  return roll < 0.75 ? [reencode(random, 40)] : [scaled(random), reencode(random, 50)];
};

/** Within the floor: a whole-picture hash must find it. */
export const floorEdits = (random: Random): Edit[] => {
  const roll = random.next();
  if (roll < 0.24) return [messenger(random)];
  if (roll < 0.38) return [reencode(random)];
  if (roll < 0.52) return [scaled(random), reencode(random, 45)];
  if (roll < 0.64) return [turned(random), reencode(random, 50)];
  if (roll < 0.8) return [overlaid(random, 0.012, 0.05), random.chance(0.5) ? messenger(random) : reencode(random, 50)];
  if (roll < 0.86) return [turned(random), messenger(random)];
  if (roll < 0.92) return [messenger(random), messenger(random)];
  if (roll < 0.96) return [scaled(random), reencode(random, 30)];
  return [
    {
      kind: 'reencode',
      format: random.pick<PictureFormat>(['png', 'tiff', 'gif', 'avif']),
      quality: random.int(60, 85),
    },
  ];
};

/** Beyond the floor: same frame, but only methods that compare parts will find it. `others` are frames for a collage. */
export const roughEdits = (random: Random, others: readonly string[]): Edit[] => {
  const make = (): Edit[] => {
    switch (random.int(0, 7)) {
      case 0:
      case 1: {
        const cut = (): number => share(random.range(0, 0.22));
        return [
          { kind: 'crop', left: share(random.range(0.06, 0.2)), top: cut(), right: cut(), bottom: cut() },
          reencode(random, 55),
        ];
      }
      case 2:
        return [
          { kind: 'tilt', degrees: share(random.range(2.5, 9) * (random.chance(0.5) ? 1 : -1)) },
          reencode(random, 60),
        ];
      case 3:
        return [{ kind: 'caption-bar', seed: seedOf(random) }, messenger(random)];
      case 4:
        return [
          { kind: 'screenshot', seed: seedOf(random) },
          { kind: 'reencode', format: random.pick<PictureFormat>(['png', 'jpeg']), quality: 85 },
        ];
      case 5:
        return [
          { kind: 'screen-photo', seed: seedOf(random) },
          { kind: 'reencode', format: 'jpeg', quality: random.int(70, 88) },
        ];
      case 6:
        return [overlaid(random, 0.09, 0.22), messenger(random)];
      default:
        return others.length === 0
          ? [{ kind: 'scale', factor: share(random.range(0.14, 0.25)) }, reencode(random, 50)]
          : [{ kind: 'collage', frames: others, seed: seedOf(random) }, messenger(random)];
    }
  };
  const edits = make();
  if (isWithinFloor(edits)) throw new Error(`edits meant to be rough are within the floor: ${JSON.stringify(edits)}`);
  return edits;
};
