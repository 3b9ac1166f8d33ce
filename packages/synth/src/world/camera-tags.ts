// What a drawn camera writes into its pictures. Positions lie around the main squares of towns only, those of one camera around one.
import { createRandom, type Random } from '../random/random.js';
import type { CameraTags } from '../exif/exif.js';
import type { CameraModel } from './cast.js';
import { exifTime } from './clock.js';
import type { Variant } from './plan.js';
import { AROUND_DEG, TOWNS } from './towns.js';

/** A camera stays in its town. */
const around = ({ serial }: CameraModel, random: Random): NonNullable<CameraTags['position']> => {
  const { latitude, longitude } = createRandom(`town/${serial}`).pick(TOWNS);
  return {
    latitude: latitude + random.range(-AROUND_DEG, AROUND_DEG),
    longitude: longitude + random.range(-AROUND_DEG, AROUND_DEG),
  };
};

export const cameraTags = (camera: CameraModel, variant: Variant, width: number, height: number): CameraTags => {
  const random = createRandom(`exif/${variant.frame.seed}`);
  const tag = variant.edits.find((edit) => edit.kind === 'orientation-tag');
  return {
    make: camera.make,
    model: camera.model,
    serial: camera.serial,
    takenAt: exifTime(variant.frame.takenMs),
    ...(camera.writesOffset ? { offset: '+01:00' } : {}),
    orientation: tag?.orientation ?? 1,
    exposureS: [1, random.pick([15, 30, 50, 60, 100, 120])],
    aperture: random.pick([1.8, 2, 2.2, 2.8]),
    iso: random.pick([100, 200, 320, 400, 800, 1250]),
    focalLengthMm: random.pick([3.6, 4.25, 5.4, 6.1]),
    width,
    height,
    ...(camera.savesPosition && random.chance(0.7) ? { position: around(camera, random) } : {}),
  };
};
