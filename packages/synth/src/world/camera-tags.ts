// What a drawn camera writes into its pictures. Positions lie in the open ocean only.
import { createRandom } from '../random/random.js';
import type { CameraTags } from '../exif/exif.js';
import type { CameraModel } from './cast.js';
import { exifTime } from './clock.js';
import type { Variant } from './plan.js';

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
    // The emptiest part of the South Pacific.
    ...(camera.savesPosition && random.chance(0.7)
      ? { position: { latitude: random.range(-50, -38), longitude: random.range(-128, -112) } }
      : {}),
  };
};
