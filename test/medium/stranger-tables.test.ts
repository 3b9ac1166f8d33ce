// The stranger test, table by table: every table that the catalogue of the database lists is read and written as everybody
// whom a row of it may concern. A table that is added and not said anything about here fails.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withContext, withNobody, type Database, type Trx } from '../../packages/server/src/store/index.js';
import { contextOfPerson } from './api-fixture.js';
import { ACCOUNT_TABLES } from './stranger-account.js';
import { NEVER, OF_THE_INSTANCE } from './stranger-apart.js';
import { CHAT_TABLES } from './stranger-chats.js';
import { openStrangerWorld, PERSONAS, type Names, type Persona, type StrangerWorld } from './stranger-world.js';

interface Rows {
  /** Condition on the rows of the world that are asked for, in columns that the web may read. */
  readonly rows: (names: Names, of: StrangerWorld['people']) => string;
  readonly seen: readonly Persona[];
  /** Who may write such a row, change it in any column, or delete it; by default nobody. */
  readonly added?: readonly Persona[];
  readonly changed?: readonly Persona[];
  /** The change, where leaving every column as it is would not be one. */
  readonly change?: string;
  readonly removed?: readonly Persona[];
}

const OWN = { rows: ({ agency }: Names) => `agency_id = '${agency}'`, seen: ['owner', 'colleague'] } as const;
const OF_MEDIA = { rows: ({ media }: Names) => `media_id = '${media}'`, seen: ['owner', 'shared'] } as const;
const OF_EXHIBIT = { rows: ({ exhibit }: Names) => `exhibit_id = '${exhibit}'`, seen: ['owner'] } as const;
const SELF = {
  rows: (_: Names, { owner }: StrangerWorld['people']) => `user_id = '${owner.id}'`,
  seen: ['owner'],
} as const;
const MEMBERS = ['owner', 'colleague', 'shared', 'unshared'] as const;

const TAKEN_BACK = `retracted_at = now(), retracted_by = app_user(), retracted_login = 'x', retract_reason = 'a mistake'`;

const TABLES: Partial<Record<keyof Database, Rows>> = {
  agencies: { rows: ({ agency }) => `id = '${agency}'`, seen: MEMBERS },
  users: { ...OWN },
  ...ACCOUNT_TABLES,
  operations: { rows: ({ operation }) => `id = '${operation}'`, seen: MEMBERS },
  operation_members: {
    rows: ({ operation, agency }) => `operation_id = '${operation}' and agency_id = '${agency}'`,
    seen: MEMBERS,
  },
  operation_invitations: {
    rows: ({ invitation }) => `id = '${invitation}'`,
    // The stranger's and Beta's operation invites Alpha.
    seen: ['owner', 'colleague', 'shared', 'stranger'],
  },
  notices: { rows: ({ notice }) => `id = '${notice}'`, seen: ['owner'] },
  notice_reads: { ...SELF, added: ['owner'] },
  handling_codes: {
    rows: ({ agency }) => `agency_id = '${agency}' and code = 'TLP:CLEAR'`,
    seen: ['owner', 'colleague'],
    added: ['owner', 'colleague'],
    changed: ['owner', 'colleague'],
    removed: ['owner', 'colleague'],
  },
  handling_recipients: { ...OWN, added: ['owner', 'colleague'], removed: ['owner', 'colleague'] },
  cases: {
    rows: ({ case: id }) => `id = '${id}'`,
    seen: ['owner', 'shared'],
    added: ['owner'],
    changed: ['owner'],
  },
  case_access: {
    rows: ({ access }) => `id = '${access}'`,
    seen: ['owner', 'shared'],
    changed: ['owner'],
    change: 'ended_at = now(), ended_by = app_user()',
  },
  contacts: {
    rows: ({ contact }) => `id = '${contact}'`,
    seen: ['owner'],
    changed: ['owner'],
    change: `status = 'acknowledged', answered_by = app_user(), answered_login = 'anna', answered_at = now()`,
  },
  notes: {
    rows: ({ note }) => `id = '${note}'`,
    seen: ['owner', 'shared'],
    added: ['owner'],
    changed: ['owner'],
    change: `retracted_at = now(), retract_reason = 'a mistake'`,
  },
  note_reads: { rows: ({ note }) => `note_id = '${note}'`, seen: ['owner', 'shared'], added: ['shared'] },
  tasks: { rows: ({ task }) => `id = '${task}'`, seen: ['owner'], added: ['owner'] },
  task_steps: { rows: ({ task }) => `task_id = '${task}'`, seen: ['owner'], added: ['owner'] },
  // Delta's country is asked.
  asks: {
    rows: ({ ask }) => `id = '${ask}'`,
    seen: ['owner', 'unshared'],
    added: ['owner'],
    changed: ['owner'],
    change: `state = 'closed'`,
  },
  ask_crops: { rows: ({ ask }) => `ask_id = '${ask}'`, seen: ['owner', 'unshared'], added: ['owner'] },
  ask_looks: { rows: ({ ask }) => `ask_id = '${ask}'`, seen: ['owner'], added: ['owner'] },
  ask_answers: { rows: ({ ask }) => `ask_id = '${ask}'`, seen: ['owner', 'unshared'], added: ['unshared'] },
  break_glass: { rows: ({ break: id }) => `id = '${id}'`, seen: ['owner'] },
  exhibits: {
    rows: ({ exhibit }) => `id = '${exhibit}'`,
    seen: ['owner', 'shared'],
    added: ['owner'],
    changed: ['owner'],
  },
  occurrences: { ...OF_MEDIA },
  media: { rows: ({ media }) => `id = '${media}'`, seen: ['owner', 'shared'] },
  media_metadata: { ...OF_MEDIA },
  ...CHAT_TABLES,
  envelopes: { ...OF_MEDIA },
  case_keys: { rows: ({ case: id }) => `case_id = '${id}'`, seen: ['owner', 'shared'] },
  agency_keys: { ...OWN },
  vault_objects: { ...OF_MEDIA },
  work: { ...OF_MEDIA },
  matches: {
    rows: ({ media, mediaTwo }) => `'${media}' in (media_a, media_b) and '${mediaTwo}' in (media_a, media_b)`,
    seen: ['owner', 'shared'],
  },
  lists: {
    rows: ({ list }) => `id = '${list}'`,
    seen: ['owner', 'colleague', 'shared'],
    changed: ['owner', 'colleague'],
  },
  negative_digests: {
    rows: (_, { owner }) => `set_by = '${owner.id}'`,
    seen: ['owner', 'colleague'],
    added: ['owner'],
    changed: ['owner', 'colleague'],
    change: `state = 'negative', reason = 'x', set_by = app_user(), set_login = 'x'`,
  },
  standing_searches: { ...SELF, added: ['owner'], changed: ['owner'] },
  standing_hits: { rows: ({ standing }) => `search_id = '${standing}'`, seen: ['owner'], added: ['owner'] },
  standing_looks: { rows: ({ standing }) => `search_id = '${standing}'`, seen: ['owner'], added: ['owner'] },
  list_uploads: { ...SELF, added: ['owner'], changed: ['owner'], removed: ['owner'] },
  list_hits: {
    rows: ({ list, media }) => `list_id = '${list}' and media_id = '${media}'`,
    seen: ['owner', 'shared'],
  },
  legal_bases: {
    rows: ({ basis }) => `id = '${basis}'`,
    seen: ['owner', 'shared'],
    added: ['owner'],
    changed: ['owner'],
    change: `withdrawn_at = now(), withdrawn_by = app_user(), withdrawn_login = 'x', withdrawn_reason = 'a mistake'`,
  },
  verdicts: {
    rows: ({ verdict }) => `id = '${verdict}'`,
    seen: ['owner', 'shared'],
    added: ['owner'],
    changed: ['owner'],
    change: `retracted_at = now(), retract_reason = 'a mistake'`,
  },
  reports: { ...SELF, added: ['owner'] },
  reviews: { ...SELF, added: ['owner'], changed: ['owner'], removed: ['owner'] },
  care_settings: { ...SELF, added: ['owner'], changed: ['owner'] },
  own_settings: { ...SELF, added: ['owner'], changed: ['owner'] },
  care_floors: {
    ...OWN,
    added: ['owner'],
    changed: ['owner'],
    change: 'set_by = app_user()',
  },
  review_pages: { rows: ({ review }) => `review_id = '${review}'`, seen: ['owner'], added: ['owner'] },
  review_claims: {
    // Of its agency alone, and of those of it who see the media.
    rows: ({ media }) => `media_id = '${media}'`,
    seen: ['owner'],
    added: ['owner'],
    changed: ['owner'],
    removed: ['owner'],
  },
  connection_decisions: {
    rows: ({ agency }) => `agency_id = '${agency}'`,
    seen: ['owner', 'shared'],
    added: ['owner'],
  },
  verdict_rules: {
    rows: ({ agency }) => `agency_id = '${agency}'`,
    seen: MEMBERS,
    added: ['owner'],
    changed: ['owner'],
    change: `quorum = 1, set_by = app_user()`,
  },
  competence_tests: {
    rows: ({ test }) => `id = '${test}'`,
    seen: ['owner'],
    added: ['owner'],
    changed: ['owner'],
  },
  entities: {
    rows: ({ entity, series }) => `id in ('${entity}', '${series}')`,
    seen: ['owner', 'shared'],
    added: ['owner'],
  },
  outcome_releases: {
    rows: ({ series }) => `series_id = '${series}'`,
    seen: ['owner'],
    added: ['owner'],
    changed: ['owner'],
    change: `withdrawn_at = now(), withdrawn_by = app_user(), withdrawn_login = 'x', withdraw_reason = 'a mistake'`,
  },
  // Written with the release, of which the contributor learns nothing else.
  outcomes: { rows: ({ outcome }) => `id = '${outcome}'`, seen: ['owner'] },
  outcome_media: { rows: ({ outcome }) => `outcome_id = '${outcome}'`, seen: ['owner'] },
  at_risk_marks: {
    rows: ({ mark }) => `id = '${mark}'`,
    seen: ['owner', 'shared'],
    added: ['owner'],
    changed: ['owner'],
    change: `ended_at = now(), ended_by = app_user(), ended_login = 'x', end_reason = 'a mistake'`,
  },
  external_ids: {
    rows: ({ externalId }) => `id = '${externalId}'`,
    seen: ['owner', 'shared'],
    added: ['owner'],
    changed: ['owner'],
    change: TAKEN_BACK,
  },
  series_statements: {
    rows: ({ statement }) => `id = '${statement}'`,
    seen: ['owner', 'shared'],
    added: ['owner'],
    changed: ['owner'],
    change: TAKEN_BACK,
  },
  series_steps: {
    rows: ({ series }) => `entity_id = '${series}'`,
    seen: ['owner', 'shared'],
    added: ['owner'],
  },
  assertions: {
    rows: ({ assertion }) => `id = '${assertion}'`,
    seen: ['owner', 'shared'],
    added: ['owner'],
    changed: ['owner'],
    change: TAKEN_BACK,
  },
  contributions: {
    rows: ({ contribution }) => `id = '${contribution}'`,
    seen: ['owner'],
    added: ['owner'],
    changed: ['owner'],
    change: `file_sha256 = sha256('x')`,
  },
  contribution_items: {
    rows: ({ contribution }) => `contribution_id = '${contribution}'`,
    seen: ['owner'],
    added: ['owner'],
    changed: ['owner'],
    change: `withdrawn_at = now(), withdraw_reason = 'a mistake'`,
  },
  exchange_keys: { ...OWN, added: ['owner'] },
  exchange_peers: {
    ...OWN,
    added: ['owner'],
    changed: ['owner'],
    change: `removed_at = now(), removed_login = 'x'`,
  },
  // Written with the list that it became.
  package_receipts: { ...OWN },
  scheme_files: {
    rows: ({ agency }) => `agency_id = '${agency}'`,
    // Of the instance, like the schemes that are shipped; loaded by operators.
    seen: PERSONAS,
  },
  ingest_runs: { ...OF_EXHIBIT, added: ['owner'], changed: ['owner'] },
  uploads: { ...OF_EXHIBIT, added: ['owner'], changed: ['owner'], removed: ['owner'] },
  upload_chunks: { ...OWN, seen: ['owner'], added: ['owner'], changed: ['owner'] },
  self_tests: { ...OWN, added: ['owner'] },
  requests: {
    rows: ({ requestId }) => `id = '${requestId}'`,
    seen: ['owner'],
    changed: ['owner'],
    change: `state = 'refused', decided_by = app_user()`,
  },
  custody_entries: { rows: ({ exhibit }) => `exhibit_id = '${exhibit}'`, seen: ['owner'], added: ['owner'] },
  case_holds: {
    rows: ({ case: id }) => `case_id = '${id}'`,
    seen: ['owner'],
    added: ['owner'],
    changed: ['owner'],
    change: 'released_at = now(), released_by = app_user()',
  },
  destructions: { rows: ({ case: id }) => `case_id = '${id}'`, seen: ['owner'] },
  audit_events: { ...OWN, added: ['owner'] },
  audit_waiting: { ...OWN },
  audit_sealed: { ...OWN },
  audit_heads: { ...OWN },
};

let world: StrangerWorld;
beforeAll(async () => {
  world = await openStrangerWorld();
});
afterAll(() => world.api.close());

const DENIED = '42501';
const UNDONE = Symbol('undone');

/** Runs in a transaction of that person's, or of nobody's, and takes back whatever it did. */
const as = async <T>(who: Persona | 'nobody', work: (trx: Trx) => Promise<T>): Promise<T> => {
  let answer: T | undefined;
  const inside = async (trx: Trx): Promise<never> => {
    answer = await work(trx);
    throw UNDONE;
  };
  const { store } = world.api;
  const person = who === 'nobody' ? null : world.people[who];
  await (
    person === null ? withNobody(store.app, inside) : withContext(store.app, contextOfPerson(person), inside)
  ).catch((error: unknown) => {
    if (error !== UNDONE) throw error;
  });
  return answer as T;
};

/** Rows that a statement reached; null where the right to it is missing altogether. */
const reached = (who: Persona | 'nobody', statement: string): Promise<number | null> =>
  as(who, async (trx) => {
    const result = await sql.raw(statement).execute(trx);
    return Number(result.numAffectedRows ?? result.rows.length);
  }).catch((error: { code?: string }) => {
    if (error.code === DENIED) return null;
    throw error;
  });

/** Columns that the role of the web may write by this command; where there is none any column, to be refused. */
const columnsFor = async (table: string, command: 'INSERT' | 'UPDATE'): Promise<string[]> => {
  const { rows } = await sql<{ name: string; granted: boolean }>`
    select c.column_name as name, exists (select from information_schema.column_privileges p where p.grantee = 'redthread_app'
      and p.table_schema = 'public' and p.table_name = c.table_name and p.column_name = c.column_name
      and p.privilege_type = ${command}) as granted
    from information_schema.columns c where c.table_schema = 'public' and c.table_name = ${table} order by 1`.execute(
    world.api.store.owner,
  );
  const granted = rows.filter((row) => row.granted);
  return (granted.length > 0 ? granted : rows.slice(0, 1)).map(({ name }) => `"${name}"`);
};

describe.each(Object.entries(TABLES))('%s', (table, { rows, seen, added = [], changed = [], removed = [], change }) => {
  const condition = () => rows(world.names, world.people);

  it('is seen by whom it concerns, and by nobody else', async () => {
    const who: string[] = [];
    for (const persona of [...PERSONAS, 'nobody'] as const)
      if (((await reached(persona, `select 1 from ${table} where ${condition()}`)) ?? 0) > 0) who.push(persona);
    expect(who.sort()).toEqual([...seen].sort());
  });

  it('is added to by nobody in the name of another', async () => {
    const { rows: found } = await sql<{ row: object }>`select to_jsonb(t) as row from ${sql.table(table)} t
      where ${sql.raw(condition())} limit 1`.execute(world.api.store.owner);
    const row = found[0]?.row ?? {};
    const again = 'id' in row && typeof row.id === 'string' ? { ...row, id: crypto.randomUUID() } : row;
    const columns = (await columnsFor(table, 'INSERT')).join(', ');
    const insert = `insert into ${table} (${columns})
      select ${columns} from jsonb_populate_record(null::${table}, '${JSON.stringify(again).replaceAll("'", "''")}')`;
    const who: string[] = [];
    for (const persona of [...PERSONAS, 'nobody'] as const) {
      const count = await reached(persona, insert).catch((error: { code?: string }) =>
        // The row is there already: a key was in the way, after the policy let it through.
        ['23505', '23503'].includes(error.code ?? '') ? 1 : Promise.reject(error as Error),
      );
      if (count !== null) who.push(persona);
    }
    expect(who.sort()).toEqual([...added].sort());
  });

  it('is changed and emptied by those who may', async () => {
    const same = (await columnsFor(table, 'UPDATE')).map((column) => `${column} = ${column}`).join(', ');
    const update = `update ${table} set ${change ?? same} where ${condition()}`;
    const remove = `delete from ${table} where ${condition()}`;
    const changers: string[] = [];
    const removers: string[] = [];
    for (const persona of [...PERSONAS, 'nobody'] as const) {
      // A statement that is let at the row and refused for what it makes of it counts as denied.
      if (((await reached(persona, update)) ?? 0) > 0) changers.push(persona);
      if (((await reached(persona, remove)) ?? 0) > 0) removers.push(persona);
    }
    expect([changers.sort(), removers.sort()]).toEqual([[...changed].sort(), [...removed].sort()]);
  });
});

describe('tables', () => {
  it.each(NEVER)('%s is read and written by nobody of the web', async (table) => {
    for (const persona of [...PERSONAS, 'nobody'] as const)
      for (const statement of [`select 1 from ${table}`, `delete from ${table}`, `insert into ${table} default values`])
        expect(await reached(persona, statement)).toBeNull();
  });

  it('are all spoken of here: say of a new one who sees and writes its rows', async () => {
    const { rows } = await sql<{ name: string }>`select c.relname as name from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm', 'f')`.execute(world.api.store.owner);
    const known = new Set<string>([...Object.keys(TABLES), ...NEVER, ...Object.keys(OF_THE_INSTANCE)]);
    expect(rows.map(({ name }) => name).sort()).toEqual([...known].sort());
  });
});
