// Drawn cameras: three of one model, each with reference pictures and others to ask about; all of different rooms and moments.
import sharp from 'sharp';
import { drawPicture, drawSensor, expose } from '../../../packages/synth/dist/index.js';

export const CAMERAS = 3;
export const REFERENCES = 8;
export const QUERIES = 20;
const [WIDTH, HEIGHT] = [3264, 2448];

const jpegOf = ({ width, height, pixels }, quality) =>
  sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();

/** `{ references, queries }` of JPEG bytes for each camera. */
export const drawCameras = async ({ seed, say }) => {
  const cameras = [];
  for (let camera = 0; camera < CAMERAS; camera++) {
    say(`drawing camera ${camera + 1} of ${CAMERAS}`);
    const sensor = drawSensor({ seed: `${seed}-${camera}`, model: `model-${seed}`, width: WIDTH, height: HEIGHT });
    const taken = [];
    for (let shot = 0; shot < REFERENCES + QUERIES; shot++) {
      const name = `${seed}-${camera}-${shot}`;
      const scene = await drawPicture({ seed: name, width: WIDTH, height: HEIGHT });
      taken.push(await jpegOf(expose(scene, sensor, name), 92));
    }
    cameras.push({ references: taken.slice(0, REFERENCES), queries: taken.slice(REFERENCES) });
  }
  return cameras;
};

const smaller = (side, quality) => (bytes) =>
  sharp(bytes).resize(side, side, { fit: 'inside' }).jpeg({ quality }).toBuffer();

const part = (left, top, side, quality) => (bytes) =>
  sharp(bytes).extract({ left, top, width: side, height: side }).jpeg({ quality }).toBuffer();

/** What happens to a picture before it is asked about. */
export const EDITS = {
  full: (bytes) => bytes,
  1600: smaller(1600, 75),
  1280: smaller(1280, 70),
  crop: part(1111, 777, 1024, 90),
};
