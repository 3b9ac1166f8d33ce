// What a vocabulary is trained on: descriptors of photographs, whole and in quarters (so that coarse and fine structure both take part), and of drawn rooms.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { extractFeatures, lumaFromRgb } from '../../../packages/core/dist/kernels/index.js';
import { drawJpeg } from '../../../packages/synth/dist/index.js';

const DESCRIPTOR_BYTES = 128;
/** Of one look at a picture. */
const MOST_OF_WHOLE = 1_500;
const MOST_OF_QUARTER = 1_000;
/** A picture of fewer features is a drawing or a gradient: a few of those would fill the vocabulary with their lines. */
const LEAST_FEATURES = 150;
/** Smaller files are icons and buttons. */
const LEAST_FILE_BYTES = 60_000;
const QUARTERED_FROM_PX = 1_000;

const picturesBelow = (folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((file) => /\.(jpe?g|png|webp)$/i.test(file))
    .filter((file) => statSync(file).isFile() && statSync(file).size > LEAST_FILE_BYTES)
    .sort();

/** Descriptors of one look, evenly thinned to `most`; none where there are too few. */
const descriptorsOf = async (picture, most) => {
  const { data, info } = await picture
    .flatten({ background: '#808080' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const luma = info.channels === 1 ? Float32Array.from(data) : lumaFromRgb(data, info.channels);
  const { count, descriptors } = extractFeatures(luma, info.width, info.height, { limit: MOST_OF_WHOLE });
  if (count < LEAST_FEATURES) return new Uint8Array(0);
  const kept = Math.min(count, most);
  const thinned = new Uint8Array(kept * DESCRIPTOR_BYTES);
  for (let i = 0; i < kept; i++) {
    const from = Math.floor((i * count) / kept) * DESCRIPTOR_BYTES;
    thinned.set(descriptors.subarray(from, from + DESCRIPTOR_BYTES), i * DESCRIPTOR_BYTES);
  }
  return thinned;
};

const within = (picture, side) => picture.resize(side, side, { fit: 'inside', withoutEnlargement: true });

const looksAt = async (file) => {
  const looks = [await descriptorsOf(within(sharp(file), 1024), MOST_OF_WHOLE)];
  const { width, height } = await sharp(file).metadata();
  if (Math.min(width, height) < QUARTERED_FROM_PX || looks[0].length === 0) return looks;
  const size = { width: Math.floor(width / 2), height: Math.floor(height / 2) };
  for (const [left, top] of [
    [0, 0],
    [size.width, 0],
    [0, size.height],
    [size.width, size.height],
  ]) {
    looks.push(await descriptorsOf(within(sharp(file).extract({ left, top, ...size }), 800), MOST_OF_QUARTER));
  }
  return looks;
};

/** All descriptors one after the other, and what they are from. Pictures that cannot be read are named and left out. */
export const collectDescriptors = async (sets, drawnRooms, say) => {
  const parts = [];
  const trainedOn = [];
  for (const { set, licence, folder } of sets) {
    let pictures = 0;
    for (const file of picturesBelow(folder)) {
      const looks = await looksAt(file).catch((error) => {
        say(`${file}: ${error.message}`);
        return [];
      });
      parts.push(...looks);
      if (looks.some(({ length }) => length > 0)) pictures += 1;
    }
    say(`${set}: ${pictures} pictures`);
    trainedOn.push({ set, licence, pictures });
  }
  for (let i = 0; i < drawnRooms; i++) {
    const room = await drawJpeg({ seed: `vocabulary ${i}`, width: 1024, height: 768, quality: 90 });
    parts.push(await descriptorsOf(sharp(room), MOST_OF_QUARTER));
  }
  if (drawnRooms > 0)
    trainedOn.push({ set: 'rooms drawn by this project', licence: 'Apache-2.0', pictures: drawnRooms });
  const descriptors = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    descriptors.set(part, at);
    at += part.length;
  }
  return { descriptors, trainedOn };
};
