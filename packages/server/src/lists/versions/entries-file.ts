// What a version of a list says, entry by entry in the order of the source, in one file that is written once: blocks, each with its checksum, then
// their table. An entry is found by its number.
//
//   magic | blocks | table: length, entries and CRC-32 of each block | end: where the table is, blocks, its CRC-32, entries, magic
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { fail } from '@redthread/core/errors';
import type { ListEntry } from '../../formats/lists/entry.js';
import { diskError } from '../../disk/disk-error.js';
import { FileSource } from '../../disk/file-source.js';
import { FILE_MODE, writeAll } from '../../disk/whole-file.js';
import { BlockReader, BlockWriter } from './block-bytes.js';
import { EntryEncoder, readEntry, type DigestPlaces } from './entry-codec.js';

/** Raised when the form changes. */
const MAGIC = Buffer.from('RTITEM1\n', 'latin1');
const END_BYTES = 32;
const ROW_BYTES = 12;
const BLOCK_BYTES = 2 ** 18;
/** No entry is that long: what says so is damaged. */
const MOST_BLOCK_BYTES = 2 ** 30;

export class EntriesWriter {
  readonly #fd: number;
  readonly #block = new BlockWriter();
  readonly #encoder = new EntryEncoder(this.#block);
  readonly #table: number[] = [];
  #isClosed = false;
  #inBlock = 0;
  #written = MAGIC.length;
  /** Entries that were added. */
  count = 0;

  /** Errors: DISK_FULL, those of the file system. */
  constructor(readonly path: string) {
    this.#fd = openSync(path, 'wx', FILE_MODE);
    this.#write(MAGIC);
  }

  /** Where the digests of the last entry lie in `bytes`, until the next is added. */
  get places(): DigestPlaces {
    return this.#encoder.places;
  }

  get bytes(): Uint8Array {
    return this.#block.buffer;
  }

  /** Errors: DISK_FULL, those of the file system. */
  add(entry: ListEntry): void {
    if (this.#block.length >= BLOCK_BYTES) this.#flush();
    this.#encoder.write(entry);
    this.#inBlock += 1;
    this.count += 1;
  }

  /** On the disk once this is through. Answers the checksum of its table, which names every block by its own. */
  finish(): { readonly bytes: number; readonly checksum: number } {
    this.#flush();
    const table = Buffer.alloc(4 * this.#table.length);
    this.#table.forEach((value, index) => table.writeUInt32LE(value, 4 * index));
    const checksum = crc32(table);
    const end = Buffer.alloc(END_BYTES);
    end.writeDoubleLE(this.#written, 0);
    end.writeUInt32LE(this.#table.length / 3, 8);
    end.writeUInt32LE(checksum, 12);
    end.writeDoubleLE(this.count, 16);
    MAGIC.copy(end, 24);
    this.#write(table);
    this.#write(end);
    fsyncSync(this.#fd);
    this.close();
    return { bytes: this.#written + table.length + END_BYTES, checksum };
  }

  close(): void {
    if (!this.#isClosed) closeSync(this.#fd);
    this.#isClosed = true;
  }

  #flush(): void {
    if (this.#inBlock === 0) return;
    const bytes = this.#block.bytes();
    this.#write(bytes);
    this.#table.push(bytes.length, this.#inBlock, crc32(bytes));
    this.#written += bytes.length;
    this.#inBlock = 0;
    this.#encoder.clear();
  }

  #write(bytes: Uint8Array): void {
    try {
      writeAll(this.#fd, bytes, null);
    } catch (error) {
      throw diskError(error, this.path);
    }
  }
}

interface Block {
  readonly at: number;
  readonly bytes: number;
  /** The number of its first entry. */
  readonly first: number;
  readonly entries: number;
  readonly checksum: number;
}

export class EntriesFile {
  readonly #source: FileSource;
  readonly #blocks: readonly Block[];
  readonly count: number;
  /** Of its table. */
  readonly checksum: number;

  /** Errors, naming the file: INDEX_FILE_INVALID, INDEX_CHECKSUM_MISMATCH. */
  constructor(readonly path: string) {
    this.#source = new FileSource(path);
    try {
      ({ blocks: this.#blocks, count: this.count, checksum: this.checksum } = tableOf(this.#source));
    } catch (error) {
      this.#source.close();
      throw error;
    }
  }

  /** Batches in the order of the source; the number of the first of each. Errors: INDEX_CHECKSUM_MISMATCH, INDEX_FILE_INVALID. */
  *batches(): Generator<{ readonly first: number; readonly entries: readonly ListEntry[] }> {
    for (const block of this.#blocks) yield { first: block.first, entries: this.#entriesOf(block) };
  }

  /** Errors: INDEX_CHECKSUM_MISMATCH, INDEX_FILE_INVALID. */
  at(number: number): ListEntry {
    let [low, high] = [0, this.#blocks.length];
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.#blocks[middle]!.first <= number) low = middle;
      else high = middle;
    }
    const block = this.#blocks[low];
    const entry = block === undefined ? undefined : this.#entriesOf(block)[number - block.first];
    if (entry === undefined) throw fail('INDEX_FILE_INVALID', `${this.path}: no entry ${number} of ${this.count}`);
    return entry;
  }

  /** Reads every byte. Errors: INDEX_CHECKSUM_MISMATCH, INDEX_FILE_INVALID. */
  verify(): void {
    for (const block of this.#blocks) this.#read(block);
  }

  close(): void {
    this.#source.close();
  }

  #entriesOf(block: Block): ListEntry[] {
    const reader = new BlockReader(this.#read(block));
    return Array.from({ length: block.entries }, (_, index) => readEntry(reader, `entry ${block.first + index + 1}`));
  }

  #read({ at, bytes, checksum }: Block): Buffer {
    const block = Buffer.allocUnsafe(bytes);
    this.#source.read(block, 0, bytes, at);
    const sum = crc32(block);
    if (sum !== checksum)
      throw fail('INDEX_CHECKSUM_MISMATCH', `${this.path}: the block at byte ${at} has ${sum} instead of ${checksum}`);
    return block;
  }
}

const tableOf = (source: FileSource): { blocks: Block[]; count: number; checksum: number } => {
  const invalid = (why: string): Error => fail('INDEX_FILE_INVALID', `${source.name}: ${why}`);
  const read = (at: number, length: number): Buffer => {
    const bytes = Buffer.alloc(length);
    source.read(bytes, 0, length, at);
    return bytes;
  };
  if (source.bytes < MAGIC.length + END_BYTES) throw invalid(`${source.bytes} bytes, and no entries of a list`);
  const end = read(source.bytes - END_BYTES, END_BYTES);
  if (!read(0, MAGIC.length).equals(MAGIC) || !end.subarray(24).equals(MAGIC)) throw invalid('no entries of a list');
  const [tableAt, number, checksum, count] = [
    end.readDoubleLE(0),
    end.readUInt32LE(8),
    end.readUInt32LE(12),
    end.readDoubleLE(16),
  ];
  if (tableAt + ROW_BYTES * number + END_BYTES !== source.bytes) throw invalid('its table does not fit into it');
  const table = read(tableAt, ROW_BYTES * number);
  const sum = crc32(table);
  if (sum !== checksum)
    throw fail('INDEX_CHECKSUM_MISMATCH', `${source.name}: its table has ${sum} instead of ${checksum}`);
  let [at, first] = [MAGIC.length, 0];
  const blocks = Array.from({ length: number }, (_, index): Block => {
    const [bytes, entries] = [table.readUInt32LE(ROW_BYTES * index), table.readUInt32LE(ROW_BYTES * index + 4)];
    if (bytes > MOST_BLOCK_BYTES) throw invalid(`a block of ${bytes} bytes`);
    const block = { at, bytes, first, entries, checksum: table.readUInt32LE(ROW_BYTES * index + 8) };
    at += bytes;
    first += entries;
    return block;
  });
  if (at !== tableAt || first !== count) throw invalid('its table does not say what lies in it');
  return { blocks, count, checksum };
};
