// A store of a hundred thousand files of four agencies, written as rows: own, shared, given and hidden cases side by side, and
// one case of the viewer's agency that not everybody of it is on.
import { sql } from 'kysely';

const CASES = 40;
const CONTENTS = 60_000;

/** In order. `FILES`: files a case; `SEED`: draws which contents. Names: Alpha is the viewer's, Beta a partner, Gamma a stranger, Delta gave a case. */
const STATEMENTS = [
  `select setseed(SEED)`,
  `insert into agencies (name, country) values ('Alpha', 'ES'), ('Beta', 'PT'), ('Gamma', 'FR'), ('Delta', 'DE')`,
  `insert into users (agency_id, login, display_name, roles) select id, lower(name), name, '{officer,auditor}' from agencies`,
  `insert into users (agency_id, login, display_name, roles) select id, 'olga', 'Olga', '{officer}' from agencies where name = 'Alpha'`,
  `insert into operations (agency_id, reference, name) select id, 'tantalus', 'Tantalus' from agencies where name = 'Alpha'`,
  `insert into operation_members (operation_id, agency_id) select o.id, a.id from operations o, agencies a where a.name in ('Alpha', 'Beta')`,
  `insert into cases (agency_id, reference, created_by, operation_id, shared_with_operation)
    select a.id, a.name || '-' || i, u.id, case when a.name in ('Alpha', 'Beta') then o.id end, a.name in ('Alpha', 'Beta') and i % 2 = 0
    from agencies a join users u on u.agency_id = a.id and u.login = lower(a.name) cross join operations o
      cross join generate_series(1, case a.name when 'Alpha' then ${CASES} when 'Beta' then 30 when 'Gamma' then 20 else 10 end) i`,
  `update cases set access = 'named' where reference = 'Alpha-1'`,
  `insert into case_access (agency_id, case_id, grantee_agency_id, granted_by)
    select c.agency_id, c.id, a.id, c.created_by from cases c, agencies a where c.reference = 'Delta-1' and a.name = 'Alpha'`,
  `insert into exhibits (agency_id, case_id, reference, kind, source_path, created_by, state, files_seen)
    select agency_id, id, '1', 'folder', '/', created_by, 'complete', FILES from cases`,
  `create temporary table drawn on commit preserve rows as
    select e.id as exhibit_id, e.agency_id, e.case_id, i, 1 + floor(random() * ${CONTENTS})::integer as content
    from exhibits e cross join generate_series(1, FILES) i`,
  `insert into contents (sha256, sha1, md5, size_bytes, mime, kind)
    select d, substring(d for 20), substring(d for 16), 3000000, 'image/jpeg', 'image'
    from (select sha256(convert_to('content ' || i, 'UTF8')) as d from generate_series(1, ${CONTENTS}) i) s`,
  `insert into media (agency_id, content_id, sha256, sha1, md5, size_bytes, mime, kind, state, comparable, width, height)
    select distinct f.agency_id, c.id, c.sha256, c.sha1, c.md5, c.size_bytes, c.mime, c.kind, 'ready', true, 640, 480
    from drawn f join contents c on c.sha256 = sha256(convert_to('content ' || f.content, 'UTF8'))`,
  `insert into occurrences (agency_id, case_id, exhibit_id, media_id, path, size_bytes, state)
    select f.agency_id, f.case_id, f.exhibit_id, m.id, 'DCIM/10' || i % 10 || 'CANON/IMG_' || f.content || '_' || i || '.jpg', 3000000, 'stored'
    from drawn f join media m on m.agency_id = f.agency_id and m.sha256 = sha256(convert_to('content ' || f.content, 'UTF8'))`,
  `insert into case_keys (case_id, agency_id, master_key_id, wrapped) select id, agency_id, 'none', sha256('k') from cases`,
  `insert into envelopes (agency_id, media_id, case_id, wrapped) select distinct agency_id, media_id, case_id, sha256('e') from occurrences`,
  `insert into vault_objects (agency_id, media_id, kind, name, size_bytes) select agency_id, id, 'clear', id::text, 1000 from media`,
  `insert into media_metadata (media_id, agency_id, method, version, value) select id, agency_id, 'exiftool', 1, '{}' from media`,
  `insert into work (agency_id, media_id, exhibit_id, stage, version, state)
    select distinct on (media_id, stage) agency_id, media_id, exhibit_id, stage, 1, 'done'
    from occurrences cross join unnest('{decode,match}'::text[]) stage`,
  `insert into matches (media_a, media_b, agency_a, agency_b, grade, method, version, value, threshold, unit, bits, decoder, reasons)
    select a.id, b.id, a.agency_id, b.agency_id, 'identical', 'sha256', 1, 0, 0, 'bits', 64, '', '[]'
    from media a join media b on b.content_id = a.content_id and a.id < b.id`,
  `insert into lists (agency_id, name, polarity, version, source_name, source_sha256, entry_count, created_by)
    select agency_id, 'catalogue', 'known-good', '1', 'catalogue', sha256('l'), 20000, id from users where login = 'alpha'`,
  `insert into list_hits (agency_id, media_id, list_agency_id, list_id) select m.agency_id, m.id, l.agency_id, l.id
    from lists l cross join generate_series(1, 20000) i join media m on m.sha256 = sha256(convert_to('content ' || i * 7, 'UTF8'))`,
  `insert into audit_events (agency_id, user_id, login, type, request_id)
    select u.agency_id, u.id, u.login, 'view', 'drawn' from users u cross join generate_series(1, 20000)`,
  `insert into notices (agency_id, user_id, kind, object_kind, object_id)
    select agency_id, id, 'invitation', 'invitation', gen_random_uuid() from users cross join generate_series(1, 500)`,
  `vacuum analyze`,
];

/** Fills an empty store as its owner. `files`: in all; a hundred thousand unless said otherwise. */
export const fillLargeWorld = async (owner, { files = 100_000, seed = 1 } = {}) => {
  const perCase = String(Math.round(files / 100));
  // One connection: the temporary table is its own.
  await owner.connection().execute(async (connection) => {
    for (const statement of STATEMENTS) {
      const text = statement.replaceAll('FILES', perCase).replaceAll('SEED', String((seed % 1000) / 1000));
      await sql.raw(text).execute(connection);
    }
    await sql.raw('drop table drawn').execute(connection);
  });
};

/** A file name's part that a few files have, and the SHA-256 of a content that somebody holds. */
export const RARE_WORDS = 'IMG_777';
export const contentDigest = (number) => sql`sha256(convert_to(${`content ${number}`}, 'UTF8'))`;
