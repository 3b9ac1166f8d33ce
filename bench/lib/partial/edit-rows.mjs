// How many edited pictures the program finds: through the indexes that propose, and `compareMedia`, which decides. Every other match counts as false.
import { isAtLeast, MediaMatcher } from '../../../packages/core/dist/graph/index.js';
import { readSignals } from '../methods/count.mjs';
import { EDITS } from './edits.mjs';
import { edited, others } from './pictures.mjs';

export const prepare = async (context) => {
  if (!context.rows.some((row) => row in EDITS)) return {};
  const files = await context.files();
  const all = [...files, ...(await others(context))].map((file) => ({ file }));
  const matcher = new MediaMatcher();
  (await readSignals(all, context)).forEach((media, i) => matcher.add(i, media));
  return { edits: { files, matcher } };
};

const setOf = ({ seed, dataDir }, { files, matcher }) =>
  `${files.length} ${dataDir === null ? `drawn rooms and cards of seed ${seed}` : `pictures of ${dataDir}`} among ${matcher.size - files.length} others`;

const run = async (name, context, edits) => {
  const { files, matcher } = edits;
  const made = await edited(name, files, context);
  let [found, sought, wrong] = [0, 0, 0];
  for (const media of await readSignals(made)) {
    const hits = matcher.match(media).filter(({ comparison }) => comparison.grade !== 'none');
    const right = hits.filter(({ id, comparison }) => media.of.includes(id) && isAtLeast(comparison.grade, 'partial'));
    const other = hits.filter(({ id }) => !media.of.includes(id));
    sought += media.of.length;
    found += right.length;
    wrong += other.length;
    for (const id of media.of)
      if (!right.some((hit) => hit.id === id)) context.say(`  not found: ${files[id]} in ${media.file}`);
    for (const { id, comparison } of other)
      context.say(`  false: ${id}, ${comparison.reasons[0].method} ${comparison.reasons[0].value}, in ${media.file}`);
  }
  const pairs = made.length * matcher.size - sought;
  return {
    value: found / sought,
    n: sought,
    set: `${setOf(context, edits)}; ${wrong} of ${pairs} other pairs matched`,
  };
};

export const rows = Object.entries(EDITS).map(([name, { bar }]) => ({
  name,
  unit: 'found',
  better: 'higher',
  bar,
  runs: 1,
  run: (context, { edits }) => run(name, context, edits),
}));
