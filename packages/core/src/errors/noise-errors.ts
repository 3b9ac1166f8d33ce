// Codes about the noise that a sensor leaves in its pictures.
import { entry, type ErrorEntry } from './entry.js';

export const NOISE_ERRORS = {
  CAMERA_NO_REFERENCE: entry(
    422,
    'No reference picture says anything of a sensor',
    'Give a folder with full-size pictures of one device, neither black nor cut off at white.',
  ),
  NOISE_UNUSABLE: entry(
    422,
    'The picture says nothing of its sensor',
    'Take a brighter or darker picture of the same device.',
  ),
  NOISE_TOO_SMALL: entry(422, 'The picture is too small for its noise', 'Look for a larger copy.'),
  NOISE_OTHER_SIZE: entry(
    422,
    'The reference has another size than most',
    'Compare with references of one size; sizes of one device can be compared apart.',
  ),
  NOISE_SHARED_SCENE: entry(
    422,
    'The picture shows what the references show',
    'Add references of the same device that show something else.',
  ),
  NOISE_NO_PLACE: entry(
    422,
    'The picture fits nowhere in the plane of the references',
    'It was cut and made smaller; look for an earlier copy.',
  ),
} as const satisfies Record<string, ErrorEntry>;
