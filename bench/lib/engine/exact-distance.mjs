// How far the ways to the luma of a picture are apart, in bits of its upright PDQ hash: `node bench/lib/engine/exact-distance.mjs FOLDER...`
// `exact` is full resolution read as the reference reads it, `view` what an ingest hashes, `measure` what signals and match hash.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { distanceBits256, pdqFromLuma } from '../../../packages/core/dist/kernels/index.js';
import { openWithSharp } from '../../../packages/server/dist/media/decode/pixels.js';
import { lumaOf } from '../../../packages/server/dist/media/decode/renditions.js';
import { columns } from '../../../scripts/lib/terminal.mjs';
import { quantile } from '../statistics.mjs';

const PICTURE = /\.(jpe?g|png|webp|gif|tiff?)$/i;
const MIN_QUALITY = 50;

const hashOf = async (bytes, mode) => {
  const { pixels } = await openWithSharp(bytes, { maxPixels: 3e8, mode });
  return pdqFromLuma(lumaOf(pixels), pixels.widthPx, pixels.heightPx);
};

/** Bits to `exact` of each picture below a folder that has features. */
const distancesIn = async (folder) => {
  const distances = { view: [], measure: [] };
  for (const name of readdirSync(folder, { recursive: true }).filter((name) => PICTURE.test(name))) {
    const bytes = readFileSync(join(folder, name));
    const exact = await hashOf(bytes, 'exact');
    if (exact.quality < MIN_QUALITY) continue;
    for (const mode of Object.keys(distances)) {
      const { hashes } = await hashOf(bytes, mode);
      distances[mode].push(distanceBits256(exact.hashes, hashes));
    }
  }
  return distances;
};

const rows = [['folder', 'way', 'pictures', 'min', 'median', 'p99', 'max']];
for (const folder of process.argv.slice(2)) {
  for (const [mode, bits] of Object.entries(await distancesIn(folder))) {
    const figures = [0, 0.5, 0.99, 1].map((fraction) => String(Math.round(10 * quantile(bits, fraction)) / 10));
    rows.push([basename(folder), mode, String(bits.length), ...figures]);
  }
}
process.stdout.write(`${columns(rows, [2, 3, 4, 5, 6])}\n`);
