// From a file to its eight hashes: against the ThreatExchange hasher, against a bare decode, and split into its parts. Figures are of
// processor time, so that other programs on the machine count for neither side.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { pdqFromLuma } from '../../../packages/core/dist/kernels/index.js';
import { inRoot } from '../../../scripts/lib/repository.mjs';
import { median } from '../statistics.mjs';
import { drawnSet, heicSet } from './pictures.mjs';

const PEER_SETS = 6;
const TABLE = ['jpeg', 'png', 'webp'].flatMap((format) => [1, 3, 12, 24].map((megapixels) => ({ format, megapixels })));
const tableName = ({ format, megapixels }) => `hashing-${format}-${megapixels}mp`;
const HASH_STEPS = 60;

/** The decoders. They shut sharp to all but the formats that they read, drawings among them: so loaded when everything is drawn. */
let product;
const loadProduct = async () => {
  const [{ openWithSharp }, { openHeic }, { lumaOf }] = await Promise.all(
    ['pixels', 'open-heic', 'renditions'].map(
      (name) => import(`../../../packages/server/dist/media/decode/${name}.js`),
    ),
  );
  product = { openWithSharp, openHeic, lumaOf };
};

/** Milliseconds of processor time, of all threads of this process. */
const processorMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
};

/** What `redthread signals` and `match` do for a picture, as far as its PDQ hashes go; milliseconds of each part. */
const hashFile = async (file, open = 'openWithSharp') => {
  const start = processorMs();
  const bytes = readFileSync(file);
  const read = processorMs();
  const { pixels } = await product[open](bytes, { maxPixels: 3e8, mode: 'measure' });
  const decoded = processorMs();
  pdqFromLuma(product.lumaOf(pixels), pixels.widthPx, pixels.heightPx);
  const end = processorMs();
  return { readMs: read - start, decodeMs: decoded - read, hashMs: end - decoded, totalMs: end - start };
};

/** The least that sharp can do to have 512 grey pixels of a JPEG, at its best settings. */
const bareDecode = async (file) => {
  const start = processorMs();
  await sharp(readFileSync(file), { sequentialRead: true })
    .resize(512, 512, { fit: 'inside' })
    .greyscale()
    .raw()
    .toBuffer();
  return processorMs() - start;
};

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const meanOf = (parts, key) => mean(parts.map((part) => part[key]));

const ROUNDS = 4;

/** Every file so often after a round that is not counted, since the first calls of anything compile it. */
const hashAll = async (files, open) => {
  for (const file of files) await hashFile(file, open);
  const parts = [];
  for (let round = 0; round < ROUNDS; round++) for (const file of files) parts.push(await hashFile(file, open));
  return parts;
};

/** Seconds a picture of the ThreatExchange hasher that the setting names; null where it is not there. */
const threatExchange = (context, folder, setting) => {
  const script = inRoot('bench/peers/threatexchange.sh');
  const { status, stdout, stderr } = spawnSync(script, [setting, folder], { encoding: 'utf8' });
  if (status !== 0) {
    context.say(`  ${stderr.trim()}`);
    return null;
  }
  const { pictures, processorSeconds } = JSON.parse(stdout);
  return processorSeconds / pictures;
};

export const prepare = async (context) => {
  const wants = (name) => context.rows.includes(name);
  const hashing = {};
  if (['jpeg-12mp', 'jpeg-12mp-as-shipped', 'jpeg-12mp-over-decode', 'hash-step', 'hash-step-1024'].some(wants))
    hashing['jpeg-12mp'] = await drawnSet(context, 'jpeg', 12, PEER_SETS);
  for (const entry of TABLE.filter((entry) => wants(tableName(entry)))) {
    const known = tableName(entry) === 'hashing-jpeg-12mp' ? hashing['jpeg-12mp'] : undefined;
    hashing[tableName(entry)] =
      known ?? (await drawnSet(context, entry.format, entry.megapixels, entry.megapixels > 3 ? 2 : 4));
  }
  if (wants('hashing-heic')) hashing['hashing-heic'] = heicSet(context);
  await loadProduct();
  sharp.cache(false);
  sharp.concurrency(1);
  return { hashing };
};

/** The hash alone, of a luma of this size. */
const hashStep = async ({ hashing }, width, height) => {
  const [file] = hashing['jpeg-12mp'].files;
  const grey = sharp(file).resize(width, height, { fit: 'fill' }).toColourspace('b-w').raw();
  const luma = Float32Array.from(await grey.toBuffer());
  const times = [];
  for (let i = 0; i < HASH_STEPS; i += 1) {
    const start = performance.now();
    pdqFromLuma(luma, width, height);
    times.push(performance.now() - start);
  }
  return { value: median(times), n: HASH_STEPS, set: `${width} x ${height} luma to eight hashes and their quality` };
};

const split = (parts) =>
  `read ${meanOf(parts, 'readMs').toFixed(1)} ms, decode ${meanOf(parts, 'decodeMs').toFixed(1)} ms, hash ${meanOf(parts, 'hashMs').toFixed(1)} ms`;

const tableRow = (name, what, open) => ({
  name,
  unit: 'pictures/s',
  better: 'higher',
  run: async (context, { hashing }) => {
    const parts = await hashAll(hashing[name].files, open);
    context.say(`  ${name}: ${split(parts)}`);
    return { value: 1000 / meanOf(parts, 'totalMs'), n: parts.length, set: `${what}; ${split(parts)}` };
  },
});

const againstThreatExchange = (name, bar, setting, peer) => ({
  name,
  unit: 'pictures/s',
  better: 'higher',
  bar,
  barOn: 'ratio',
  run: async (context, { hashing }) => {
    const { folder, files } = hashing['jpeg-12mp'];
    const parts = await hashAll(files);
    const seconds = threatExchange(context, folder, setting);
    const set = `${files.length} drawn 12 MP JPEGs, quality 90, read to eight hashes, one at a time; ${split(parts)}`;
    const ours = { value: 1000 / meanOf(parts, 'totalMs'), n: parts.length, set };
    return seconds === null ? ours : { ...ours, peer, peerValue: 1 / seconds };
  },
});

export const rows = [
  againstThreatExchange('jpeg-12mp', 3, 'BENCH_PEER_THREATEXCHANGE', 'ThreatExchange C++ hasher with libjpeg'),
  againstThreatExchange(
    'jpeg-12mp-as-shipped',
    15,
    'BENCH_PEER_THREATEXCHANGE_SHIPPED',
    'ThreatExchange C++ hasher as it ships, which starts a program for each picture',
  ),
  {
    name: 'jpeg-12mp-over-decode',
    unit: 'ratio',
    better: 'lower',
    bar: 1.4,
    run: async (context, { hashing }) => {
      const { files } = hashing['jpeg-12mp'];
      await bareDecode(files[0]);
      const bare = [];
      const parts = [];
      for (const file of files) {
        bare.push(await bareDecode(file));
        parts.push(await hashFile(file));
      }
      const [hashMs, bareMs] = [meanOf(parts, 'totalMs'), mean(bare)];
      context.say(`  12 MP: read to hash ${hashMs.toFixed(1)} ms, bare decode ${bareMs.toFixed(1)} ms`);
      return {
        value: hashMs / bareMs,
        n: files.length,
        set: `${files.length} drawn 12 MP JPEGs; bare: sharp, shrink on load, inside 512, grey`,
      };
    },
  },
  {
    name: 'hash-step',
    unit: 'ms',
    better: 'lower',
    bar: 2,
    run: (context, prepared) => hashStep(prepared, 512, 512),
  },
  { name: 'hash-step-1024', unit: 'ms', better: 'lower', run: (context, prepared) => hashStep(prepared, 1024, 768) },
  ...TABLE.map((entry) => tableRow(tableName(entry), `drawn ${entry.megapixels} MP ${entry.format}`)),
  tableRow('hashing-heic', 'two drawn HEIC of 0.08 MP', 'openHeic'),
];
