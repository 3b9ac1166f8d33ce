// Codes about one film or one sound: data on the item, as those about pictures.
import { entry, type ErrorEntry } from './entry.js';

export const FILM_ERRORS = {
  FILM_DAMAGED: entry(
    422,
    'The film or sound is damaged',
    'What could be decoded is compared; look for a complete copy.',
  ),
  FILM_CUT_SHORT: entry(
    422,
    'The decoder of the film or sound was stopped before its end',
    'What it had read is compared. In a store it was tried twice; REDTHREAD_DECODER_TIMEOUT_MS and REDTHREAD_DECODER_MEMORY_MB give later ones more.',
  ),
  FILM_NO_STILLS: entry(
    422,
    'No still of the film could be made',
    'It is compared all the same; export it to look at it.',
  ),
  FILM_CORRUPT: entry(422, 'The film or sound cannot be decoded', 'It is compared by its digests only.'),
  FILM_NO_PICTURE: entry(422, 'The film has no pictures', 'Its sound is compared, where it has one.'),
  FILM_TOO_LONG: entry(
    422,
    'The film or sound is longer than eight hours',
    'Its first eight hours are compared; cut the rest into files of their own where it matters.',
  ),
  FILM_CODEC_MISSING: entry(
    422,
    'The ffmpeg of this machine cannot decode this codec',
    'Install a fuller build of ffmpeg and read the file again; until then it is compared by its digests only.',
  ),
  FILM_DECODER_MISSING: entry(
    503,
    'There is no ffmpeg on this machine',
    'Install ffmpeg (`npm run setup` names the package); until then films and sound are compared by their digests only.',
  ),
} as const satisfies Record<string, ErrorEntry>;
