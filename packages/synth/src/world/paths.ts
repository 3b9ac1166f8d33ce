// Where files lie on phones, computers, sticks and in chat exports, and what they are called there.
import type { Random } from '../random/random.js';
import type { PictureFormat } from '../edit/edits.js';
import type { Exhibit } from './cast.js';
import { compactDay, compactTime, dashedTime } from './clock.js';

/** How a file came to lie on a device. */
export type Arrival = 'camera' | 'messenger' | 'screenshot' | 'download' | 'cache' | 'album';

const EXTENSION: Readonly<Record<PictureFormat, string>> = {
  jpeg: 'jpg',
  png: 'png',
  webp: 'webp',
  gif: 'gif',
  tiff: 'tif',
  avif: 'avif',
};
const USERS = ['marlo', 'tessa.v', 'collector', 'ben', 'oficina', 'kaartenbak'] as const;
const ALBUMS = [
  'álbum postal',
  'Sellos 2025',
  'postzegels',
  'Ansichtkaarten',
  '切手',
  'Марки',
  'lots',
  'swap list',
  'γραμματόσημα',
  'para cambiar',
  'nieuw',
  'Colección',
] as const;
const STEMS = [
  'card',
  'sheet',
  'album',
  'lot',
  'shelf',
  'page',
  'scan',
  'sello',
  'zegel',
  'pic',
  'room',
  'desk',
] as const;

export interface Namer {
  /** A path that the exhibit does not use yet. */
  name(arrival: Arrival, format: PictureFormat, atMs: number): string;
  /** Any other file, by its wished path. */
  free(path: string): string;
}

export const createNamer = (random: Random, exhibit: Exhibit): Namer => {
  const taken = new Set<string>();
  const user = random.pick(USERS);
  const first = random.int(1, 60);
  let counter = random.int(100, 4000);
  const albums = random.shuffle(ALBUMS).slice(0, 3);

  const free = (path: string): string => {
    const dot = path.lastIndexOf('.');
    const [stem, extension] = dot > path.lastIndexOf('/') ? [path.slice(0, dot), path.slice(dot)] : [path, ''];
    let candidate = path;
    for (let n = 1; taken.has(candidate.toLowerCase()); n++) candidate = `${stem} (${n})${extension}`;
    taken.add(candidate.toLowerCase());
    return candidate;
  };

  const propose = (arrival: Arrival, format: PictureFormat, atMs: number): string => {
    // Now and then an ending that is spelled otherwise, or missing.
    const ending = random.chance(0.06) && format === 'jpeg' ? random.pick(['JPG', 'jpeg', 'JPEG']) : EXTENSION[format];
    const day = compactDay(atMs);
    counter += random.int(1, 7);
    const loose = `${random.pick(STEMS)}${random.pick(['_', '-', ' '])}${random.int(1, 999)}.${ending}`;
    switch (exhibit.device) {
      case 'phone':
        switch (arrival) {
          case 'camera':
            return first % 2
              ? `DCIM/Camera/IMG_${day}_${compactTime(atMs)}.${ending}`
              : `DCIM/100MEDIA/DSC_${String(counter).padStart(4, '0')}.${ending}`;
          case 'messenger':
            return `Media/WhatsApp Images/${random.chance(0.3) ? 'Sent/' : ''}IMG-${day}-WA${String(random.int(0, 60)).padStart(4, '0')}.${ending}`;
          case 'screenshot':
            return `Pictures/Screenshots/Screenshot_${day}-${compactTime(atMs)}.${ending}`;
          case 'cache':
            return `Android/data/cache/thumbs/${random.int(0x10000000, 0x7fffffff).toString(16)}.0`;
          case 'album':
            return `Pictures/${random.pick(albums)}/${loose}`;
          default:
            return `Download/${loose}`;
        }
      case 'laptop':
        switch (arrival) {
          case 'camera':
            return `Users/${user}/Pictures/Import ${day.slice(0, 4)}-${day.slice(4, 6)}/DSC${String(counter).padStart(5, '0')}.${ending}`;
          case 'cache':
            return `Users/${user}/AppData/Local/Browser/Cache/f_${counter.toString(16).padStart(6, '0')}`;
          case 'screenshot':
            return `Users/${user}/Desktop/Screen ${dashedTime(atMs)}.${ending}`;
          case 'album':
            return `Users/${user}/Documents/${random.pick(albums)}/${loose}`;
          default:
            return `Users/${user}/Downloads/${loose}`;
        }
      case 'stick':
        return random.chance(0.3)
          ? `${random.pick(albums)}/${loose}`
          : `${random.pick(albums)}/${random.pick(STEMS)} ${random.int(1, 12)}/${String(counter).padStart(4, '0')}.${ending}`;
      case 'chat':
        return `${String(random.int(1, 4000)).padStart(8, '0')}-PHOTO-${dashedTime(atMs)}.${ending}`;
    }
  };
  return { free, name: (arrival, format, atMs) => free(propose(arrival, format, atMs)) };
};
