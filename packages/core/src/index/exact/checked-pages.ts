// The tails of a run, whose pages are checked when they are first touched: gigabytes need not be read before the first answer, and still no
// byte is served unchecked.
import { fail } from '../../errors/index.js';
import type { ByteSource, Checksum } from './bytes.js';
import { PAGE_BYTES } from './layout.js';

const PAGES_PER_READ = 256;

export class CheckedPages {
  readonly #checked: Uint8Array;
  readonly #page = new Uint8Array(PAGE_BYTES);

  constructor(
    readonly source: ByteSource,
    /** Where they begin in the source. */
    readonly start: number,
    readonly bytes: number,
    readonly sums: Uint32Array,
    readonly checksum: Checksum,
  ) {
    this.#checked = new Uint8Array(Math.ceil(sums.length / 8));
  }

  /** Fills `into` with `length` bytes from `offset` of the tails. Errors: INDEX_CHECKSUM_MISMATCH, INDEX_FILE_INVALID. */
  read(into: Uint8Array, length: number, offset: number): void {
    const first = Math.floor(offset / PAGE_BYTES);
    const last = Math.floor((offset + length - 1) / PAGE_BYTES);
    for (let page = first; page <= last; page++) if (!this.#isChecked(page)) this.#check(page);
    this.source.read(into, 0, length, this.start + offset);
  }

  /** Reads and checks everything. Errors: as `read`. */
  checkAll(): void {
    const block = new Uint8Array(PAGE_BYTES * PAGES_PER_READ);
    for (let page = 0; page < this.sums.length; page += PAGES_PER_READ) {
      const at = page * PAGE_BYTES;
      const length = Math.min(block.length, this.bytes - at);
      this.source.read(block, 0, length, this.start + at);
      for (let offset = 0; offset < length; offset += PAGE_BYTES)
        this.#accept(page + offset / PAGE_BYTES, block.subarray(offset, Math.min(length, offset + PAGE_BYTES)));
    }
  }

  #isChecked(page: number): boolean {
    return (this.#checked[page >>> 3]! & (1 << (page & 7))) !== 0;
  }

  #check(page: number): void {
    const length = Math.min(PAGE_BYTES, this.bytes - page * PAGE_BYTES);
    this.source.read(this.#page, 0, length, this.start + page * PAGE_BYTES);
    this.#accept(page, length === PAGE_BYTES ? this.#page : this.#page.subarray(0, length));
  }

  #accept(page: number, bytes: Uint8Array): void {
    const sum = this.checksum(bytes);
    if (sum !== this.sums[page])
      throw fail(
        'INDEX_CHECKSUM_MISMATCH',
        `${this.source.name}: page ${page} of the digests has ${sum} instead of ${this.sums[page]}`,
      );
    this.#checked[page >>> 3]! |= 1 << (page & 7);
  }
}
