// Bytes that one row of each kind takes in the store, indexes and overflow tables included: the figures of docs/goals.md.
import { join } from 'node:path';
import { sql } from 'kysely';
import { loadConfig } from '../../packages/server/dist/app/config.js';
import { openStore } from '../../packages/server/dist/store/index.js';

const CONTENTS = 50_000;

/** Table, and the statement that fills it for contents numbered 1..n; `$seed` makes digests and paths. Order matters. */
const FILLED = {
  contents: `insert into contents (sha256, sha1, md5, size_bytes, mime, kind)
    select sha256(x), substring(sha256(x || 'a'::bytea) for 20), decode(md5(x), 'hex'), 3000000 + i, 'image/jpeg', 'image'
    from (select i, convert_to($seed || '/' || i, 'UTF8') as x from generate_series(1, ${CONTENTS}) i) s`,
  media: `insert into media (agency_id, content_id, sha256, sha1, md5, size_bytes, mime, kind, width, height, state, comparable)
    select a.id, c.id, c.sha256, c.sha1, c.md5, c.size_bytes, c.mime, c.kind, 4032, 3024, 'ready', true from contents c, agencies a`,
  // 1.6 paths a content, as long as they are on a telephone's memory card, with the two times of a file system.
  occurrences: `insert into occurrences (agency_id, case_id, exhibit_id, media_id, path, size_bytes, source_times, state)
    select m.agency_id, e.case_id, e.id, m.id,
      'telephone/DCIM/10' || copy || 'APPLE/' || substring(encode(m.sha256, 'hex') for 24) || '/IMG_' || m.content_id || '.JPG', m.size_bytes,
      jsonb_build_array(
        jsonb_build_object('kind', 'modified', 'text', '2026-03-14T09:26:53', 'precision', 'second', 'offset', null, 'basis', 'file system'),
        jsonb_build_object('kind', 'created', 'text', '2026-03-14T09:26:53', 'precision', 'second', 'offset', null, 'basis', 'file system')),
      'stored'
    from media m cross join generate_series(0, 1) copy cross join exhibits e where copy = 0 or m.content_id % 5 < 3`,
  envelopes: `insert into envelopes (agency_id, media_id, case_id, wrapped)
    select m.agency_id, m.id, c.id, substring(sha256(m.sha256) || sha256(m.sha1) for 61) from media m, cases c`,
  vault_objects: `insert into vault_objects (agency_id, media_id, kind, name, size_bytes)
    select m.agency_id, m.id, k, encode(sha256(m.sha256 || convert_to(k, 'UTF8')), 'hex'), m.size_bytes
    from media m cross join unnest(array['original', 'clear', 'veiled']) k`,
  work: `insert into work (agency_id, media_id, exhibit_id, stage, version, state, attempts)
    select m.agency_id, m.id, e.id, stage, 1, 'done', 1 from media m, exhibits e, unnest(array['decode', 'match', 'features', 'parts', 'metadata']) stage`,
  signals: `insert into signals (content_id, method, version, decoder, quality, value)
    select c.id, 'pdq', 1, 'sharp 0.35.5 libvips 8.18.0', 100,
      sha256(sha256 || '0') || sha256(sha256 || '1') || sha256(sha256 || '2') || sha256(sha256 || '3') ||
      sha256(sha256 || '4') || sha256(sha256 || '5') || sha256(sha256 || '6') || sha256(sha256 || '7') || '\\x64'::bytea
    from contents c`,
  matches: `insert into matches (media_a, media_b, agency_a, agency_b, grade, method, version, value, threshold, unit, bits, decoder, reasons)
    select least(a.id, b.id), greatest(a.id, b.id), a.agency_id, b.agency_id, 'same content', 'pdq', 1, 10, 31, 'bits', 18, 'sharp 0.35.5 libvips 8.18.0',
      jsonb_build_array(jsonb_build_object('method', 'pdq', 'version', 1, 'grade', 'same content', 'value', 10, 'threshold', 31, 'unit', 'bits',
        'bits', 18, 'where', '{"a": {}, "b": {"orientation": "mirror"}}'::jsonb))
    from media a join media b on b.content_id = a.content_id + 1`,
};

const FRAME = `
  insert into agencies (name, country) values ('Bench', 'ES');
  insert into users (agency_id, login, display_name) select id, 'bench', 'Bench' from agencies;
  insert into cases (agency_id, reference, created_by) select agency_id, 'B-1', id from users;
  insert into exhibits (agency_id, case_id, reference, kind, source_path, created_by)
    select agency_id, id, '1', 'folder', '/', created_by from cases;`;

export const prepare = async ({ seed, tempDir, say }) => {
  const store = await openStore(loadConfig({ data: join(tempDir, 'data') }), { roles: ['owner'] });
  const execute = (text) => sql.raw(text).execute(store.owner);
  const prepared = { store, bytesOf: new Map(), counts: new Map() };
  try {
    await execute(FRAME);
    for (const [table, statement] of Object.entries(FILLED)) {
      await execute(statement.replaceAll('$seed', `'${seed}'`));
      const { rows } = await execute(`select count(*) as n, pg_total_relation_size('${table}') as bytes from ${table}`);
      prepared.counts.set(table, Number(rows[0].n));
      prepared.bytesOf.set(table, Number(rows[0].bytes) / Number(rows[0].n));
      say(`filled ${table}: ${rows[0].n} rows`);
    }
    return prepared;
  } catch (error) {
    await store.close();
    throw error;
  }
};

export const rows = Object.keys(FILLED).map((table) => ({
  name: `store-bytes-${table.replace('_', '-')}`,
  unit: 'B/row',
  better: 'lower',
  runs: 1,
  set: `${CONTENTS} generated contents in one case`,
  run: (_context, { bytesOf, counts }) => ({ value: bytesOf.get(table), n: counts.get(table) }),
}));

export const finish = (_context, prepared) => prepared?.store.close();
