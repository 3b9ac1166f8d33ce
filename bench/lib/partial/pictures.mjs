// The pictures of `partial`: those that are looked for, what is made of them, and others that have nothing in common with them.
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawPlanted } from '../../../packages/synth/dist/index.js';
import { applyEdits } from '../../../packages/synth/dist/edit/apply.js';
import { decode } from '../../../packages/synth/dist/edit/raw.js';
import { createRandom } from '../../../packages/synth/dist/random/random.js';
import { filesBelow } from '../../../packages/server/dist/features/compare/index.js';
import { drawMany } from '../methods/many.mjs';
import { EDITS } from './edits.mjs';

/** BENCH_SCALE=0.1 tries the suite on small sets; figures count at 1 only. */
export const scaled = (count) => Math.max(4, Math.round(count * Number(process.env['BENCH_SCALE'] ?? 1)));

/** Sets of this suite lie so far from those that anything was trained, tuned or counted on (seeds 1 to 5,000). */
export const SEEDS_FROM = 50_000;

/** Pictures of a collage. */
const TILES = 4;
const IS_PICTURE = /\.(jpe?g|png)$/i;
/** Of rooms and cards that are each alone, and screenshots of one in six: with 60 pictures and their edits more than a million pairs. */
const OTHERS = { near: 4, apart: scaled(60), prints: scaled(1_060), contents: 0 };
/** Edits are made so many at a time: sharp works in threads of its own. */
const AT_ONCE = 4;

export const picturesBelow = async (folder) => {
  const files = [];
  for await (const file of filesBelow(folder)) if (IS_PICTURE.test(file)) files.push(file);
  return files.sort();
};

/** One file a picture: of `dataDir` (its `photos/originals`, where it has that), or `count` drawn rooms and cards of which no two have anything in common. */
export const originals = async ({ seed, dataDir, tempDir, say }, count) => {
  if (dataDir !== null) {
    const own = join(dataDir, 'photos/originals');
    return picturesBelow(existsSync(own) ? own : dataDir);
  }
  say(`drawing ${count} pictures`);
  const out = join(tempDir, 'originals');
  const set = await drawPlanted({ seed: SEEDS_FROM + seed, pictures: count, edited: false, group: 1, out });
  return set.pictures.map(({ file }) => file);
};

/** Pictures of other seeds, drawn whatever `dataDir` holds. */
export const others = async ({ seed, tempDir, say }) => {
  const folder = join(tempDir, 'others');
  const many = await drawMany({ seed: SEEDS_FROM + 1_000 + seed, ...OTHERS, dataDir: null, folder, say });
  return many.map(({ file }) => file);
};

/** Makes the edits of a row: [{ file, of }], `of` being the numbers of the originals that it shows. */
export const edited = async (row, files, { seed, tempDir }) => {
  const folder = join(tempDir, row);
  await mkdir(folder, { recursive: true });
  const tiles = row === 'edit-collage' ? TILES : 1;
  const edit = async (i) => {
    const random = createRandom(`${row}/${seed}/${i}`);
    const shown = Array.from({ length: tiles }, (_, k) => (i + k) % files.length);
    const beside = shown.slice(1).map((k) => files[k]);
    const chains = EDITS[row].chains({
      seed: `${row}/${seed}/${i}`,
      at: [random.next(), random.next()],
      others: beside,
    });
    const picture = await decode(await readFile(files[i]));
    const made = [];
    for (const [k, chain] of chains.entries()) {
      const file = join(folder, `${i}-${k}.jpg`);
      if (!existsSync(file))
        await writeFile(file, await applyEdits(picture, chain, async (other) => decode(await readFile(other))));
      made.push({ file, of: shown });
    }
    return made;
  };
  const firsts = Array.from({ length: Math.ceil(files.length / tiles) }, (_, n) => n * tiles);
  const made = [];
  for (let n = 0; n < firsts.length; n += AT_ONCE)
    made.push(...(await Promise.all(firsts.slice(n, n + AT_ONCE).map(edit))).flat());
  return made;
};
