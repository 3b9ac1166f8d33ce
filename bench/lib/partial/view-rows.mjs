// How many views of one place the program connects: directly, and through the pictures that lie between them. Every picture is matched with all others of the set.
import { MediaMatcher } from '../../../packages/core/dist/graph/index.js';
import { readSignals } from '../methods/count.mjs';
import { scaled } from './pictures.mjs';
import { views } from './rooms.mjs';

/** Each view with each of another place: more than 4,000 pairs. */
const PLACES = scaled(66);

/** The second view of each row; its bar, where there is one: views from far apart are reported only (a prototype found 0.07 of them). */
const ROWS = { place: ['aside', 0.9], 'room-direct': ['there'], 'room-chained': ['there', 0.8] };

export const prepare = async (context) => {
  if (!context.rows.some((row) => row in ROWS)) return {};
  const isChained = context.rows.includes('room-chained');
  const places = await views(context, { count: PLACES, isChained });
  const files = [...new Set(places.flatMap(({ here, aside, there, between }) => [here, aside, there, ...between]))];
  const all = files.filter((file) => file !== undefined).map((file) => ({ file }));
  const media = await readSignals(all, context);
  const matcher = new MediaMatcher();
  media.forEach((one, id) => matcher.add(id, one));
  const matched = media.map((one, id) => [one.file, matcher.match(one, id).map((match) => media[match.id].file)]);
  return { views: { places, matches: new Map(matched) } };
};

/** Everything that leads to `from` over matches among `along`; all that it matches itself, without any. */
const reachedFrom = (from, matches, along) => {
  const reached = new Set([from]);
  for (const at of reached) if (at === from || along?.has(at)) for (const next of matches.get(at)) reached.add(next);
  return reached;
};

const run = (name, context, { places, matches }) => {
  const [end] = ROWS[name];
  const pairs = places.filter((place) => place[end] !== undefined);
  const along =
    name === 'room-chained' ? new Set(pairs.flatMap(({ here, there, between }) => [here, there, ...between])) : null;
  let [found, others, wrong] = [0, 0, 0];
  for (const from of pairs) {
    const reached = reachedFrom(from.here, matches, along);
    if (reached.has(from[end])) found += 1;
    else context.say(`  not found: ${from.here} and ${from[end]}`);
    for (const to of pairs.filter(({ place }) => place !== from.place)) {
      others += 1;
      if (!reached.has(to[end])) continue;
      wrong += 1;
      context.say(`  false: ${from.here} and ${to[end]}`);
    }
  }
  const of = context.dataDir === null ? `drawn rooms of seed ${context.seed}` : `folders of ${context.dataDir}`;
  return {
    value: found / pairs.length,
    n: pairs.length,
    set: `${of}; ${wrong} of ${others} pairs of different places matched`,
  };
};

export const rows = Object.entries(ROWS).map(([name, [, bar]]) => ({
  name,
  unit: 'found',
  better: 'higher',
  ...(bar === undefined ? {} : { bar }),
  runs: 1,
  run: (context, { views: prepared }) => run(name, context, prepared),
}));
