// From ExifTool's tags to our words. The tags are what a hostile file says: checked, bounded, never trusted to be there.
import type { SourceTime } from '@redthread/core/contract';
import type { Camera, Metadata, Position } from './types.js';

/** One tag as the reader's child gives it: group, name, what is shown, and the value where it differs. */
export type Tag = readonly [group: string, name: string, shown: string | null, value?: string | null];

const MAX_RAW_BYTES = 64 * 1024;

type Find = (name: string, groups?: RegExp) => string | null;

const finder = (tags: readonly Tag[], part: 'shown' | 'value'): Find => {
  return (name, groups) => {
    const tag = tags.find(([group, tagName]) => tagName === name && (groups === undefined || groups.test(group)));
    const text = (part === 'value' ? (tag?.[3] ?? tag?.[2]) : tag?.[2])?.trim();
    return text === undefined || text === '' ? null : text;
  };
};

/** Everything we know how to say about these tags. */
export const normalise = (tags: readonly Tag[], version: string): Metadata => {
  const shown = finder(tags, 'shown');
  const value = finder(tags, 'value');
  const { raw, isCut } = boundedRaw(tags);
  return {
    sourceTimes: times(value),
    camera: camera(shown),
    gps: position(value),
    software: shown('Software') ?? shown('CreatorTool'),
    orientation: orientation(value),
    raw,
    isCut,
    reader: { name: 'exiftool', version },
  };
};

const first = (find: Find, ...names: readonly string[]): string | null => {
  for (const name of names) {
    const text = find(name);
    if (text !== null) return text;
  }
  return null;
};

const camera = (shown: Find): Camera | null => {
  const found: Camera = {
    make: shown('Make'),
    model: shown('Model'),
    serial: first(shown, 'SerialNumber', 'InternalSerialNumber', 'CameraSerialNumber', 'BodySerialNumber'),
    lens: first(shown, 'LensModel', 'LensID', 'Lens', 'LensType'),
    lensSerial: shown('LensSerialNumber'),
    imageId: first(shown, 'ImageUniqueID', 'ContentIdentifier'),
  };
  return Object.values(found).some((field) => field !== null) ? found : null;
};

const numberOf = (text: string | null): number | null => {
  const number = text === null ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : null;
};

const position = (value: Find): Position | null => {
  const latitudeDeg = numberOf(value('GPSLatitude', /^Composite$/));
  const longitudeDeg = numberOf(value('GPSLongitude', /^Composite$/));
  if (latitudeDeg === null || longitudeDeg === null) return null;
  if (Math.abs(latitudeDeg) > 90 || Math.abs(longitudeDeg) > 180) return null;
  return { latitudeDeg, longitudeDeg, altitudeM: numberOf(value('GPSAltitude', /^Composite$/)) };
};

const orientation = (value: Find): number | null => {
  const number = numberOf(value('Orientation', /^IFD0$/));
  return number !== null && Number.isInteger(number) && number >= 1 && number <= 8 ? number : null;
};

/** EXIF 2.31: each time has its own fraction and its own offset. */
const EXIF_TIMES = [
  ['taken', 'DateTimeOriginal', 'SubSecTimeOriginal', 'OffsetTimeOriginal'],
  ['digitised', 'CreateDate', 'SubSecTimeDigitized', 'OffsetTimeDigitized'],
  ['modified', 'ModifyDate', 'SubSecTime', 'OffsetTime'],
] as const;

const EXIF_GROUPS = /^(IFD\d|ExifIFD|SubIFD\d*)$/;

const times = (value: Find): SourceTime[] => {
  const found: SourceTime[] = [];
  for (const [kind, name, fractionName, offsetName] of EXIF_TIMES) {
    const text = value(name, EXIF_GROUPS);
    if (text === null) continue;
    const digits = /^\d+/.exec(value(fractionName, EXIF_GROUPS) ?? '')?.[0] ?? '';
    const offset = value(offsetName, EXIF_GROUPS) ?? '';
    found.push({
      kind,
      text: `${text}${digits === '' ? '' : `.${digits}`}${offset}`,
      offsetMinutes: offsetMinutes(offset),
      precisionMs: 1000 / 10 ** Math.min(digits.length, 3),
      basis: 'exif',
    });
  }
  const date = value('GPSDateStamp', /^GPS$/);
  const time = value('GPSTimeStamp', /^GPS$/);
  if (date !== null && time !== null)
    found.push({ kind: 'taken', text: `${date} ${time}Z`, offsetMinutes: 0, precisionMs: 1000, basis: 'gps' });
  return found;
};

/** `+02:00`, `-0330`, `Z`; null for anything else, blanks included. */
const offsetMinutes = (text: string): number | null => {
  if (text === 'Z') return 0;
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(text);
  if (match === null) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return minutes > 14 * 60 ? null : match[1] === '-' ? -minutes : minutes;
};

const boundedRaw = (tags: readonly Tag[]): { raw: Record<string, unknown>; isCut: boolean } => {
  const raw: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  let bytes = 2;
  let isCut = false;
  for (const [group, name, shown] of tags) {
    const key = `${group}:${name}`;
    if (shown === null || key in raw) continue;
    // PostgreSQL keeps no NUL in a text.
    const text = shown.replaceAll('\0', '\u{fffd}');
    bytes += Buffer.byteLength(JSON.stringify(key)) + Buffer.byteLength(JSON.stringify(text)) + 2;
    if (bytes > MAX_RAW_BYTES) {
      isCut = true;
      break;
    }
    raw[key] = text;
  }
  return { raw: { ...raw }, isCut };
};
