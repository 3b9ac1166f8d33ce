// Writes TAR archives (POSIX ustar with pax headers for long and non-ASCII names), byte for byte the same on every run.
import { gzipSync } from 'node:zlib';

export interface TarEntry {
  readonly name: string;
  readonly data: Buffer;
  /** Milliseconds since 1970, UTC. */
  readonly modifiedMs: number;
  /** Makes the entry a symbolic link to this target. */
  readonly linkTo?: string;
}

const BLOCK = 512;

const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`;
const padding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);

const header = (name: string, size: number, modifiedMs: number, type: string, linkTo = ''): Buffer => {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 100, 'utf8');
  block.write(octal(type === '2' ? 0o777 : 0o644, 8), 100);
  block.write(octal(1000, 8), 108);
  block.write(octal(1000, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(Math.floor(modifiedMs / 1000), 12), 136);
  block.write('        ', 148);
  block.write(type, 156);
  block.write(linkTo, 157, 100, 'utf8');
  block.write('ustar\x0000', 257, 'latin1');
  let sum = 0;
  for (const byte of block) sum += byte;
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
};

/** "LENGTH key=value\n" where LENGTH counts itself. */
const paxRecord = (key: string, value: string): Buffer => {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let total = rest + 1;
  while (String(total).length + rest !== total) total = String(total).length + rest;
  return Buffer.from(`${total} ${key}=${value}\n`, 'utf8');
};

const isPlain = (name: string): boolean => name.length < 100 && /^[\x20-\x7e]*$/.test(name);

export const createTar = (entries: readonly TarEntry[]): Buffer => {
  const parts: Buffer[] = [];
  for (const { name, data, modifiedMs, linkTo } of entries) {
    if (!isPlain(name)) {
      const record = paxRecord('path', name);
      parts.push(header('PaxHeader', record.length, modifiedMs, 'x'), record, padding(record.length));
    }
    const size = linkTo === undefined ? data.length : 0;
    parts.push(header(isPlain(name) ? name : 'long-name', size, modifiedMs, linkTo === undefined ? '0' : '2', linkTo));
    if (size > 0) parts.push(data, padding(size));
  }
  parts.push(Buffer.alloc(BLOCK * 2));
  return Buffer.concat(parts);
};

/** Gzip without name and time; the byte that names the operating system is set to "unknown". */
export const gzip = (data: Buffer, level = 1): Buffer => {
  const packed = gzipSync(data, { level });
  packed[9] = 255;
  return packed;
};
