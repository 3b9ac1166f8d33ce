// Whether one sensor made two pictures, by the noise that it left: recall where no other camera is taken for it, false alarms against what
// is declared, and the time of a residual. On drawn cameras of one model; real ones are measured elsewhere.
import { correlate, noiseResidual, spectrumOf, weighed } from '../../packages/core/dist/kernels/index.js';
import { drawCameras, EDITS } from '../lib/camera/drawn.mjs';
import { falseAlarmOf, fingerprintOf, sensorPicture, square, sumOf } from '../lib/camera/noise.mjs';

const SET = '3 drawn cameras of one model, 8 MP, 8 references and 20 others each';
/** Recall where no false alarm is taken for a true one: the share of true ones under the least of the false. */
const recallAtNone = (own, other) => {
  const least = Math.min(...other);
  return own.filter((alarm) => alarm < least).length / own.length;
};

const pooled = (pictures, size) =>
  Array.from({ length: Math.floor(pictures.length / size) }, (_, i) => pictures.slice(i * size, (i + 1) * size));

export const prepare = async (context) => {
  if (context.rows.every((name) => name === 'residual-mpx')) return { cameras: [] };
  const drawn = await drawCameras(context);
  const cameras = [];
  for (const [i, { references, queries }] of drawn.entries()) {
    context.say(`reading camera ${i + 1}`);
    const read = [];
    for (const bytes of references) read.push(await sensorPicture(bytes));
    cameras.push({ references: read, fingerprint: fingerprintOf(read), queries });
  }
  return { cameras };
};

/** False alarms of pictures with their own camera's fingerprint, and with those of the others. */
const alarms = async ({ cameras }, edit, size, select = (picture) => picture) => {
  const [own, other] = [[], []];
  for (const [i, { queries }] of cameras.entries()) {
    const read = [];
    for (const bytes of queries) read.push(select(await sensorPicture(await EDITS[edit](bytes))));
    for (const group of pooled(read, size))
      for (const [j, { fingerprint }] of cameras.entries())
        (i === j ? own : other).push(falseAlarmOf(group, fingerprint));
  }
  return { own, other };
};

const recallRow = (name, edit, size, bar) => ({
  name,
  unit: 'recall',
  better: 'higher',
  bar,
  runs: 1,
  run: async ({ say }, prepared) => {
    const { own, other } = await alarms(prepared, edit, size);
    say(
      `${name}: own at most ${Math.max(...own).toExponential(1)}, others at least ${Math.min(...other).toExponential(1)}`,
    );
    return {
      value: recallAtNone(own, other),
      n: own.length + other.length,
      set: `${SET}; ${size === 1 ? 'one picture' : `${size} averaged`}`,
    };
  },
});

const SQUARE = 1024;
const centre = (picture) =>
  square(picture, (picture.residual.width - SQUARE) >> 1, (picture.residual.height - SQUARE) >> 1, SQUARE);

const BLOCK = 256;
const DECLARED = [1e-3, 1e-4];
/** Squared deviations that chance passes as seldom as declared (one place, one side). */
const PASSED = [9.5495, 13.8311];

export const rows = [
  recallRow('camera-full', 'full', 1, 1),
  {
    name: 'camera-1024',
    unit: 'recall',
    better: 'higher',
    bar: 1,
    runs: 1,
    run: async (_context, { cameras }) => {
      const squares = cameras.map(({ references }) => fingerprintOf(references.map(centre)));
      const prepared = { cameras: cameras.map(({ queries }, i) => ({ queries, fingerprint: squares[i] })) };
      const { own, other } = await alarms(prepared, 'full', 1, centre);
      return { value: recallAtNone(own, other), n: own.length + other.length, set: `${SET}; the middle, 1024 x 1024` };
    },
  },
  recallRow('camera-1600-one', '1600', 1, 0.95),
  recallRow('camera-1600-pooled', '1600', 10, 1),
  recallRow('camera-1280-one', '1280', 1, 0.3),
  recallRow('camera-1280-pooled', '1280', 20, 0.95),
  recallRow('camera-crop', 'crop', 1, 0.8),
  {
    // Blocks of pictures against blocks of other cameras' fingerprints, each at its own place: every comparison is one chance.
    name: 'camera-false-alarms',
    unit: 'x declared',
    better: 'lower',
    bar: 1,
    runs: 1,
    run: async ({ say }, { cameras }) => {
      const passed = DECLARED.map(() => 0);
      let n = 0;
      for (const [i, { queries }] of cameras.entries()) {
        const others = cameras.filter((_, j) => j !== i);
        const planes = others.map(({ references }) => sumOf(references));
        for (const bytes of queries) {
          const picture = await sensorPicture(bytes);
          for (let top = 0; top + BLOCK <= picture.residual.height; top += BLOCK)
            for (let left = 0; left + BLOCK <= picture.residual.width; left += BLOCK) {
              const { residual, luma } = square(picture, left, top, BLOCK);
              const block = weighed(residual, luma);
              for (const plane of blocksOf(planes, left, top)) {
                const { pce } = correlate(block, plane);
                n += 1;
                for (const [k, limit] of PASSED.entries()) if (pce >= limit) passed[k] += 1;
              }
            }
        }
        say(`${n} comparisons: ${passed.map((count, k) => `${count} at ${DECLARED[k]}`).join(', ')}`);
      }
      return {
        value: Math.max(...passed.map((count, k) => count / (n * DECLARED[k]))),
        n,
        set: `${SET}; squares of ${BLOCK} px; ${passed.join(' and ')} passed at 1e-3 and 1e-4`,
      };
    },
  },
  {
    name: 'residual-mpx',
    unit: 's',
    better: 'lower',
    bar: 0.4,
    run: async () => {
      const side = 1000;
      const luma = Uint8Array.from({ length: side * side }, (_, i) => 128 + 60 * Math.sin(i / 97) + ((i * 7919) % 13));
      const began = process.cpuUsage();
      noiseResidual(luma, side, side);
      const { user, system } = process.cpuUsage(began);
      return { value: (user + system) / 1e6, n: 1, set: 'one picture of 1000 x 1000, processor time, one core' };
    },
  },
];

const kept = new Map();

/** Spectra of squares of fingerprints: of the same place and of seven others, so that a square meets many. */
const SHIFTS = [0, 1, 2, 3, 4, 5, 6, 7];
const blocksOf = (sums, left, top) =>
  sums.flatMap((sum) => {
    if (!kept.has(sum)) kept.set(sum, { plane: sum.finish(), spectra: new Map() });
    const { plane, spectra } = kept.get(sum);
    const [columns, lines] = [Math.floor(plane.width / BLOCK), Math.floor(plane.height / BLOCK)];
    const own = (top / BLOCK) * columns + left / BLOCK;
    return SHIFTS.map((shift) => {
      const at = (own + 5 * shift) % (columns * lines);
      if (!spectra.has(at)) {
        const [x, y] = [(at % columns) * BLOCK, Math.floor(at / columns) * BLOCK];
        const values = new Float32Array(BLOCK * BLOCK);
        for (let row = 0; row < BLOCK; row++) {
          const from = (y + row) * plane.width + x;
          values.set(plane.values.subarray(from, from + BLOCK), row * BLOCK);
        }
        spectra.set(at, spectrumOf({ width: BLOCK, height: BLOCK, values }));
      }
      return spectra.get(at);
    });
  });
