// The frames of a YUV4MPEG2 stream of grey pictures, as ffmpeg writes them: a line of head, then for each frame a line and its pixels.

export interface FrameSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

const LONGEST_HEAD = 512;
const MOST_SIDE = 4_096;
const NEWLINE = 10;

/** Hands out each whole frame; the pixels are valid until the call returns. Throws RangeError where the stream makes no sense. */
export class LumaFrames {
  readonly #onFrame: (luma: Uint8Array, size: FrameSize) => void;
  #size: FrameSize | null = null;
  #line: number[] = [];
  #pixels: Uint8Array | null = null;
  #fill = 0;
  #isInFrame = false;

  constructor(onFrame: (luma: Uint8Array, size: FrameSize) => void) {
    this.#onFrame = onFrame;
  }

  take(piece: Buffer): void {
    for (let at = 0; at < piece.length;) {
      at = this.#isInFrame ? this.#takePixels(piece, at) : this.#takeLine(piece, at);
    }
  }

  #takeLine(piece: Buffer, from: number): number {
    let at = from;
    while (at < piece.length && piece[at] !== NEWLINE) {
      this.#line.push(piece[at++]!);
      if (this.#line.length > LONGEST_HEAD) throw new RangeError('head of a frame');
    }
    if (at === piece.length) return at;
    const line = String.fromCharCode(...this.#line);
    this.#line = [];
    if (this.#size === null) this.#begin(line);
    else if (line.startsWith('FRAME')) this.#isInFrame = true;
    else throw new RangeError('no frame');
    return at + 1;
  }

  #begin(line: string): void {
    const [, width, height] = /^YUV4MPEG2 W(\d{1,5}) H(\d{1,5}) .*Cmono/.exec(line) ?? [];
    const size = { widthPx: Number(width), heightPx: Number(height) };
    if (!(size.widthPx > 0 && size.widthPx <= MOST_SIDE && size.heightPx > 0 && size.heightPx <= MOST_SIDE))
      throw new RangeError('no grey pictures');
    this.#size = size;
    this.#pixels = new Uint8Array(size.widthPx * size.heightPx);
  }

  #takePixels(piece: Buffer, from: number): number {
    const pixels = this.#pixels!;
    const part = Math.min(pixels.length - this.#fill, piece.length - from);
    pixels.set(piece.subarray(from, from + part), this.#fill);
    this.#fill += part;
    if (this.#fill === pixels.length) {
      this.#fill = 0;
      this.#isInFrame = false;
      this.#onFrame(pixels, this.#size!);
    }
    return from + part;
  }
}
