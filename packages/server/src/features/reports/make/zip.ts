// The files of a report as one ZIP for a browser: stored, not compressed, with the time of the record, so that the same files give the
// same bytes. PKWARE APPNOTE 6.3.3, without extensions.
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { fail } from '@redthread/core/errors';
import type { WrittenFile } from '../render/out-file.js';

/** Of all files together: names and their places come besides. */
export const ZIP_MOST_BYTES = 0xffff_0000 - 0x10_0000;
const UTF8_NAMES = 0x0800;
const VERSION = 20;

/** Date and time of MS-DOS, of an instant in UTC. */
const dosTime = (at: Date): { readonly time: number; readonly date: number } => ({
  time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
  date: ((Math.max(1980, at.getUTCFullYear()) - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
});

interface Entry {
  readonly name: Buffer;
  readonly size: number;
  readonly crc: number;
  readonly offset: number;
}

const fields = (...parts: readonly (readonly [bytes: 2 | 4, value: number])[]): Buffer => {
  const buffer = Buffer.alloc(parts.reduce((sum, [bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [bytes, value] of parts) {
    buffer.writeUIntLE(value >>> 0, at, bytes);
    at += bytes;
  }
  return buffer;
};

const shared = ({ crc, name, size }: Omit<Entry, 'offset'>, at: Date) => {
  const { date, time } = dosTime(at);
  return [
    [2, UTF8_NAMES],
    [2, 0],
    [2, time],
    [2, date],
    [4, crc],
    [4, size],
    [4, size],
    [2, name.length],
    [2, 0],
  ] as const;
};

/** At most `ZIP_MOST_BYTES` in all. Each file is read once: its checksum is known since it was written. */
export async function* zipOf(folder: string, files: readonly WrittenFile[], at: Date): AsyncGenerator<Buffer> {
  const entries: Entry[] = [];
  let offset = 0;
  for (const { bytes: size, crc32: crc, name } of files) {
    const entry = { name: Buffer.from(name), size, crc, offset };
    const head = Buffer.concat([fields([4, 0x04034b50], [2, VERSION], ...shared(entry, at)), entry.name]);
    yield head;
    let left = size;
    for await (const bytes of createReadStream(join(folder, name))) {
      left -= (bytes as Buffer).length;
      yield bytes as Buffer;
    }
    if (left !== 0) throw fail('INTERNAL', `${name} has changed since it was written`);
    entries.push(entry);
    offset += head.length + size;
  }
  let length = 0;
  for (const entry of entries) {
    const line = Buffer.concat([
      fields(
        [4, 0x02014b50],
        [2, VERSION],
        [2, VERSION],
        ...shared(entry, at),
        [2, 0],
        [2, 0],
        [2, 0],
        [4, 0],
        [4, entry.offset],
      ),
      entry.name,
    ]);
    length += line.length;
    yield line;
  }
  yield fields(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, entries.length],
    [2, entries.length],
    [4, length],
    [4, offset],
    [2, 0],
  );
}
