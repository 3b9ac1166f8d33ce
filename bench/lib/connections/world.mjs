// A store of 300 exhibits in 40 cases of two agencies, and of one that nobody here sees, written as rows. As in the sample operation
// (packages/synth, world/plan.ts) files go round in rings of exhibits and rarely leave them, and a few are copied far more than the
// others; near copies are stacked and matched as the matcher does it, and rooms recur.
import { sql } from 'kysely';

const EXHIBITS = 300;

/** Of ten contents 6 to 9 are near copies of one another; 0 and 5 show one room; 2 is a part of 1. */
const RELATED = [
  ...[6, 7, 8, 9].flatMap((one) =>
    [7, 8, 9].filter((other) => other > one).map((other) => [one, other, 'same content', 18]),
  ),
  [0, 5, 'same scene', 10.8],
  [1, 2, 'partial', 10.8],
];

const RINGS = 30;
/** By a chance of 0.04 out of the two rings of exhibit `n`. */
const RING = `case when random() < 0.04 then floor(random() * ${RINGS})::integer when random() < 0.5 then n % ${RINGS} else (n * 7 + 3) % ${RINGS} end`;
/** Of a ring: drawn by the weight 1 / (0.08 + u) ^ 1.2. */
const DRAWN = `${RING} * RINGSIZE + least(RINGSIZE - 1, floor(RINGSIZE * (power(1.6572 - random() * 0.6725, -5) - 0.08)))::integer`;

/** SHA-256 of a content by its number. */
const digest = (number) => `sha256(convert_to('content ' || (${number}), 'UTF8'))`;

/** Contents and media for the rows of `drawn` (agency_id, content) that lack them. */
const FILL_MEDIA = [
  `insert into contents (sha256, sha1, md5, size_bytes, mime, kind)
    select d, substring(d for 20), substring(d for 16), 3000000, 'image/jpeg', 'image'
    from (select distinct ${digest('content')} as d from drawn) s on conflict (sha256) do nothing`,
  `insert into media (agency_id, content_id, sha256, sha1, md5, size_bytes, mime, kind, state, comparable, width, height)
    select distinct f.agency_id, c.id, c.sha256, c.sha1, c.md5, c.size_bytes, c.mime, c.kind, 'ready', true, 640, 480
    from drawn f join contents c on c.sha256 = ${digest('f.content')} on conflict (agency_id, content_id) do nothing`,
];

const NUMBERED = `numbered as materialized (
  select m.id, m.agency_id, f.content from (select distinct agency_id, content from drawn) f
    join media m on m.agency_id = f.agency_id and m.sha256 = ${digest('f.content')})`;

/** Matches of the media of `drawn` with those that there are, in both directions of the relation. */
const FILL_MATCHES = RELATED.flatMap(([one, other, grade, bits]) =>
  [
    [one, other],
    [other, one],
  ].map(
    ([mine, theirs]) => `with ${NUMBERED}
    insert into matches (media_a, media_b, agency_a, agency_b, grade, method, version, value, threshold, unit, bits, decoder, reasons)
    select least(a.id, b.id), greatest(a.id, b.id), case when a.id < b.id then a.agency_id else b.agency_id end,
      case when a.id < b.id then b.agency_id else a.agency_id end, '${grade}', 'pdq', 1, 10, 31, 'bits', ${bits}, 'bench',
      '[{"method":"pdq","version":1,"grade":"${grade}","value":10,"threshold":31,"unit":"bits","bits":${bits},"where":{"a":{},"b":{}}}]'
    from numbered a join media b on b.sha256 = ${digest(`a.content - ${mine} + ${theirs}`)}
    where a.content % 10 = ${mine} on conflict (media_a, media_b, grade) do nothing`,
  ),
);

/** A stack is led by the least of its media that the agency has. */
const FILL_STACKS = [
  `with ${NUMBERED}, led as (
      select distinct n.agency_id, s.content, s.i from numbered n cross join lateral (
        select n.content - n.content % 10 + i as content, i from generate_series(6, 9) i) s where n.content % 10 >= 6),
    members as (select m.id, m.agency_id, l.content - l.i as family, l.i from led l
      join media m on m.agency_id = l.agency_id and m.sha256 = ${digest('l.content')}),
    leaders as (select distinct on (agency_id, family) agency_id, family, id from members order by agency_id, family, i)
    update media set representative_id = l.id from members m join leaders l on l.agency_id = m.agency_id and l.family = m.family
    where media.id = m.id and media.representative_id is distinct from l.id`,
];

const FILES = `insert into occurrences (agency_id, case_id, exhibit_id, media_id, path, size_bytes, state)
  select f.agency_id, f.case_id, f.exhibit_id, m.id, 'DCIM/IMG_' || f.content || '_' || i || '.jpg', 3000000, 'stored'
  from drawn f join media m on m.agency_id = f.agency_id and m.sha256 = ${digest('f.content')}`;

const STATEMENTS = [
  `select setseed(SEED)`,
  `insert into agencies (name, country) values ('Alpha', 'ES'), ('Beta', 'PT'), ('Gamma', 'FR')`,
  `insert into users (agency_id, login, display_name, roles) select id, lower(name), name, '{officer}' from agencies`,
  `insert into operations (agency_id, reference, name) select id, 'tantalus', 'Tantalus' from agencies where name = 'Alpha'`,
  `insert into operation_members (operation_id, agency_id) select o.id, a.id from operations o, agencies a where a.name in ('Alpha', 'Beta')`,
  `insert into cases (agency_id, reference, created_by, operation_id, shared_with_operation)
    select a.id, a.name || '-' || i, u.id, case when a.name <> 'Gamma' then o.id end, a.name <> 'Gamma'
    from agencies a join users u on u.agency_id = a.id cross join operations o
      cross join generate_series(1, case a.name when 'Alpha' then 28 when 'Beta' then 12 else 4 end) i`,
  `insert into exhibits (agency_id, case_id, reference, kind, source_path, created_by, state, files_seen)
    select c.agency_id, c.id, c.reference || '/' || n, 'folder', '/', c.created_by, 'complete', EACH
    from generate_series(1, ${EXHIBITS}) n join (select *, row_number() over (order by reference) - 1 as place from cases where shared_with_operation) c
      on c.place = n % 40
    union all select agency_id, id, reference || '/1', 'folder', '/', created_by, 'complete', EACH from cases where not shared_with_operation`,
  `create temporary table drawn on commit preserve rows as
    select e.id as exhibit_id, e.agency_id, e.case_id, i, ${DRAWN} as content
    from (select *, row_number() over (order by reference)::integer as n from exhibits) e cross join generate_series(1, EACH) i`,
  ...FILL_MEDIA,
  FILES,
  ...FILL_MATCHES,
  ...FILL_STACKS,
  `drop table drawn`,
  `vacuum analyze`,
];

/** What a matcher writes of a new exhibit: nine of ten of its files are copies of what there is. Names: `NEW` is a case of Alpha's. */
const MORE = [
  `insert into exhibits (agency_id, case_id, reference, kind, source_path, created_by, state, files_seen)
    select agency_id, id, 'new ' || RUN, 'folder', '/', created_by, 'complete', 1000 from cases where reference = 'Alpha-1'`,
  `create temporary table drawn on commit preserve rows as
    select e.id as exhibit_id, e.agency_id, e.case_id, i,
      case when i % 10 = 0 then ${RINGS} * RINGSIZE + RUN * 1000 + i + i / 10 % 10 else ${DRAWN} end as content
    from (select *, RUN as n from exhibits) e cross join generate_series(1, 1000) i where e.reference = 'new ' || RUN`,
  ...FILL_MEDIA,
  FILES,
  ...FILL_MATCHES,
  ...FILL_STACKS,
  `drop table drawn`,
];

const runAll = (owner, statements, words) =>
  owner.connection().execute(async (connection) => {
    for (const statement of statements)
      await sql
        .raw(statement.replaceAll(/\b(SEED|EACH|RINGSIZE|RUN)\b/g, (word) => String(words[word])))
        .execute(connection);
  });

/** Three files a content, families of ten whole. */
const ringSizeOf = (files) => Math.round(files / 3 / RINGS / 10) * 10;

/** Fills an empty store as its owner. */
export const fillWorld = (owner, { files, seed }) =>
  runAll(owner, STATEMENTS, {
    SEED: (seed % 1000) / 1000,
    EACH: Math.round(files / EXHIBITS),
    RINGSIZE: ringSizeOf(files),
  });

/** One more exhibit of 1,000 files in a case of Alpha's. `run`: a number that was not used before. */
export const addExhibit = (owner, { files, run }) => runAll(owner, MORE, { RUN: run, RINGSIZE: ringSizeOf(files) });
