// 360,000 files in one exhibit, written as rows, every one with a picture to show: two dozen drawn rooms, sealed once and shared by all of
// them, each under its own wrapped key. The store is the benchmark's own: there alone may objects of the vault be shared.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import sharp from 'sharp';
import { hashPassword } from '../../../packages/server/dist/features/accounts/index.js';
import { ensureCaseKey, kindKey } from '../../../packages/server/dist/store/index.js';
import { newKey, wrapKey } from '../../../packages/server/dist/store/keys/wrap.js';
import { drawJpeg } from '../../../packages/synth/dist/index.js';
import { openWorld, PROGRAM } from '../ingest/world.mjs';

/** BENCH_SCALE=0.01 tries it on less; figures count at 1 only. */
export const FILES = Math.round(360_000 * Number(process.env['BENCH_SCALE'] ?? 1));
export const LOGIN = { login: 'bench', password: 'postcards and stamps 1' };
const ROOMS = 24;
const BATCH = 10_000;
const VEILED_PX = 64;
const CLEAR_PX = 1_280;

const STATEMENTS = [
  `insert into exhibits (agency_id, case_id, reference, kind, source_path, created_by, state, files_seen)
    select agency_id, id, 'large', 'folder', '/', created_by, 'complete', FILES from cases`,
  `insert into contents (sha256, sha1, md5, size_bytes, mime, kind)
    select d, substring(d for 20), substring(d for 16), 20000 + i % 4000000, 'image/jpeg', 'image'
    from (select i, sha256(convert_to('web ' || i, 'UTF8')) as d from generate_series(1, FILES) i) s`,
  `insert into media (agency_id, content_id, sha256, sha1, md5, size_bytes, mime, kind, state, comparable, width, height)
    select a.id, c.id, c.sha256, c.sha1, c.md5, c.size_bytes, c.mime, c.kind, 'ready', true,
      case c.size_bytes % 4 when 0 then 960 else 1280 end, case c.size_bytes % 4 when 0 then 1280 else 960 end
    from contents c cross join agencies a`,
  `insert into occurrences (agency_id, case_id, exhibit_id, media_id, path, size_bytes, state)
    select e.agency_id, e.case_id, e.id, m.id, 'DCIM/' || m.id || '.jpg', m.size_bytes, 'stored' from media m cross join exhibits e`,
  // Every tenth is a near copy of another.
  `update media m set representative_id = r.id from (select id, lead(id) over (order by sha256) as copy, row_number() over (order by sha256) as n from media) r
    where r.n % 10 = 1 and m.id = r.copy`,
  `alter table vault_objects drop constraint vault_objects_name_key`,
];

/** Each room as it is sent before and after a reveal; answers the names of its two objects. */
const sealRooms = async ({ vault }, seed, key) => {
  const rooms = [];
  for (let i = 0; i < ROOMS; i += 1) {
    const clear = await drawJpeg({ seed: `web ${seed} ${i}`, width: CLEAR_PX, height: (CLEAR_PX * 3) / 4 });
    const veiled = await sharp(clear).resize(VEILED_PX).greyscale().blur(1).jpeg({ quality: 60 }).toBuffer();
    const room = {};
    for (const [kind, bytes] of Object.entries({ clear, veiled })) {
      const name = createHash('sha256').update(`${kind} ${i}`).digest('hex');
      await vault.sealBuffer(name, kindKey(key, kind), bytes);
      room[kind] = { name, bytes: bytes.length };
    }
    rooms.push(room);
  }
  return rooms;
};

/** Every media opens its room: an envelope of its own, and the two objects. */
const shareRooms = async ({ owner, worker, keys }, { agencyId, caseId }, key, rooms) => {
  const { generation, key: caseKey } = await worker
    .transaction()
    .execute((trx) => ensureCaseKey(trx, keys, { agencyId, caseId }));
  const { rows } = await sql`select id from media order by id`.execute(owner);
  for (let from = 0; from < rows.length; from += BATCH) {
    const ids = rows.slice(from, from + BATCH).map(({ id }) => id);
    const wrapped = ids.map((mediaId) =>
      wrapKey(caseKey, key, { purpose: 'data', agencyId, caseId, mediaId }).toString('hex'),
    );
    await sql`insert into envelopes (agency_id, media_id, case_id, wrapped, generation)
      select ${agencyId}::uuid, x.id, ${caseId}::uuid, decode(x.wrapped, 'hex'), ${generation}
      from unnest(${ids}::uuid[], ${wrapped}::text[]) as x (id, wrapped)`.execute(owner);
    for (const kind of ['veiled', 'clear'])
      await sql`insert into vault_objects (agency_id, media_id, kind, name, size_bytes)
        select ${agencyId}::uuid, x.id, ${kind}, (${rooms.map((room) => room[kind].name)}::text[])[1 + x.n % ${ROOMS}::integer], ${rooms[0][kind].bytes}
        from unnest(${ids}::uuid[]) with ordinality as x (id, n)`.execute(owner);
  }
};

const serve = async (data) => {
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--port', '0', '--data', data], {
    env: { ...process.env, REDTHREAD_LOG_LEVEL: 'warn', REDTHREAD_WORKERS: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`redthread serve ended with ${code}`)));
  });
  return {
    url,
    close: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
};

/** `pictures`: a folder that is taken in as it is usually done, so that there is something to search by. */
export const openLargeStore = async (context, pictures) => {
  const world = await openWorld(context);
  try {
    const { owner } = world.store;
    const { id: caseId, agency_id: agencyId } = await owner
      .selectFrom('cases')
      .select(['id', 'agency_id'])
      .executeTakeFirstOrThrow();
    context.say(`  writing ${FILES.toLocaleString('en')} files`);
    for (const text of STATEMENTS) await sql.raw(text.replaceAll('FILES', String(FILES))).execute(owner);
    const { id: exhibit } = await owner.selectFrom('exhibits').select('id').executeTakeFirstOrThrow();
    const key = newKey();
    await shareRooms(world.store, { agencyId, caseId }, key, await sealRooms(world.store, context.seed, key));
    await owner
      .updateTable('users')
      .set({ password_hash: await hashPassword(LOGIN.password) })
      .execute();
    await sql`vacuum analyze`.execute(owner);
    await world.ingest(pictures, 'searched');
    const server = await serve(world.config.dataFolder);
    return {
      url: server.url,
      exhibit,
      close: async () => {
        await server.close();
        await world.close();
      },
    };
  } catch (error) {
    await world.close();
    throw error;
  }
};
