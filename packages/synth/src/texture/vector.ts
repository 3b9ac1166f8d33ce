// Vector drawing through sharp's SVG renderer: shapes only, never text, because a bare machine has no fonts.
import sharp from 'sharp';
import { createTexture, modulate, type Texture } from './texture.js';
import { noise } from '../random/noise.js';

export const round = (value: number): string => String(Math.round(value * 100) / 100);

/** Rasterises SVG content drawn in a box of `boxSize` units to size x size RGB bytes. */
export const rasterise = async (
  content: string,
  boxSize: number,
  size: number,
  ground = '#808080',
): Promise<Uint8Array> => {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${size}" height="${size}" ` +
    `viewBox="0 0 ${boxSize} ${boxSize}"><rect width="${boxSize}" height="${boxSize}" fill="${ground}"/>${content}</svg>`;
  const draw = () => sharp(Buffer.from(svg)).removeAlpha().toColourspace('srgb').raw().toBuffer();
  // Once, while several threads began, libvips did not know an SVG for one; the same drawing is known the next time.
  const data = await draw().catch(draw);
  return new Uint8Array(data);
};

/** Repeats content at the eight neighbours, so that what crosses an edge comes in at the other. */
export const wrapped = (content: string, boxSize: number): string => {
  const copies: string[] = [];
  for (const dy of [-boxSize, 0, boxSize])
    for (const dx of [-boxSize, 0, boxSize]) copies.push(`<g transform="translate(${dx} ${dy})">${content}</g>`);
  return copies.join('');
};

export type Finish = 'paper' | 'cloth' | 'none';

const WEAVE = (x: number, y: number): number =>
  ((x + y) & 1 ? 0.5 : -0.5) + noise(x * 0.5, y * 0.11) - noise(x * 0.11, y * 0.5) + (noise(x * 0.03, y * 0.03) - 0.5);
const PAPER = (x: number, y: number): number => noise(x * 0.7, y * 0.7) - 0.5 + 0.8 * (noise(x * 0.02, y * 0.02) - 0.5);

/** A texture from SVG content with the surface of paper or cloth. */
export const vectorTexture = async (
  content: string,
  boxSize: number,
  size: number,
  ground: string,
  finish: Finish,
): Promise<Texture> => {
  const pixels = await rasterise(content, boxSize, size, ground);
  if (finish === 'cloth') modulate(size, pixels, 0.11, WEAVE);
  if (finish === 'paper') modulate(size, pixels, 0.07, PAPER);
  return createTexture(size, pixels);
};
