// The geometry of the funnel ribbon: pure, so that its heights can be tested against the numbers.
import type { FunnelStep } from '@redthread/core/contract';

export interface Stop {
  readonly step: FunnelStep;
  /** Where it stands, in parts of the width; its label stands at the same place. */
  readonly at: number;
}

/** What stays in the band: labels above it, left edge at `at`. */
export const STATIONS: readonly Stop[] = [
  { step: 'seized', at: 0 },
  { step: 'unique', at: 0.36 },
  { step: 'new', at: 0.88 },
];

/** What lies across the band and takes nothing out of it: a part of what is unique. */
export const ACROSS: readonly Stop[] = [
  { step: 'partial', at: 0.45 },
  { step: 'reviewed', at: 0.565 },
  { step: 'contributed', at: 0.66 },
  { step: 'identified', at: 0.775 },
];

/** What leaves the band, downwards: labels below, centred at `at`. */
export const EXITS: readonly Stop[] = [
  { step: 'unreadable', at: 0.13 },
  { step: 'duplicate', at: 0.27 },
  { step: 'known', at: 0.49 },
  { step: 'same-content', at: 0.635 },
  { step: 'not-compared', at: 0.78 },
];

export interface RibbonShape {
  /** From seized to the last exit, narrowing at each. */
  readonly band: string;
  /** What is left at the right end: new. */
  readonly rest: string;
  readonly exits: readonly { readonly step: FunnelStep; readonly path: string }[];
  /** Height of the band after each exit, for tests: in order of EXITS. */
  readonly heights: readonly number[];
}

const BEND = 0.035;
/** What exists is visible, however small. */
const LEAST = 1.5;
/** The band takes this part of the height; the rest is for what leaves it. */
const BAND = 0.7;

/** Heights in proportion to files. The upper edge is straight; exits bend down and leave at the bottom. */
export const ribbonOf = (
  files: (step: FunnelStep) => number,
  { width, height }: { readonly width: number; readonly height: number },
): RibbonShape => {
  const seized = files('seized');
  const high = (n: number): number => (n <= 0 ? 0 : Math.max(LEAST, (n / Math.max(1, seized)) * height * BAND));
  const bend = BEND * width;
  const restAt = (STATIONS.at(-1)?.at ?? 1) * width;
  let left = seized;
  let low = high(left);
  let edge = `M0 0 L0 ${low}`;
  const exits: { step: FunnelStep; path: string }[] = [];
  const heights: number[] = [];
  for (const { step, at } of EXITS) {
    const n = files(step);
    const x = at * width;
    const before = low;
    left -= n;
    low = Math.min(before, high(left));
    edge += ` L${x - bend} ${before} C${x} ${before} ${x} ${low} ${x + bend} ${low}`;
    const half = Math.max(LEAST, (n / Math.max(1, seized)) * bend);
    const path =
      n <= 0
        ? ''
        : `M${x - bend} ${before} C${x - half} ${before} ${x - half} ${before} ${x - half} ${height} L${x + half} ${height}` +
          ` C${x + half} ${low} ${x + half} ${low} ${x + bend} ${low} C${x} ${low} ${x} ${before} ${x - bend} ${before} Z`;
    exits.push({ step, path });
    heights.push(low);
  }
  return {
    band: `${edge} L${restAt} ${low} L${restAt} 0 Z`,
    rest: low <= 0 ? '' : `M${restAt} 0 L${width} 0 L${width} ${low} L${restAt} ${low} Z`,
    exits,
    heights,
  };
};
