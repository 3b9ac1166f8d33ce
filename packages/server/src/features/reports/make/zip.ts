// The files of a report as one ZIP for a browser: stored, not compressed, with the time of the record, so that the same files give the
// same bytes. PKWARE APPNOTE 6.3.3, without extensions.
import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { fail } from '@redthread/core/errors';

const MOST_BYTES = 0xffff_fffe;
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

/** Errors: REPORT_INCOMPLETE for what is larger than a ZIP of this kind takes. */
export async function* zipOf(folder: string, names: readonly string[], at: Date): AsyncGenerator<Buffer> {
  const entries: Entry[] = [];
  let offset = 0;
  for (const name of names) {
    const path = join(folder, name);
    const { size } = statSync(path);
    if (offset + size > MOST_BYTES)
      throw fail('REPORT_INCOMPLETE', `${name}: the report is larger than 4 GB; make it with redthread report`);
    let crc = 0;
    for await (const bytes of createReadStream(path)) crc = crc32(bytes as Buffer, crc);
    const entry = { name: Buffer.from(name), size, crc, offset };
    const head = Buffer.concat([fields([4, 0x04034b50], [2, VERSION], ...shared(entry, at)), entry.name]);
    yield head;
    for await (const bytes of createReadStream(path)) yield bytes as Buffer;
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
