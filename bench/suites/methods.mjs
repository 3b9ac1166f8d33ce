// Counts the error rates that the methods declare: false matches among different pictures that no threshold was tuned on, every two of each
// set. The scenes: ten drawn sets, of --seed and the nine seeds after it, and the pictures of --data, each of which must show something
// else. The templates: twelve, each with twenty contents.
import { join } from 'node:path';
import { drawPlanted } from '../../packages/synth/dist/index.js';
import { filesBelow } from '../../packages/server/dist/features/compare/index.js';
import { countErrors, pictureMethods, readSignals } from '../lib/methods/count.mjs';
import { drawTemplates } from '../lib/methods/templates.mjs';

const SETS = 10;
const PICTURES = 72;
const CONTENTS = 20;

export const prepare = async ({ seed, dataDir, tempDir, say }) => {
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

export const rows = [...pictureMethods().map(({ name }) => name), 'together'].map((name) => ({
  name: `errors-${name}`,
  unit: 'false matches',
  better: 'lower',
  // Counting again gives the same.
  runs: 1,
  run: (_context, { counts, set }) => ({
    value: sum(counts, name, 'errors'),
    n: sum(counts, name, 'comparisons'),
    set,
  }),
}));
