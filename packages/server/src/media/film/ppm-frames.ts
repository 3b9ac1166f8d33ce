// The frames of a stream of portable pixmaps, as ffmpeg writes them: a head of three lines (P6, width and height, 255), then three bytes a pixel.
import type { FrameSize } from './luma-frames.js';

const LONGEST_HEAD = 40;
const MOST_SIDE = 2_048;
const HEAD = /^P6\n(\d{1,5}) (\d{1,5})\n255\n$/;

export interface RgbFrame extends FrameSize {
  readonly rgb: Buffer;
}

/** Hands out each whole frame. Throws RangeError where the stream makes no sense. */
export class PpmFrames {
  readonly #onFrame: (frame: RgbFrame) => void;
  #head = '';
  #frame: RgbFrame | null = null;
  #fill = 0;

  constructor(onFrame: (frame: RgbFrame) => void) {
    this.#onFrame = onFrame;
  }

  take(piece: Buffer): void {
    for (let at = 0; at < piece.length;)
      at = this.#frame === null ? this.#takeHead(piece, at) : this.#takePixels(this.#frame, piece, at);
  }

  #takeHead(piece: Buffer, from: number): number {
    this.#head += String.fromCharCode(piece[from]!);
    const [, width, height] = HEAD.exec(this.#head) ?? [];
    if (width === undefined) {
      if (this.#head.length > LONGEST_HEAD) throw new RangeError('head of a frame');
      return from + 1;
    }
    const [widthPx, heightPx] = [Number(width), Number(height)];
    if (!(widthPx > 0 && widthPx <= MOST_SIDE && heightPx > 0 && heightPx <= MOST_SIDE))
      throw new RangeError('size of a frame');
    this.#head = '';
    this.#fill = 0;
    this.#frame = { widthPx, heightPx, rgb: Buffer.allocUnsafe(widthPx * heightPx * 3) };
    return from + 1;
  }

  #takePixels(frame: RgbFrame, piece: Buffer, from: number): number {
    const part = Math.min(frame.rgb.length - this.#fill, piece.length - from);
    piece.copy(frame.rgb, this.#fill, from, from + part);
    this.#fill += part;
    if (this.#fill === frame.rgb.length) {
      this.#frame = null;
      this.#onFrame(frame);
    }
    return from + part;
  }
}
