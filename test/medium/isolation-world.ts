// Two stores that are alike but for what others hide in one of them: drawn pictures with their real signals, the same random
// ids for the same things, matched by a real matcher in the order in which they come.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import sharp from 'sharp';
import { hashPassword } from '../../packages/server/src/features/accounts/index.js';
import { pictureOf } from '../../packages/server/src/features/search/read-picture.js';
import { runMatcher } from '../../packages/server/src/matcher/index.js';
import type { ComparableMedia } from '@redthread/core/graph';
import { openFixture, PASSWORD, type ApiFixture, type Client } from './api-fixture.js';
import { picture } from './ingest-world.js';
import { eventually } from './store-fixture.js';
import { storeList } from './stored-list.js';

/** The same in both stores. */
export const idOf = (name: string): string => {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

export interface Drawing {
  readonly name: string;
  readonly bytes: Buffer;
}

/** `scene`: drawn; `scene small`, `scene dim`: near copies of it. */
const drawings = new Map<string, Promise<Drawing>>();
const draw = async (name: string): Promise<Buffer> => {
  const [scene = '', edit] = name.split(' ');
  const whole = await picture(`isolation ${scene}`, 480, 360);
  if (edit === undefined) return whole;
  const edited = edit === 'small' ? sharp(whole).resize(320, 240) : sharp(whole).modulate({ brightness: 0.9 });
  return edited.jpeg({ quality: 75 }).toBuffer();
};
export const drawing = (name: string): Promise<Drawing> => {
  const made = drawings.get(name) ?? draw(name).then((bytes) => ({ name, bytes }));
  drawings.set(name, made);
  return made;
};

const measured = new Map<string, ComparableMedia>();

/** What is placed, in order. */
export interface Placed {
  readonly agency: 'North' | 'West' | 'South';
  readonly case: string;
  readonly exhibit: string;
  readonly names: readonly string[];
  /** In the second store alone. */
  readonly isHidden: boolean;
}

export interface IsolationStore {
  readonly api: ApiFixture;
  readonly nora: Client;
  close(): Promise<void>;
}

const STARTED_AT = Date.parse('2025-03-01T08:00:00Z');
const AGENCIES = ['North', 'West', 'South'] as const;
const OFFICERS = { North: 'nora', West: 'wim', South: 'sol' } as const;
export const OPERATION = idOf('operation');

const addPeople = async (api: ApiFixture): Promise<void> => {
  const { owner } = api.store;
  const password = await hashPassword(PASSWORD);
  for (const agency of AGENCIES) {
    await sql`insert into agencies (id, name, country) values (${idOf(agency)}::uuid, ${agency}, 'ES')`.execute(owner);
    await sql`insert into users (id, agency_id, login, display_name, roles, password_hash)
      values (${idOf(OFFICERS[agency])}::uuid, ${idOf(agency)}::uuid, ${OFFICERS[agency]}, ${OFFICERS[agency]},
        '{officer,coordinator,auditor}', ${password})`.execute(owner);
  }
  await sql`insert into operations (id, agency_id, reference, name) values (${OPERATION}::uuid, ${idOf('North')}::uuid, 'tantalus', 'Tantalus')`.execute(
    owner,
  );
  for (const agency of ['North', 'West'])
    await sql`insert into operation_members (operation_id, agency_id) values (${OPERATION}::uuid, ${idOf(agency)}::uuid)`.execute(
      owner,
    );
};

/** Rows of an exhibit as its ingest and its decoding write them, then matched. */
const place = async ({ store }: ApiFixture, { agency, case: reference, exhibit, names }: Placed, at: Date) => {
  const { owner } = store;
  const [agencyId, userId, caseId] = [idOf(agency), idOf(OFFICERS[agency]), idOf(reference)];
  const exhibitId = idOf(`${reference}/${exhibit}`);
  const isShared = reference !== 'W-2' && agency !== 'South';
  await sql`insert into cases (id, agency_id, reference, created_by, created_at, operation_id, shared_with_operation)
    values (${caseId}::uuid, ${agencyId}::uuid, ${reference}, ${userId}::uuid, ${at},
      ${isShared ? OPERATION : null}::uuid, ${isShared}) on conflict do nothing`.execute(owner);
  await sql`insert into exhibits (id, agency_id, case_id, reference, kind, source_path, created_by, created_at, state, completed_at)
    values (${exhibitId}::uuid, ${agencyId}::uuid, ${caseId}::uuid, ${exhibit}, 'folder', '/seized', ${userId}::uuid, ${at},
      'complete', ${at})`.execute(owner);
  for (const [i, name] of names.entries()) {
    const { bytes } = await drawing(name);
    const signals = measured.get(name) ?? (await pictureOf(store.config, bytes)).seen;
    measured.set(name, signals);
    const mediaId = idOf(`media ${agency} ${name}`);
    const digests = ['sha256', 'sha1', 'md5'].map((algorithm) => createHash(algorithm).update(bytes).digest());
    await sql`insert into contents (sha256, sha1, md5, size_bytes, mime, kind)
      values (${sql.join(digests)}, ${bytes.length}, 'image/jpeg', 'image') on conflict do nothing`.execute(owner);
    await sql`insert into media (id, agency_id, content_id, sha256, sha1, md5, size_bytes, mime, kind, width, height, state, comparable, created_at)
      select ${mediaId}::uuid, ${agencyId}::uuid, id, sha256, sha1, md5, size_bytes, mime, kind, 480, 360, 'ready', true, ${at}
      from contents where sha256 = ${digests[0]} on conflict do nothing`.execute(owner);
    for (const { method, version, quality, value } of signals.signals)
      await sql`insert into signals (content_id, method, version, decoder, quality, value)
        select id, ${method}, ${version}, 'the same', ${quality}, ${Buffer.from(value)} from contents where sha256 = ${digests[0]}
        on conflict do nothing`.execute(owner);
    await sql`insert into occurrences (id, agency_id, case_id, exhibit_id, media_id, path, size_bytes, state, created_at)
      values (${idOf(`${exhibitId} ${i}`)}::uuid, ${agencyId}::uuid, ${caseId}::uuid, ${exhibitId}::uuid, ${mediaId}::uuid,
        ${`DCIM/${name}.jpg`}, ${bytes.length}, 'stored', ${at})`.execute(owner);
    for (const stage of ['decode', 'match'])
      await sql`insert into work (agency_id, media_id, exhibit_id, stage, version, state, updated_at)
        values (${agencyId}::uuid, ${mediaId}::uuid, ${exhibitId}::uuid, ${stage}, 1, ${stage === 'match' ? 'queued' : 'done'}, ${at})
        on conflict do nothing`.execute(owner);
  }
  await sql`select pg_notify('redthread_work', 'match')`.execute(owner);
  await eventually('everything is matched', async () => {
    const { rows } = await sql`select from work where state <> 'done' limit 1`.execute(owner);
    return rows.length === 0;
  });
};

/** A list of hashes of an agency; none of them is shared. */
const addList = async ({ store }: ApiFixture, agency: 'North' | 'South', name: string): Promise<void> => {
  const id = idOf(`list of ${agency}`);
  const digest = createHash('md5')
    .update((await drawing(name)).bytes)
    .digest('hex');
  await storeList(store, {
    id,
    agencyId: idOf(agency),
    userId: idOf(OFFICERS[agency]),
    name: `of ${agency}`,
    createdAt: new Date(STARTED_AT),
    digests: [digest],
  });
};

export const openIsolationStore = async (steps: readonly Placed[], withHidden: boolean): Promise<IsolationStore> => {
  const api = await openFixture();
  const stopping = new AbortController();
  const matcher = runMatcher(api.store.config, stopping.signal);
  await addPeople(api);
  await addList(api, 'North', 'attic');
  if (withHidden) await addList(api, 'South', 'bath');
  for (const [n, step] of steps.entries())
    if (withHidden || !step.isHidden) await place(api, step, new Date(STARTED_AT + n * 60_000));
  return {
    api,
    nora: await api.signIn('nora'),
    close: async () => {
      stopping.abort();
      await matcher;
      await api.close();
    },
  };
};
