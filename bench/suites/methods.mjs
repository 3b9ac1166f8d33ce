// Counts the error rates that the methods declare: false matches among different pictures that no threshold was tuned on. Each method by itself, over every two of the
// small sets: ten drawn sets, of --seed and the nine seeds after it, with the pictures of --data, and twelve templates with twenty contents each. And all together,
// as the program decides, over every two of the large set (bench/lib/methods/many.mjs).
import { join } from 'node:path';
import { WHOLE_PICTURES } from '../../packages/core/dist/graph/pipelines.js';
import { drawPlanted } from '../../packages/synth/dist/index.js';
import { filesBelow } from '../../packages/server/dist/features/compare/index.js';
import { countErrors, pictureMethods, readSignals } from '../lib/methods/count.mjs';
import { countTogether } from '../lib/methods/joint.mjs';
import { drawMany } from '../lib/methods/many.mjs';
import { drawTemplates } from '../lib/methods/templates.mjs';

const SETS = 10;
const PICTURES = 72;
const CONTENTS = 20;
/** The large set: see `drawMany`. */
const MANY = { near: 240, apart: 240, prints: 2_400, contents: 120 };

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

/** All together, as the program decides; what it declares is said for each step of the value. */
const togetherRow = {
  ...ONCE,
  name: TOGETHER,
  run: ({ say }, { many: { alone, comparisons, errors, pictures, set, subjects } }) => {
    const { confirms, steps } = WHOLE_PICTURES;
    const valueOf = ({ comparison }) => comparison.reasons.find(({ method }) => method === confirms.name).value;
    for (const error of errors)
      say(`${valueOf(error)} ${confirms.unit}: ${error.a.kind} ${error.a.file} and ${error.b.kind} ${error.b.file}`);
    const counted = (what, pairs) => {
      const wrong = new Set(pairs.flatMap(({ a, b }) => [a.subject, b.subject])).size;
      say(`${what}: ${pairs.length} of ${comparisons}; ${wrong} of ${subjects} subjects take part`);
    };
    for (const [name, pairs] of Object.entries(alone)) counted(`${name} alone`, pairs);
    for (const { value } of steps)
      counted(
        `at most ${value} ${confirms.unit}`,
        errors.filter((error) => valueOf(error) <= value),
      );
    return { value: errors.length, n: comparisons, set: `${set}: ${pictures} pictures of ${subjects} subjects` };
  },
};

export const rows = [...eachRows, togetherRow];

export const prepare = async (context) => ({
  each: eachRows.some(({ name }) => context.rows.includes(name)) ? await prepareEach(context) : null,
  many: context.rows.includes(TOGETHER) ? await prepareMany(context) : null,
});
