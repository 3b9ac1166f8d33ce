// Where in two pictures the same lies, as lines between two frames: worked out once for every rendition.
import type { ReportDrawing } from '@redthread/core/contract';

export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedDrawing {
  readonly height: number;
  readonly a: Frame;
  readonly b: Frame;
  readonly regionA: Frame | null;
  readonly regionB: Frame | null;
  readonly lines: readonly (readonly [x1: number, y1: number, x2: number, y2: number])[];
}

/** More lines than these hide one another; which of them are drawn depends on their places alone. */
const MOST_LINES = 120;
/** Between the two frames, as a share of the width. */
const GAP = 0.12;

export const placed = ({ a, b, lines }: ReportDrawing, width: number, highest: number): PlacedDrawing => {
  const side = (width * (1 - GAP)) / 2;
  const fit = (of: { width: number; height: number }): { width: number; height: number } => {
    const [w, h] = [Math.max(1, of.width), Math.max(1, of.height)];
    const scale = Math.min(side / w, highest / h);
    return { width: w * scale, height: h * scale };
  };
  const [sizeA, sizeB] = [fit(a), fit(b)];
  const height = Math.max(sizeA.height, sizeB.height);
  const frameA = { x: 0, y: 0, ...sizeA };
  const frameB = { x: width - sizeB.width, y: 0, ...sizeB };
  const within = (frame: Frame, region: typeof a.region): Frame | null =>
    region === null
      ? null
      : {
          x: frame.x + region[0] * frame.width,
          y: frame.y + region[1] * frame.height,
          width: region[2] * frame.width,
          height: region[3] * frame.height,
        };
  const step = Math.max(1, lines.length / MOST_LINES);
  const chosen = Array.from({ length: Math.min(lines.length, MOST_LINES) }, (_, i) => lines[Math.floor(i * step)]);
  return {
    height,
    a: frameA,
    b: frameB,
    regionA: within(frameA, a.region),
    regionB: within(frameB, b.region),
    lines: chosen.flatMap((line) =>
      line === undefined
        ? []
        : [
            [
              frameA.x + line[0] * frameA.width,
              frameA.y + line[1] * frameA.height,
              frameB.x + line[2] * frameB.width,
              frameB.y + line[3] * frameB.height,
            ] as const,
          ],
    ),
  };
};
