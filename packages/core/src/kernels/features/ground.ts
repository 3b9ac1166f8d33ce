// Which features lie on the ground of a page: letters, interface and drawn lines on a background of one tone. Such things recur in pictures that have
// nothing else in common, so they are not counted. A picture in such a page is not touched: its features do not see the ground.

/** A background of one tone is at least so much of the picture, give or take so many steps of 255. */
const GROUND_SHARE = 0.5;
const TONE_SLACK = 3;
/** A feature lies on it where at least so much of what it covers is of that tone. */
const COVERED_SHARE = 0.2;
/** A feature covers so many of its sizes in each direction (four cells of three, halved), looked at in so many steps. */
const REACH = 6;
const STEPS = 9;

export interface Tones {
  readonly luma: Float32Array;
  readonly width: number;
  readonly height: number;
  /** Values from one line to the next. */
  readonly line: number;
}

/** The tone of the background, 0..255; null where there is none. */
export const groundTone = ({ height, line, luma, width }: Tones): number | null => {
  const counts = new Float64Array(256);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) counts[Math.max(0, Math.min(255, Math.round(luma[y * line + x]!)))]! += 1;
  let [tone, most] = [0, -1];
  for (let centre = 0; centre < 256; centre++) {
    let near = 0;
    for (let t = Math.max(0, centre - TONE_SLACK); t <= Math.min(255, centre + TONE_SLACK); t++) near += counts[t]!;
    if (near > most) [tone, most] = [centre, near];
  }
  return most >= GROUND_SHARE * width * height ? tone : null;
};

/** Whether a feature at (x, y) of this size, pixels, lies on ground of this tone. */
export const isOnGround = (
  { height, line, luma, width }: Tones,
  tone: number,
  x: number,
  y: number,
  size: number,
): boolean => {
  const step = (2 * REACH * size) / (STEPS - 1);
  let covered = 0;
  for (let row = 0; row < STEPS; row++)
    for (let column = 0; column < STEPS; column++) {
      const [u, v] = [Math.round(x - REACH * size + column * step), Math.round(y - REACH * size + row * step)];
      const isInside = u >= 0 && v >= 0 && u < width && v < height;
      if (!isInside || Math.abs(luma[v * line + u]! - tone) <= TONE_SLACK) covered += 1;
    }
  return covered >= COVERED_SHARE * STEPS * STEPS;
};
