// Archives made by hand for the walk's tests: a ZIP writer that lies on demand, and TARs through tar-stream.
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { pack, type Header } from 'tar-stream';

export interface ZipPart {
  /** Raw bytes of the name, or text as UTF-8. */
  readonly name: string | Buffer;
  readonly data: Buffer;
  readonly flags?: number;
  readonly method?: number;
  /** What the headers state in place of the truth. */
  readonly statedBytes?: number;
  readonly statedCrc32?: number;
  readonly unixMode?: number;
  readonly dosDate?: number;
  readonly extra?: Buffer;
}

const DOS_DATE = ((2026 - 1980) << 9) | (2 << 5) | 3;
const DOS_TIME = (4 << 11) | (5 << 5) | 3;
const UTF8 = 0x800;

/** A ZIP of these parts, deflated unless `method` says otherwise. */
export const zipOf = (parts: readonly ZipPart[]): Buffer => {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let at = 0;
  for (const part of parts) {
    const name = typeof part.name === 'string' ? Buffer.from(part.name, 'utf8') : part.name;
    const method = part.method ?? 8;
    const stored = method === 8 ? deflateRawSync(part.data) : part.data;
    const extra = part.extra ?? Buffer.alloc(0);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(part.flags ?? (typeof part.name === 'string' ? UTF8 : 0), 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt16LE(DOS_TIME, 6);
    common.writeUInt16LE(part.dosDate ?? DOS_DATE, 8);
    common.writeUInt32LE(part.statedCrc32 ?? crc32(part.data), 10);
    common.writeUInt32LE(stored.length, 14);
    common.writeUInt32LE(part.statedBytes ?? part.data.length, 18);
    common.writeUInt16LE(name.length, 22);
    common.writeUInt16LE(extra.length, 24);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, name, extra, stored]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((part.unixMode ?? 0o100644) * 65536) >>> 0, 6);
    tail.writeUInt32LE(at, 10);
    const madeByUnix = Buffer.from([20, 3]);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), madeByUnix, common, tail, name, extra]));
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
};

/** Info-ZIP's extended timestamp: modified, seconds since 1970. */
export const extendedTimestamp = (seconds: number): Buffer => {
  const field = Buffer.from([0x55, 0x54, 5, 0, 1, 0, 0, 0, 0]);
  field.writeInt32LE(seconds, 5);
  return field;
};

export interface TarPart extends Partial<Header> {
  readonly name: string;
  readonly data?: Buffer;
}

export const tarOf = async (parts: readonly TarPart[]): Promise<Buffer> => {
  const tar = pack();
  for (const { data, ...header } of parts) {
    tar.entry(header, data ?? Buffer.alloc(0));
  }
  tar.finalize();
  const pieces: Buffer[] = [];
  for await (const piece of tar as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
};

export const tarGzOf = async (parts: readonly TarPart[]): Promise<Buffer> => gzipSync(await tarOf(parts));
