// What kind of thing one media or one exhibit is, in English.
import type { Deletion, DiskImage, Exhibit } from '@redthread/core/contract';

const exhibits: Readonly<Record<Exhibit['kind'], string>> = {
  folder: 'folder',
  zip: 'ZIP archive',
  tar: 'TAR archive',
  'tar.gz': 'TAR archive, compressed',
  '7z': '7z archive',
  rar: 'RAR archive',
  'disk-image': 'disk image',
};

const deletion: Readonly<Record<Deletion, string>> = {
  deleted: 'deleted: its folder still names it',
  orphan: 'deleted: no folder names it any more',
};

const image = {
  title: 'Disk image',
  parts: (parts: number) => `in ${parts} parts`,
  verdicts: {
    verified: 'has the hash that it stores',
    differs: 'does not have the hash that it stores',
    unstated: 'stores no hash of itself',
  } satisfies Record<DiskImage['verdict'], string>,
  stored: 'stored',
  computed: 'computed',
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

export const kinds = {
  exhibits,
  deletion,
  thumbnail: 'small picture kept of a larger one',
  onlyThumbnail: 'exists only as a small picture',
  image,
  media,
};
