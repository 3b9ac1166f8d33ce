// Writes ZIP archives byte for byte the same on every run (PKWARE APPNOTE 6.3.10, no ZIP64: the drawn world is small).
import { deflateRawSync } from 'node:zlib';
import { crc32 } from './crc32.js';

export interface ZipEntry {
  readonly name: string | Buffer;
  readonly data: Buffer;
  /** Milliseconds since 1970, UTC. */
  readonly modifiedMs: number;
  readonly compress?: boolean;
  /** Marks the entry as protected without encrypting it: for tests of refusal. */
  readonly protectedFlag?: boolean;
  /** Unix mode with file type, e.g. 0o120777 for a symbolic link. */
  readonly unixMode?: number;
  /** What the headers claim instead of the true size. */
  readonly claimedSize?: number;
}

/** DOS date and time; even seconds, never before 1980. */
const dosTime = (ms: number): { time: number; date: number } => {
  const at = new Date(ms);
  const year = Math.max(0, at.getUTCFullYear() - 1980);
  return {
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
    date: (year << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
  };
};

/** Info-ZIP extended timestamp, because DOS times have no zone. */
const timestamp = (ms: number): Buffer => {
  const extra = Buffer.alloc(9);
  extra.writeUInt16LE(0x5455, 0);
  extra.writeUInt16LE(5, 2);
  extra[4] = 1;
  extra.writeInt32LE(Math.floor(ms / 1000), 5);
  return extra;
};

export const createZip = (entries: readonly ZipEntry[]): Buffer => {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.isBuffer(entry.name) ? entry.name : Buffer.from(entry.name, 'utf8');
    const packed = entry.compress ? deflateRawSync(entry.data, { level: 6 }) : entry.data;
    const { time, date } = dosTime(entry.modifiedMs);
    const extra = timestamp(entry.modifiedMs);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800 | (entry.protectedFlag ? 1 : 0), 2);
    common.writeUInt16LE(entry.compress ? 8 : 0, 4);
    common.writeUInt16LE(time, 6);
    common.writeUInt16LE(date, 8);
    common.writeUInt32LE(crc32(entry.data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(entry.claimedSize ?? entry.data.length, 18);
    common.writeUInt16LE(name.length, 22);
    common.writeUInt16LE(extra.length, 24);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), common, name, extra, packed);
    const made = Buffer.from([20, 3]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((((entry.unixMode ?? 0o100644) << 16) | 0) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.from('PK\x01\x02', 'latin1'), made, common, tail, name, extra);
    offset += 4 + common.length + name.length + extra.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
};
