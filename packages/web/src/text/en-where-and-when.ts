// Text of the map and the time line.
import type { TimeLane } from '@redthread/core/contract';
import { count } from './format.js';
import { plural } from './plural.js';

const lanes: Readonly<Record<TimeLane, string>> = {
  capture: 'Capture',
  message: 'Message',
  'file-system': 'File system',
  archive: 'Archive',
};

export const map = {
  title: 'Map',
  picture: (areas: number) => `Map with ${plural(areas, 'area', 'areas')}; the list beside it says the same.`,
  none: 'No file of this scope says where it was made.',
  teach: 'Places come from the metadata of pictures, when these have been read. At a terminal:',
  command: 'redthread places --case ES-2026-014',
  said: (n: number) => `${plural(n, 'media says', 'media say')} where`,
  notSaid: (n: number) => `${count(n)} without a place`,
  closed: (n: number) => `${count(n)} not opened`,
  truncated: 'The areas with the most media are shown; look closer for the others.',
  area: (n: number, metres: string) => `${plural(n, 'media', 'media')} within ${metres}`,
  honest:
    'An area holds all places that are counted in it, and is never smaller than a device knows where it is. No point is exact.',
  metres: (m: number) => (m < 10_000 ? `${count(m)} m` : `${count(Math.round(m / 1000))} km`),
  review: 'Review these',
  nothing: 'Nothing here that you may see.',
  list: 'Areas',
  zoomIn: 'Look closer',
  zoomOut: 'Look from further away',
  fit: 'Fit',
  recorded: 'Recorded places',
  recordedMeans: 'Where the investigation says that a place is: drawn with a dashed line.',
  recordedArea: (at: string, metres: string) => `within ${metres} of ${at}`,
  show: 'Show on the map',
};

export const times = {
  title: 'Time line',
  none: 'No file of this scope has a time.',
  teach:
    'Times come from file systems and archives at once, from pictures when their metadata have been read. At a terminal:',
  command: 'redthread times --case ES-2026-014',
  lanes,
  asWritten: 'Times stand as they were written. Hatched: without a zone, and so perhaps 14 hours earlier or later.',
  bar: (lane: string, at: string, media: number, noZone: number) =>
    `${lane}, ${at}: ${plural(media, 'media', 'media')}${noZone > 0 ? `, ${count(noZone)} without a zone` : ''}`,
  units: { year: 'Years', month: 'Months', day: 'Days' },
  within: (period: string) => `within ${period}`,
  allTime: 'All time',
  closer: (period: string) => `Look closer at ${period}`,
  chosen: (lane: string, from: string, to: string) => (from === to ? `${lane}, ${from}` : `${lane}, ${from} to ${to}`),
  choose: 'Choose a bar, and with Shift the last of a stretch.',
  review: 'Review these',
  noTime: (n: number) => `${count(n)} without a time`,
  closed: (n: number) => `${count(n)} not opened`,
  age: (name: string) => `Age of ${name}`,
  ageOf: (min: number, max: number) => (min === max ? `${min}` : `${min}–${max}`),
};
