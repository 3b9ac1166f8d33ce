// Writes the EXIF block that a camera would write (Exif 2.32, TIFF little endian), and puts it into a JPEG.

export interface CameraTags {
  readonly make: string;
  readonly model: string;
  readonly serial?: string;
  readonly software?: string;
  readonly lens?: string;
  /** "2026:01:14 18:22:05", the wall clock of the camera. */
  readonly takenAt: string;
  /** "+01:00", or none as in older cameras. */
  readonly offset?: string;
  readonly orientation: number;
  readonly exposureS: readonly [number, number];
  readonly aperture: number;
  readonly iso: number;
  readonly focalLengthMm: number;
  readonly width: number;
  readonly height: number;
  /** Degrees; only the squares of towns are drawn. */
  readonly position?: { readonly latitude: number; readonly longitude: number };
}

type Field =
  | { readonly tag: number; readonly type: 'ascii'; readonly value: string }
  | { readonly tag: number; readonly type: 'short' | 'long'; readonly value: number }
  | {
      readonly tag: number;
      readonly type: 'bytes';
      readonly value: readonly number[];
      readonly undefinedType?: boolean;
    }
  | { readonly tag: number; readonly type: 'rational'; readonly value: readonly (readonly [number, number])[] };

const encode = (field: Field): { type: number; count: number; data: Buffer } => {
  switch (field.type) {
    case 'ascii': {
      const data = Buffer.from(`${field.value}\0`, 'ascii');
      return { type: 2, count: data.length, data };
    }
    case 'short': {
      const data = Buffer.alloc(2);
      data.writeUInt16LE(field.value);
      return { type: 3, count: 1, data };
    }
    case 'long': {
      const data = Buffer.alloc(4);
      data.writeUInt32LE(field.value);
      return { type: 4, count: 1, data };
    }
    case 'bytes':
      return { type: field.undefinedType ? 7 : 1, count: field.value.length, data: Buffer.from(field.value) };
    case 'rational': {
      const data = Buffer.alloc(field.value.length * 8);
      field.value.forEach(([top, bottom], i) => {
        data.writeUInt32LE(top, i * 8);
        data.writeUInt32LE(bottom, i * 8 + 4);
      });
      return { type: 5, count: field.value.length, data };
    }
  }
};

/** One directory at `offset` in the TIFF block, its longer values after it. */
const directory = (fields: readonly Field[], offset: number): Buffer => {
  const sorted = [...fields].sort((a, b) => a.tag - b.tag);
  const head = Buffer.alloc(2 + sorted.length * 12 + 4);
  head.writeUInt16LE(sorted.length);
  const tail: Buffer[] = [];
  let at = offset + head.length;
  sorted.forEach((field, i) => {
    const { type, count, data } = encode(field);
    const entry = 2 + i * 12;
    head.writeUInt16LE(field.tag, entry);
    head.writeUInt16LE(type, entry + 2);
    head.writeUInt32LE(count, entry + 4);
    if (data.length <= 4) data.copy(head, entry + 8);
    else {
      head.writeUInt32LE(at, entry + 8);
      const even = data.length % 2 ? Buffer.concat([data, Buffer.alloc(1)]) : data;
      tail.push(even);
      at += even.length;
    }
  });
  return Buffer.concat([head, ...tail]);
};

const degrees = (value: number): readonly (readonly [number, number])[] => {
  const seconds = Math.round(Math.abs(value) * 360000);
  return [
    [Math.floor(seconds / 360000), 1],
    [Math.floor((seconds % 360000) / 6000), 1],
    [seconds % 6000, 100],
  ];
};

/** The TIFF block: header, main directory, camera directory, position. */
export const encodeExif = (tags: CameraTags): Buffer => {
  const main = (camera: number, gps: number): Field[] => [
    { tag: 0x010f, type: 'ascii', value: tags.make },
    { tag: 0x0110, type: 'ascii', value: tags.model },
    { tag: 0x0112, type: 'short', value: tags.orientation },
    { tag: 0x011a, type: 'rational', value: [[72, 1]] },
    { tag: 0x011b, type: 'rational', value: [[72, 1]] },
    { tag: 0x0128, type: 'short', value: 2 },
    ...(tags.software ? [{ tag: 0x0131, type: 'ascii', value: tags.software } as const] : []),
    { tag: 0x0132, type: 'ascii', value: tags.takenAt },
    { tag: 0x8769, type: 'long', value: camera },
    ...(tags.position ? [{ tag: 0x8825, type: 'long', value: gps } as const] : []),
  ];
  const camera: Field[] = [
    { tag: 0x829a, type: 'rational', value: [tags.exposureS] },
    { tag: 0x829d, type: 'rational', value: [[Math.round(tags.aperture * 10), 10]] },
    { tag: 0x8827, type: 'short', value: tags.iso },
    { tag: 0x9000, type: 'bytes', value: [0x30, 0x32, 0x33, 0x32], undefinedType: true },
    { tag: 0x9003, type: 'ascii', value: tags.takenAt },
    { tag: 0x9004, type: 'ascii', value: tags.takenAt },
    ...(tags.offset
      ? [
          { tag: 0x9010, type: 'ascii', value: tags.offset } as const,
          { tag: 0x9011, type: 'ascii', value: tags.offset } as const,
        ]
      : []),
    { tag: 0x920a, type: 'rational', value: [[Math.round(tags.focalLengthMm * 100), 100]] },
    { tag: 0xa001, type: 'short', value: 1 },
    { tag: 0xa002, type: 'long', value: tags.width },
    { tag: 0xa003, type: 'long', value: tags.height },
    ...(tags.serial ? [{ tag: 0xa431, type: 'ascii', value: tags.serial } as const] : []),
    ...(tags.lens ? [{ tag: 0xa434, type: 'ascii', value: tags.lens } as const] : []),
  ];
  const { position } = tags;
  const gps: Field[] = position
    ? [
        { tag: 0, type: 'bytes', value: [2, 3, 0, 0] },
        { tag: 1, type: 'ascii', value: position.latitude < 0 ? 'S' : 'N' },
        { tag: 2, type: 'rational', value: degrees(position.latitude) },
        { tag: 3, type: 'ascii', value: position.longitude < 0 ? 'W' : 'E' },
        { tag: 4, type: 'rational', value: degrees(position.longitude) },
      ]
    : [];
  const header = Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
  const cameraAt = 8 + directory(main(0, 0), 8).length;
  const cameraBlock = directory(camera, cameraAt);
  const gpsAt = cameraAt + cameraBlock.length;
  const parts = [header, directory(main(cameraAt, gpsAt), 8), cameraBlock];
  if (position) parts.push(directory(gps, gpsAt));
  return Buffer.concat(parts);
};

/** Puts an EXIF block behind the start of a JPEG. */
export const insertExif = (jpeg: Buffer, exif: Buffer): Buffer => {
  const head = Buffer.from([0xff, 0xe1, 0, 0, 0x45, 0x78, 0x69, 0x66, 0, 0]);
  head.writeUInt16BE(exif.length + 8, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
};
