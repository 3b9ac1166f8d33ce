// What the record costs a reveal: the same requests to two servers on one store, of which one writes no event.
import { createHash, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import sharp from 'sharp';
import { buildHttp } from '../../../packages/server/dist/app/http/index.js';
import { startProcesses } from '../../../packages/server/dist/app/supervisor.js';
import { hashPassword } from '../../../packages/server/dist/features/accounts/index.js';
import { clientConfig } from '../../../packages/server/dist/store/connection.js';
import { KeepingClient } from '../../../packages/server/dist/store/kept-plans.js';
import { joinEmbedded } from '../../../packages/server/dist/store/embedded/index.js';
import { dataKeyFor, ensureObjectNamer, kindKey } from '../../../packages/server/dist/store/index.js';
import { drawJpeg } from '../../../packages/synth/dist/index.js';
import { median } from '../statistics.mjs';
import { openWorld } from '../ingest/world.mjs';

const PASSWORD = 'postcards and stamps 1';
/** Clear renditions as an ingest of 12 megapixels leaves them, each another window of drawn rooms. */
const PICTURES = 40;
const SIDE_PX = 1_024;
const ROUNDS = 15;
/** Not counted: connections, plans and compiled code are there afterwards. */
const WARM_ROUNDS = 3;

const rendition = (room, i) =>
  sharp(room)
    .extract({ left: (i * 37) % 400, top: (i * 53) % 300, width: 1_800, height: 1_350 })
    .resize(SIDE_PX, (SIDE_PX * 3) / 4)
    .jpeg({ quality: 80 })
    .toBuffer();

/** A media with its sealed clear rendition; answers its id. */
const sealRendition = async ({ store }, agencyId, caseId, bytes) => {
  const facts = {
    sha256: createHash('sha256').update(bytes).digest(),
    sha1: createHash('sha1').update(bytes).digest(),
    md5: createHash('md5').update(bytes).digest(),
    size_bytes: bytes.length,
    mime: 'image/jpeg',
    kind: 'image',
  };
  return store.worker.transaction().execute(async (trx) => {
    const content = await trx.insertInto('contents').values(facts).returning('id').executeTakeFirstOrThrow();
    const row = { agency_id: agencyId, content_id: content.id, ...facts };
    const { id } = await trx.insertInto('media').values(row).returning('id').executeTakeFirstOrThrow();
    const key = await dataKeyFor(trx, store.keys, { agencyId, mediaId: id, caseId });
    const name = (await ensureObjectNamer(trx, store.keys, agencyId))(facts.sha256, 'clear');
    await store.vault.sealBuffer(name, kindKey(key, 'clear'), bytes);
    const object = { agency_id: agencyId, media_id: id, kind: 'clear', name, size_bytes: bytes.length };
    await trx.insertInto('vault_objects').values(object).execute();
    return id;
  });
};

const fill = async (world, seed) => {
  const { owner } = world.store;
  await owner
    .updateTable('users')
    .set({ password_hash: await hashPassword(PASSWORD) })
    .execute();
  const { id: caseId, agency_id: agencyId } = await owner
    .selectFrom('cases')
    .select(['id', 'agency_id'])
    .executeTakeFirstOrThrow();
  const ids = [];
  for (let i = 0; i < PICTURES; i += 1) {
    const room = await drawJpeg({ seed: `reveal ${seed} ${i % 8}`, width: 2_400, height: 1_800, quality: 95 });
    ids.push(await sealRendition(world, agencyId, caseId, await rendition(room, i)));
  }
  return ids;
};

/** Stands in for the function that writes an event: the same call, and nothing is written. */
const NO_EVENT = `
  create function write_no_event(uuid, uuid, text, text, text, text, text, text, jsonb) returns void language plpgsql as $$ begin end $$;
  grant execute on function write_no_event(uuid, uuid, text, text, text, text, text, text, jsonb) to redthread_app;`;

/** The pool of the role app on which no event is written; all else is as it is. */
const silentApp = async (world) => {
  await sql.raw(NO_EVENT).execute(world.store.owner);
  const embedded = await joinEmbedded(world.config.dataFolder);
  const pool = new pg.Pool({
    ...(await clientConfig(world.config, embedded.address, 'app')),
    Client: KeepingClient,
    max: 10,
  });
  pool.on('connect', (client) => {
    const query = client.query.bind(client);
    client.query = (text, ...rest) =>
      query(typeof text === 'string' ? text.replace('write_audit_event(', 'write_no_event(') : text, ...rest);
  });
  const app = new Kysely({ dialect: new PostgresDialect({ pool }) });
  return { app, close: () => app.destroy().then(() => embedded.leave()) };
};

/** One server and somebody who has signed in to it. */
const serve = async (store) => {
  const http = await buildHttp({ store });
  const url = await http.listen({ host: '127.0.0.1', port: 0 });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const post = (path, body, cookie) =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', ...(cookie === undefined ? {} : { cookie }) };
      const sent = request(`${url}/api/v1${path}`, { method: 'POST', agent, headers }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () =>
          answer.statusCode === 200
            ? resolve({ bytes: Buffer.concat(parts).length, cookie: answer.headers['set-cookie']?.[0]?.split(';')[0] })
            : reject(new Error(`${path}: ${answer.statusCode} ${Buffer.concat(parts)}`)),
        );
      });
      sent.on('error', reject);
      sent.end(JSON.stringify(body));
    });
  const { cookie } = await post('/session', { login: 'bench', password: PASSWORD });
  return {
    reveal: (id) => post(`/media/${id}/reveal`, { purpose: `benchmark ${randomUUID()}` }, cookie),
    close: async () => {
      agent.destroy();
      await http.close();
    },
  };
};

const timed = async (work) => {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
};

export const prepareReveal = async (context) => {
  const world = await openWorld(context);
  const ids = await fill(world, context.seed);
  const silent = await silentApp(world);
  // Sealing goes on beside both, as it does where a server runs.
  const sealer = startProcesses(world.config, { workers: 0, matcher: false, sealer: true });
  const recorded = await serve(world.store);
  const unrecorded = await serve({ ...world.store, app: silent.app });
  return {
    ids,
    recorded,
    unrecorded,
    close: async () => {
      await recorded.close();
      await unrecorded.close();
      await sealer.stop();
      await silent.close();
      await world.close();
    },
  };
};

/** Milliseconds of a reveal with its event and without, request by request in turn. */
export const measureReveal = async ({ ids, recorded, unrecorded }) => {
  const times = { with: [], without: [] };
  for (let round = -WARM_ROUNDS; round < ROUNDS; round += 1) {
    if (round === 0) for (const one of Object.values(times)) one.length = 0;
    for (const [i, id] of ids.entries()) {
      const both = [
        async () => times.with.push(await timed(() => recorded.reveal(id))),
        async () => times.without.push(await timed(() => unrecorded.reveal(id))),
      ];
      for (const one of (round + i) % 2 === 0 ? both : both.reverse()) await one();
    }
  }
  return { withEvent: median(times.with), without: median(times.without), n: ROUNDS * ids.length };
};
