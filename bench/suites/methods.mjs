// Counts the error rates that the methods declare: false matches among different pictures that no threshold was tuned on. Each method by itself, over every two of the
// small sets: ten drawn sets, of --seed and the nine seeds after it, with the pictures of --data, and twelve templates with twenty contents each. And all together,
// as the program decides, over every two of the large set (bench/lib/methods/many.mjs); parts and places over pairs of a set beside it (bench/lib/methods/parts.mjs).
import { join } from 'node:path';
import { PARTS, PLACES, WHOLE_PICTURES } from '../../packages/core/dist/graph/pipelines.js';
import { drawPlanted } from '../../packages/synth/dist/index.js';
import { filesBelow } from '../../packages/server/dist/features/compare/index.js';
import { countErrors, pictureMethods, readSignals } from '../lib/methods/count.mjs';
import { countTogether } from '../lib/methods/joint.mjs';
import { drawMany } from '../lib/methods/many.mjs';
import { countParts } from '../lib/methods/part-pairs.mjs';
import { drawParts } from '../lib/methods/parts.mjs';
import { drawTemplates } from '../lib/methods/templates.mjs';

const SETS = 10;
const PICTURES = 72;
const CONTENTS = 20;
/** The large set: see `drawMany`. */
const MANY = { near: 240, apart: 240, prints: 2_400, contents: 120 };
/** That of parts: local features take longer. */
const OF_PARTS = { near: 240, apart: 240 };
const PAIRS_OF_PARTS = 9_000;

const prepareEach = async ({ seed, dataDir, tempDir, say }) => {
  const scenes = [];
  for (let at = seed; at < seed + SETS; at++) {
    say(`drawing set ${at}`);
    const set = await drawPlanted({ seed: at, pictures: PICTURES, edited: false, out: join(tempDir, String(at)) });
    scenes.push(...set.pictures);
  }
  const drawn = scenes.length;
  if (dataDir !== null) for await (const file of filesBelow(dataDir)) scenes.push({ file, group: file });
  const templates = await drawTemplates(join(tempDir, 'templates'), seed, CONTENTS);
  const counts = [];
  for (const [name, pictures] of Object.entries({ scenes, templates })) {
    const counted = countErrors(await readSignals(pictures), say);
    for (const [method, { comparisons, errors, nearMisses, nearMissErrors }] of Object.entries(counted))
      say(`${name}, ${method}: ${errors} of ${comparisons}; of ${nearMisses} pairs of one group, ${nearMissErrors}`);
    counts.push(counted);
  }
  const others = scenes.length - drawn;
  const set =
    `${drawn} drawn pictures of seeds ${seed} to ${seed + SETS - 1}${others > 0 ? ` and ${others} of ${dataDir}` : ''}; ` +
    `${templates.length} drawings on templates, seeds ${seed} to ${seed + CONTENTS - 1}`;
  return { counts, set };
};

const sum = (counts, name, key) => counts.reduce((total, counted) => total + counted[name][key], 0);

/** Counting again gives the same. */
const ONCE = { unit: 'false matches', better: 'lower', runs: 1 };

const eachRows = pictureMethods().map(({ name }) => ({
  ...ONCE,
  name: `errors-${name}`,
  run: (_context, { each: { counts, set } }) => ({
    value: sum(counts, name, 'errors'),
    n: sum(counts, name, 'comparisons'),
    set,
  }),
}));

const TOGETHER = 'errors-together';

const prepareMany = async ({ seed, dataDir, tempDir, say }) => {
  const pictures = await drawMany({ seed, ...MANY, dataDir, folder: join(tempDir, 'many'), say });
  const counted = countTogether(await readSignals(pictures, { hashesAlone: true, say }), say);
  return {
    ...counted,
    set: `the large set of seed ${seed}${dataDir === null ? '' : ` and photographs of ${dataDir}`}`,
  };
};

const saidOf = (say, what, errors, { comparisons, subjects }) => {
  const wrong = new Set(errors.flatMap(({ a, b }) => [a.subject, b.subject])).size;
  say(`${what}: ${errors.length} of ${comparisons}; ${wrong} of ${subjects} subjects take part`);
};

/** All together, as the program decides; what it declares is said for each step of the value. */
const togetherRow = {
  ...ONCE,
  name: TOGETHER,
  run: ({ say }, { many }) => {
    const { alone, comparisons, errors, pictures, set, subjects } = many;
    const { confirms, steps } = WHOLE_PICTURES;
    const valueOf = ({ comparison }) => comparison.reasons.find(({ method }) => method === confirms.name).value;
    for (const error of errors)
      say(`${valueOf(error)} ${confirms.unit}: ${error.a.kind} ${error.a.file} and ${error.b.kind} ${error.b.file}`);
    for (const [name, pairs] of Object.entries(alone)) saidOf(say, `${name} alone`, pairs, many);
    for (const { value } of steps) {
      const within = errors.filter((error) => valueOf(error) <= value);
      saidOf(say, `at most ${value} ${confirms.unit}`, within, many);
    }
    return { value: errors.length, n: comparisons, set: `${set}: ${pictures} pictures of ${subjects} subjects` };
  },
};

const OF_FEATURES = 'errors-parts';

const prepareParts = async ({ seed, dataDir, tempDir, say }) => {
  const pictures = await drawParts({ seed, ...OF_PARTS, dataDir, folder: join(tempDir, 'parts'), say });
  return {
    ...(await countParts(await readSignals(pictures, { say }), { count: PAIRS_OF_PARTS, seed, say })),
    set: `pairs by lot of the set for parts of seed ${seed}${dataDir === null ? '' : ` and photographs of ${dataDir}`}`,
  };
};

/** What is declared is said for each step of the value, of parts and of places. */
const partsRow = {
  ...ONCE,
  name: OF_FEATURES,
  run: ({ say }, { parts }) => {
    for (const { confirms, grade, steps } of [
      { ...PARTS, grade: 'partial' },
      { ...PLACES, grade: 'same scene' },
    ])
      for (const { value } of steps) {
        const reached = parts.errors.filter((error) => error.grade === grade && error.value >= value);
        saidOf(say, `${grade}, at least ${value} ${confirms.unit}`, reached, parts);
      }
    const { comparisons, errors, pictures, set, subjects } = parts;
    return { value: errors.length, n: comparisons, set: `${set}: ${pictures} pictures of ${subjects} subjects` };
  },
};

export const rows = [...eachRows, togetherRow, partsRow];

export const prepare = async (context) => ({
  each: eachRows.some(({ name }) => context.rows.includes(name)) ? await prepareEach(context) : null,
  many: context.rows.includes(TOGETHER) ? await prepareMany(context) : null,
  parts: context.rows.includes(OF_FEATURES) ? await prepareParts(context) : null,
});
