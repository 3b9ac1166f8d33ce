// Goes through a run from its first entry to its last, with the digests made whole again: for merging.
import { PAGE_BYTES } from './layout.js';
import { readUint32, type ExactRun } from './run.js';

const BUFFERED_BYTES = 256 * PAGE_BYTES;

export class RunCursor {
  readonly digest: Uint8Array;
  tag = 0;
  payload = 0;
  #entry = -1;
  #bucket = 0;
  #buffered = 0;
  #bufferStart = 0;
  readonly #buffer: Uint8Array;
  readonly #entriesPerRead: number;

  constructor(readonly run: ExactRun) {
    this.digest = new Uint8Array(run.digestBytes);
    this.#entriesPerRead = Math.floor(BUFFERED_BYTES / run.geometry.stride);
    this.#buffer = new Uint8Array(this.#entriesPerRead * run.geometry.stride);
  }

  /** To the next entry; false after the last. Errors: INDEX_CHECKSUM_MISMATCH, INDEX_FILE_INVALID. */
  next(): boolean {
    const { run, digest } = this;
    const entry = ++this.#entry;
    if (entry >= run.header.entries) return false;
    const { stride, droppedBytes } = run.geometry;
    if (entry >= this.#bufferStart + this.#buffered) {
      this.#bufferStart = entry;
      this.#buffered = Math.min(this.#entriesPerRead, run.header.entries - entry);
      run.tails.read(this.#buffer, this.#buffered * stride, entry * stride);
    }
    const { fanout, fanoutBits, fingerprints } = run.directory;
    while (fanout[this.#bucket + 1]! <= entry) this.#bucket += 1;
    // Bucket and fingerprint are the first bits; the tail repeats those that do not fill a byte.
    const high = fanoutBits === 0 ? 0 : this.#bucket << (32 - fanoutBits);
    const word = high | (fingerprints[entry]! << (24 - fanoutBits));
    digest[0] = word >>> 24;
    digest[1] = word >>> 16;
    digest[2] = word >>> 8;
    digest[3] = word;
    const buffer = this.#buffer;
    let from = (entry - this.#bufferStart) * stride;
    for (let to = droppedBytes; to < digest.length; to++) digest[to] = buffer[from++]!;
    this.tag = buffer[from]! | (buffer[from + 1]! << 8);
    this.payload = readUint32(buffer, from + 2);
    return true;
  }
}
