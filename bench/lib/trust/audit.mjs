// The rows of the audit: what a recorded reveal costs over one that is not, and how fast events are sealed.
import { sql } from 'kysely';
import { openStore } from '../../../packages/server/dist/store/index.js';
import { sealWhatWaits } from '../../../packages/server/dist/sealer/index.js';
import { openWorld } from '../ingest/world.mjs';
import { measureReveal, prepareReveal } from './reveal.mjs';

const EVENTS = 50_000;

/** Events of two agencies as a busy day leaves them: most are views, a tenth has a purpose. */
const writeEvents = (owner) =>
  sql`
  insert into audit_events (agency_id, user_id, login, type, object_kind, object_id, purpose, request_id, detail)
  select u.agency_id, u.id, u.login, case when i % 10 = 0 then 'reveal' else 'view' end, 'media', gen_random_uuid()::text,
    case when i % 10 = 0 then 'victim identification, case ' || i % 40 end, gen_random_uuid()::text,
    case when i % 10 = 0 then '{"kind": "clear"}'::jsonb else '{"what": "media", "count": null}'::jsonb end
  from generate_series(1, ${EVENTS}) i, users u`.execute(owner);

const TABLES = ['audit_events', 'audit_sealed', 'audit_salts', 'audit_tree_nodes'];

/** Seals a day's events in a world of its own; answers how fast, and what an event takes on the disk. */
const sealDay = async (context) => {
  const world = await openWorld(context);
  const sealing = await openStore(world.config, { roles: ['sealer'] });
  try {
    await sealWhatWaits(sealing);
    await writeEvents(world.store.owner);
    const startedAt = performance.now();
    const sealed = await sealWhatWaits(sealing);
    const seconds = (performance.now() - startedAt) / 1000;
    if (sealed !== EVENTS) throw new Error(`${sealed} of ${EVENTS} events were sealed`);
    const sizes = await Promise.all(
      TABLES.map((table) => sql`select pg_total_relation_size(${table}::regclass) as bytes`.execute(world.store.owner)),
    );
    const bytes = sizes.reduce((sum, { rows: [row] }) => sum + Number(row.bytes), 0);
    return { rate: sealed / seconds, bytes: bytes / EVENTS };
  } finally {
    await sealing.close();
    await world.close();
  }
};

export const prepare = async (context) =>
  context.rows.includes('audit-overhead-reveal') ? { reveal: await prepareReveal(context) } : {};

export const finish = async (_context, prepared) => prepared?.reveal?.close();

export const rows = [
  {
    name: 'audit-overhead-reveal',
    unit: 'ratio',
    better: 'lower',
    bar: 1.1,
    run: async (context, { audit }) => {
      const { n, withEvent, without } = await measureReveal(audit.reveal);
      context.say(`reveal ${withEvent.toFixed(2)} ms with its committed event, ${without.toFixed(2)} ms without`);
      return {
        value: withEvent / without,
        n,
        set: 'reveals over loopback of 1024 px renditions, one at a time, while a sealer seals; without: the same, and no event is written',
      };
    },
  },
  {
    name: 'audit-sealer-rate',
    unit: 'events/s',
    better: 'higher',
    run: async (context) => ({
      value: (await sealDay(context)).rate,
      n: EVENTS,
      set: 'events of one agency that wait, sealed in rounds of 5,000: numbers, commitments, chain, tree, signed heads',
    }),
  },
  {
    name: 'audit-event-bytes',
    unit: 'B/event',
    better: 'lower',
    runs: 1,
    run: async (context) => ({
      value: (await sealDay(context)).bytes,
      n: EVENTS,
      set: 'the same events with their seals, salts and nodes, indexes included',
    }),
  },
];
