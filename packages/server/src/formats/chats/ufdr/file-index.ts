// Where the bytes of each file of a report lie and what their digests are, by the id under which messages name it: a report has hundreds of thousands
// of files, so they are kept as bytes in one place.
import { detached } from './model.js';

export interface IndexedFile {
  readonly localPath: string | null;
  readonly sha256: string | null;
  readonly md5: string | null;
}

// One byte of flags, 32 and 16 of digests, two for the length of the path.
const FIXED = 51;
const HAS_SHA256 = 1;
const HAS_MD5 = 2;
const HAS_PATH = 4;

export class FileIndex {
  readonly #slots = new Map<string, number>();
  readonly #pieces: Buffer[] = [];
  #piece = Buffer.alloc(0);
  #used = 0;

  add(id: string, { localPath, sha256, md5 }: IndexedFile): void {
    const path = Buffer.from((localPath ?? '').slice(0, 4096), 'utf8');
    const length = FIXED + path.length;
    if (this.#used + length > this.#piece.length) {
      this.#piece = Buffer.alloc(1 << 20);
      this.#pieces.push(this.#piece);
      this.#used = 0;
    }
    const at = this.#used;
    this.#piece[at] =
      (sha256 === null ? 0 : HAS_SHA256) | (md5 === null ? 0 : HAS_MD5) | (localPath === null ? 0 : HAS_PATH);
    if (sha256 !== null) this.#piece.write(sha256, at + 1, 'hex');
    if (md5 !== null) this.#piece.write(md5, at + 33, 'hex');
    this.#piece.writeUInt16LE(path.length, at + 49);
    path.copy(this.#piece, at + FIXED);
    this.#slots.set(detached(id), (this.#pieces.length - 1) * (1 << 20) + at);
    this.#used += length;
  }

  find(id: string): IndexedFile | null {
    const slot = this.#slots.get(id);
    if (slot === undefined) return null;
    const piece = this.#pieces[Math.floor(slot / (1 << 20))]!;
    const at = slot % (1 << 20);
    const flags = piece[at]!;
    const end = at + FIXED + piece.readUInt16LE(at + 49);
    return {
      localPath: (flags & HAS_PATH) === 0 ? null : piece.toString('utf8', at + FIXED, end),
      sha256: (flags & HAS_SHA256) === 0 ? null : piece.toString('hex', at + 1, at + 33),
      md5: (flags & HAS_MD5) === 0 ? null : piece.toString('hex', at + 33, at + 49),
    };
  }

  get size(): number {
    return this.#slots.size;
  }
}
