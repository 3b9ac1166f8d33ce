// What parts cost: the features of one picture, a search among a hundred thousand, and the memory of their index.
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { compareMedia, PartCandidates } from '../../../packages/core/dist/graph/index.js';
import { extractFeatures, packFeatures, unpackFeatures } from '../../../packages/core/dist/kernels/index.js';
import { localFeatures, signalOf } from '../../../packages/core/dist/signals/index.js';
import { readSignals } from '../methods/count.mjs';
import { edited, scaled } from './pictures.mjs';

const SIDE_PX = 800;
const FEATURES = 1_000;
const HELD = scaled(100_000);
/** Crops, mirrored pictures and collages of what is held. */
const ASKED = ['edit-crop-20', 'edit-mirror', 'edit-collage'];
const GIGABYTE = 1e9;

const needsIndex = (rows) => rows.includes('search-100k') || rows.includes('memory-100k');

export const prepare = async (context) => {
  const { rows, say } = context;
  if (!rows.includes('sift-800px') && !needsIndex(rows)) return {};
  const files = await context.files();
  const looked = rows.includes('sift-800px') ? await Promise.all(files.slice(0, 20).map(lumaOf)) : [];
  if (!needsIndex(rows)) return { cost: { looked } };
  const held = await readSignals(files.map((file) => ({ file })));
  const queries = (await Promise.all(ASKED.map((row) => edited(row, files, context)))).flat();
  const index = filled(held, say);
  return { cost: { looked, held, index, queries: await readSignals(queries) } };
};

const lumaOf = async (file) => {
  const { data, info } = await sharp(await readFile(file))
    .resize(SIDE_PX, SIDE_PX, { fit: 'inside' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { luma: Float32Array.from(data), width: info.width, height: info.height };
};

/** The pictures themselves, and others made of them under other words and codes: as large, as lively, and nothing that anybody could find. */
const filled = (held, say) => {
  const index = new PartCandidates();
  for (let id = 0; id < HELD; id++) {
    const { signals } = held[id % held.length];
    const signal = signalOf(signals, localFeatures);
    const round = Math.floor(id / held.length);
    index.add(id, [round === 0 ? signal : { ...signal, value: renamed(signal.value, round) }]);
    if (id % 20_000 === 0) say(`${id} of ${HELD} pictures in the index`);
  }
  return index;
};

/** Words are exchanged by a rule that leaves none in its place (an odd factor), codes turned over alike, so that what is alike in the picture stays so. */
const renamed = (value, round) => {
  const set = unpackFeatures(value);
  const word = (one) => (one * (2 * round + 1) + 7_919 * round) % 16_384;
  const code = (half, i) => (half ^ Math.imul(2 * round + 1, i % 2 === 0 ? 0x9e3779b1 : 0x85ebca6b)) >>> 0;
  return packFeatures({
    ...set,
    words: set.words.map(word),
    codes: set.codes.map(code),
    secondWords: set.secondWords.map(word),
    secondCodes: set.secondCodes.map(code),
    mirrorWords: set.mirrorWords.map(word),
    mirrorCodes: set.mirrorCodes.map(code),
  });
};

/** The 95th percentile of the queries, each proposed for, and compared with what is of the pictures themselves. */
const runSearch = (context, { held, index, queries }) => {
  const times = queries.map((query) => {
    const startedMs = performance.now();
    for (const id of index.find(query.signals)) compareMedia(query, held[id % held.length]);
    return performance.now() - startedMs;
  });
  times.sort((a, b) => a - b);
  return { value: times[Math.ceil(0.95 * times.length) - 1], n: queries.length, set: indexSet(context, held) };
};

const indexSet = ({ seed, dataDir }, held) =>
  `${HELD} pictures: ${held.length} ${dataDir === null ? `drawn ones of seed ${seed}` : `of ${dataDir}`}, and these again and again under other words; one thread`;

export const rows = [
  {
    name: 'sift-800px',
    unit: 'ms',
    better: 'lower',
    bar: 250,
    run: (_context, { cost: { looked } }) => {
      const times = looked.map(({ luma, width, height }) => {
        const startedMs = performance.now();
        extractFeatures(luma, width, height, { limit: FEATURES });
        return performance.now() - startedMs;
      });
      times.sort((a, b) => a - b);
      return {
        value: times[times.length >> 1],
        n: looked.length,
        set: `${FEATURES} features of pictures of ${SIDE_PX} px, one core`,
      };
    },
  },
  {
    name: 'search-100k',
    unit: 'ms',
    better: 'lower',
    bar: 1_000,
    run: (context, { cost }) => runSearch(context, cost),
  },
  {
    name: 'memory-100k',
    unit: 'GB',
    better: 'lower',
    bar: 1.6,
    runs: 1,
    run: (context, { cost: { held, index } }) => ({
      value: index.bytes / GIGABYTE,
      n: HELD,
      set: indexSet(context, held),
    }),
  },
];
