// How fast chats come in, and how fast they are searched as somebody who sees half of them. BENCH_SCALE=0.01 tries it on twenty thousand messages; figures count at 1 only.
import { join } from 'node:path';
import { sql } from 'kysely';
import { findMessages } from '../../../packages/server/dist/features/chats/service.js';
import { openWorld } from '../ingest/world.mjs';
import { median } from '../statistics.mjs';
import { drawChats, PLANTED } from './drawn-chats.mjs';

const MESSAGES = Math.max(20_000, Math.round(2_000_000 * Number(process.env['BENCH_SCALE'] ?? 1)));
const PER_FILE = 5_000;
const ROUNDS = 7;
const SEER = { agency: 'Seer', login: 'seer', caseReference: 'S-1' };
const HIDER = { agency: 'Hider', login: 'hider', caseReference: 'H-1' };

let filled = null;

/** Both rows look at one store: half of the messages are of the officer, half of another agency, which shows them to nobody. */
const fill = async (context) => {
  if (filled !== null) return filled;
  const files = Math.ceil(MESSAGES / 2 / PER_FILE);
  const folders = [join(context.tempDir, 'seen'), join(context.tempDir, 'hidden')];
  const planted = folders.map((folder, i) =>
    drawChats(folder, { files, perFile: PER_FILE, seed: context.seed * 2 + i }),
  );
  const world = await openWorld(context);
  await world.addOfficer(HIDER);
  const actor = await world.addOfficer(SEER);
  let seconds = 0;
  for (const [folder, options] of [
    [folders[1], { as: HIDER }],
    [folders[0], { as: SEER }],
  ])
    seconds += (await world.ingest(folder, 'chats', options)).seconds;
  const { rows } = await sql`select count(*)::int as n from chat_messages`.execute(world.store.owner);
  if (rows[0].n !== files * 2 * PER_FILE) throw new Error(`${rows[0].n} messages came in of ${files * 2 * PER_FILE}`);
  context.say(`${rows[0].n} messages in ${seconds.toFixed(1)} s`);
  await sql`vacuum analyze`.execute(world.store.owner);
  const ctx = { actor, purpose: 'bench', requestId: 'bench' };
  filled = { world, ctx, planted: planted[0], messages: rows[0].n, seconds };
  return filled;
};

const importRow = {
  name: 'import-rate',
  unit: 'messages/s',
  better: 'higher',
  bar: 20_000,
  runs: 1,
  run: async (context) => {
    const { messages, seconds } = await fill(context);
    return {
      value: messages / seconds,
      n: messages,
      set: `drawn WhatsApp exports of ${PER_FILE} messages each, from the folder until their exhibits are complete: sealed, read in children, aligned, to be searched`,
    };
  },
};

const QUERIES = {
  'rare word': ['xylographenwerk', ({ rare }) => rare],
  'frequent word': ['briefmarke', ({ frequent }) => frequent],
  phrase: ['"blaue mauritius von"', ({ phrase }) => phrase],
  'part of a word': ['graphenwe', ({ rare }) => rare],
  accents: ['malaga lodz aeroskobing', ({ accents }) => accents],
  'two words': ['briefmarke mauritius', () => null],
  'nothing that there is': ['quodlibet', () => 0],
};
const LIMIT = 100;

const searchRow = {
  name: 'text-search',
  unit: 'ms',
  better: 'lower',
  bar: 100,
  runs: 1,
  run: async (context) => {
    const { world, ctx, planted, messages } = await fill(context);
    let slowest = 0;
    for (const [name, [q, expected]] of Object.entries(QUERIES)) {
      const times = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const startedAt = performance.now();
        const { items, truncated } = await findMessages(world.store, ctx, { q, limit: LIMIT });
        times.push(performance.now() - startedAt);
        const right = expected(planted);
        if (right !== null && (items.length !== Math.min(right, LIMIT) || truncated !== right > LIMIT))
          throw new Error(`${name}: ${items.length} found of ${right}`);
      }
      context.say(`${name}: ${median(times).toFixed(1)} ms, at most ${Math.max(...times).toFixed(1)} ms`);
      slowest = Math.max(slowest, median(times));
    }
    return {
      value: slowest,
      n: messages,
      set: `the slowest of ${Object.keys(QUERIES).join(', ')}: medians of ${ROUNDS}, as the role app, half of the messages of an agency that hides them`,
    };
  },
};

export const rows = [importRow, searchRow];

export const finish = async () => {
  await filled?.world.close();
  filled = null;
};
export { PLANTED };
