// Reads the drawn pictures of a test of competence as a person does: which of the listed signs hang in the room.
import sharp from 'sharp';

const COLOURS: Readonly<Record<string, readonly [number, number, number]>> = {
  red: [200, 53, 47],
  blue: [42, 95, 196],
  green: [31, 138, 76],
  yellow: [229, 181, 30],
  violet: [122, 63, 174],
  black: [22, 22, 22],
  white: [250, 250, 250],
  brown: [122, 74, 33],
};
/** Of a channel, 0..255: a JPEG keeps a flat colour nearer than this. */
const NEAR = 14;
const LEAST_PX = 250;
const DARK_MEAN = 25;

/** The place, in `signs` ("red circle"), of the first that is shown; null where the room is too dark to tell. */
export const signShown = async (jpeg: Buffer, signs: readonly string[]): Promise<number | null> => {
  const { channels } = await sharp(jpeg).stats();
  if ((channels[0]?.mean ?? 0) < DARK_MEAN) return null;
  const { data } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  for (const [place, sign] of signs.entries()) {
    const [r, g, b] = COLOURS[sign.split(' ')[0] ?? ''] ?? [0, 0, 0];
    let pixels = 0;
    for (let at = 0; at < data.length; at += 3)
      if (
        Math.abs((data[at] ?? 0) - r) < NEAR &&
        Math.abs((data[at + 1] ?? 0) - g) < NEAR &&
        Math.abs((data[at + 2] ?? 0) - b) < NEAR
      )
        pixels += 1;
    if (pixels >= LEAST_PX) return place;
  }
  return null;
};
