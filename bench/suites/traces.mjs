// What files say of their way: the time that one file takes, metadata and structure, in children that stay; and the platform of files made as
// platforms are known to make them. Rows of the camera's noise: suite `camera`.
import sharp from 'sharp';
import { drawPicture } from '../../packages/synth/dist/index.js';
import { createDecoder, createMetadataReader, tracesOf, withNames } from '../../packages/server/dist/media/index.js';

const SIDES = { width: 2400, height: 1800 };
/** BENCH_SCALE=0.1 tries it on one picture; figures count at 1 only. */
const PICTURES = Math.max(1, Math.round(12 * Number(process.env['BENCH_SCALE'] ?? 1)));

const jpeg = (rgb, side, options) =>
  sharp(rgb.pixels, { raw: { width: rgb.width, height: rgb.height, channels: 3 } })
    .resize(side, side, { fit: 'inside' })
    .jpeg({ chromaSubsampling: '4:2:0', ...options });

/** Forms of docs/traces.md, by the library that the platforms use: the rules read the same facts, so this shows that they are kept, not that platforms keep to them. */
const PIPELINES = [
  ['whatsapp', (p) => jpeg(p, 1600, { quality: 75 }), () => 'picture.jpg'],
  ['whatsapp', (p) => jpeg(p, 1280, { quality: 60 }), () => 'picture.jpg'],
  ['whatsapp', (p) => jpeg(p, 900, { quality: 80 }), (i) => `IMG-20240317-WA${String(i).padStart(4, '0')}.jpg`],
  ['telegram', (p) => jpeg(p, 1280, { quality: 87 }), () => 'picture.jpg'],
  ['telegram', (p) => jpeg(p, 800, { quality: 80 }), (i) => `photo_2024-03-17_14-02-${10 + (i % 50)}.jpg`],
  ['facebook', (p) => jpeg(p, 2048, { quality: 85, progressive: true }), () => 'picture.jpg'],
  ['signal', (p) => jpeg(p, 1500, { quality: 80 }), (i) => `signal-2024-03-17-1402${10 + (i % 50)}.jpg`],
  ['none', (p) => jpeg(p, 1500, { quality: 92 }), () => 'holiday.jpg'],
  ['none', (p) => jpeg(p, 700, { quality: 95 }), () => 'picture.jpg'],
];

export const prepare = async ({ seed, say }) => {
  const files = [];
  for (let i = 0; i < PICTURES; i++) {
    say(`drawing picture ${i + 1}`);
    const picture = await drawPicture({ seed: `${seed}-traces-${i}`, ...SIDES });
    for (const [platform, write, name] of PIPELINES)
      files.push({ platform, name: name(i), bytes: await write(picture).toBuffer() });
  }
  const [decoder, reader] = [createDecoder(), createMetadataReader()];
  // The children are there before anything is measured.
  await decoder.traces(files[0].bytes);
  await reader.read(files[0].bytes, 'image/jpeg');
  return { files, decoder, reader };
};

const SET = (n) =>
  `${n} files of drawn pictures, ${PIPELINES.length} pipelines made here after the forms and names of docs/traces.md, no platform's own files`;

export const rows = [
  {
    name: 'structure-ms',
    unit: 'ms',
    better: 'lower',
    bar: 5,
    run: async (_context, { files, decoder, reader }) => {
      const began = performance.now();
      for (const { bytes } of files) {
        const [, read] = await Promise.all([reader.read(bytes, 'image/jpeg'), decoder.traces(bytes)]);
        tracesOf(read, { width: null, height: null });
      }
      return {
        value: (performance.now() - began) / files.length,
        n: files.length,
        set: `${SET(files.length)}; metadata and structure as the stage of the worker reads them, a file after the other, no process a file`,
      };
    },
  },
  {
    name: 'platform-class',
    unit: 'share',
    better: 'higher',
    bar: 0.95,
    runs: 1,
    run: async ({ say }, { files, decoder }) => {
      let right = 0;
      for (const { platform, name, bytes } of files) {
        const traces = withNames(tracesOf(await decoder.traces(bytes), { width: null, height: null }), [name]);
        const found = traces.find(({ method }) => method === 'platform')?.value.class ?? 'none';
        if (found === platform) right += 1;
        else say(`${name}: ${found}, made as ${platform}`);
      }
      return { value: right / files.length, n: files.length, set: SET(files.length) };
    },
  },
];

export const finish = async (_context, prepared) => {
  await prepared?.decoder.close();
  await prepared?.reader.close();
};
