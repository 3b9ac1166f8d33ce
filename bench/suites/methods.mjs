// Counts the error rates that the methods declare: false matches among different pictures that no threshold was tuned on. Ten drawn sets,
// of --seed and the nine seeds after it, and the pictures of --data, each of which must show something else.
import { join } from 'node:path';
import { drawPlanted } from '../../packages/synth/dist/index.js';
import { filesBelow } from '../../packages/server/dist/features/compare/index.js';
import { countErrors, pictureMethods, readSignals } from '../lib/methods/count.mjs';

const SETS = 10;
const PICTURES = 72;

export const prepare = async ({ seed, dataDir, tempDir, say }) => {
  const pictures = [];
  for (let at = seed; at < seed + SETS; at++) {
    say(`drawing set ${at}`);
    const set = await drawPlanted({ seed: at, pictures: PICTURES, edited: false, out: join(tempDir, String(at)) });
    pictures.push(...set.pictures);
  }
  const drawn = pictures.length;
  if (dataDir !== null) for await (const file of filesBelow(dataDir)) pictures.push({ file, group: file });
  const counts = countErrors(await readSignals(pictures), say);
  for (const [name, { nearMisses, nearMissErrors, wrong }] of Object.entries(counts)) {
    say(`${name}: of ${nearMisses} pairs made to be confused, ${nearMissErrors} were`);
    for (const [a, b] of wrong.slice(0, 5)) say(`  ${a} and ${b}`);
  }
  const others = pictures.length - drawn;
  const set = `${drawn} drawn pictures of seeds ${seed} to ${seed + SETS - 1}${others > 0 ? ` and ${others} of ${dataDir}` : ''}`;
  return { counts, set };
};

export const rows = [...pictureMethods().map(({ name }) => name), 'together'].map((name) => ({
  name: `errors-${name}`,
  unit: 'false matches',
  better: 'lower',
  // Counting again gives the same.
  runs: 1,
  run: (_context, { counts, set }) => ({
    value: counts[name].errors,
    n: counts[name].comparisons,
    set,
  }),
}));
