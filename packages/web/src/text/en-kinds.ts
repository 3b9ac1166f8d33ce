// What kind of thing one media or one exhibit is, in English.
import type { Exhibit } from '@redthread/core/contract';

const exhibits: Readonly<Record<Exhibit['kind'], string>> = {
  folder: 'folder',
  zip: 'ZIP archive',
  tar: 'TAR archive',
  'tar.gz': 'TAR archive, compressed',
};

/** By the kind of a media, which a newer server may have more of. */
const media: Readonly<Partial<Record<string, string>>> = {
  image: 'picture',
  video: 'film',
  audio: 'sound',
  document: 'document',
  text: 'text',
  archive: 'archive',
  other: 'file of another type',
};

export const kinds = { exhibits, media };
