// The rules of row-level security, read from the catalogue of the database itself: a table, view, key or function that
// somebody adds and that breaks one fails here, unless it stands in a list of exceptions with its reason.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Store } from '../../packages/server/src/store/index.js';
import { openNewStore } from './new-store.js';
import { temporaryFolder } from './store-fixture.js';

const folder = temporaryFolder();
let store: Store<'owner' | 'app'>;
beforeAll(async () => {
  store = await openNewStore(`${folder.path}/data`, ['owner', 'app']);
});
afterAll(async () => {
  await store.close();
  folder.remove();
});

const rowsOf = async <Row>(query: string): Promise<readonly Row[]> =>
  (await sql.raw<Row>(query).execute(store.owner)).rows;
const namesOf = async (query: string): Promise<string[]> =>
  (await rowsOf<{ name: string }>(query)).map(({ name }) => name).sort();

/** What was found, less what is argued for; an exception that nothing needs any more is an error as well. */
const expectOnly = (found: readonly string[], exceptions: Readonly<Record<string, string>>): void =>
  expect([...found].sort()).toEqual(Object.keys(exceptions).sort());

const OURS = `n.nspname = 'public' and c.relname not like 'kysely_migration%'`;
const ROLES = `('redthread_app', 'redthread_worker', 'redthread_matcher', 'redthread_sealer')`;

describe('tables', () => {
  it('are all under row-level security, forced on their owner too', async () => {
    const open = await namesOf(`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)`);
    expectOnly(open, { store_settings: 'facts of the instance that every process must agree on; of no agency' });
  });

  it('that are partitions, partitioned or materialised are granted to nobody: policies do not reach them', async () => {
    const granted =
      await namesOf(`select distinct c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join information_schema.role_table_grants g on g.table_name = c.relname and g.grantee in ${ROLES}
      where ${OURS} and (c.relkind in ('m', 'p') or c.relispartition or exists (select from pg_inherits i where i.inhrelid = c.oid))`);
    expectOnly(granted, {});
  });

  it('are seen through views only with the rights of whoever asks', async () => {
    const views = await namesOf(`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and c.relkind = 'v' and not coalesce(c.reloptions::text ~ 'security_invoker=(true|on|1)', false)`);
    expectOnly(views, {});
  });

  it('are granted to nobody in general, and owned by none of the roles', async () => {
    expectOnly(
      await namesOf(`select distinct table_name as name from information_schema.role_table_grants
        where table_schema = 'public' and grantee = 'PUBLIC'`),
      {},
    );
    expectOnly(
      await namesOf(`select rolname as name from pg_roles where rolname in ${ROLES} and (rolsuper or rolbypassrls or rolcreaterole
        or rolcreatedb or rolreplication or exists (select from pg_class c where c.relowner = pg_roles.oid)
        or exists (select from pg_auth_members m where m.member = pg_roles.oid))`),
      {},
    );
  });

  it('that the web never reads are granted to it in no part', async () => {
    const unread = await namesOf(`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and c.relkind = 'r' and not has_any_column_privilege('redthread_app', c.oid, 'select, insert, update')
        and not has_table_privilege('redthread_app', c.oid, 'delete, truncate')`);
    expect(unread).toEqual(
      expect.arrayContaining(['contents', 'index_changes', 'index_snapshots', 'setup_tokens', 'signals']),
    );
  });
});

describe('policies', () => {
  it('of the web are for one command each: one for all commands lets whoever may change a row also see it', async () => {
    const all = await namesOf(`select tablename || '.' || policyname as name from pg_policies
      where 'redthread_app' = any(roles) and cmd = 'ALL'`);
    expectOnly(all, {
      'audit_events.app_write': 'rows are seen by the same condition; insert is the only command that is granted',
      'key_handovers.asked_by_processes': 'questions of processes for a key, sealed to each; of no agency',
      'processes.own_processes_redthread_app': 'a server keeps its own row; all are seen by all',
    });
  });

  it('let nothing through unasked', async () => {
    const all = await namesOf(`select tablename || '.' || policyname as name from pg_policies
      where ('redthread_app' = any(roles) or 'public' = any(roles)) and (coalesce(qual, 'true') = 'true' and coalesce(with_check, 'true') = 'true')`);
    expectOnly(all, {
      'key_handovers.asked_by_processes': 'questions of processes for a key, sealed to each; of no agency',
      'processes.seen_by_all': 'which processes live, and how far an index is; of no agency',
      'signing_keys.app_see': 'the public keys that the heads of the record are signed with; of no agency',
    });
    expectOnly(
      await namesOf(`select tablename || '.' || policyname as name from pg_policies where 'public' = any(roles)`),
      {},
    );
  });

  it('exist for every command that is granted', async () => {
    const bare = await namesOf(`select g.table_name || ' ' || g.privilege_type as name
      from (select distinct table_name, privilege_type from information_schema.column_privileges where grantee = 'redthread_app'
        union select distinct table_name, privilege_type from information_schema.role_table_grants where grantee = 'redthread_app') g
      where not exists (select from pg_policies p where p.tablename = g.table_name and 'redthread_app' = any(p.roles)
        and p.cmd in ('ALL', g.privilege_type))`);
    expectOnly(bare, { 'store_settings SELECT': 'facts of the instance; under no row-level security' });
  });

  it('and functions read a setting only so that an empty one is nobody', async () => {
    const careless = await namesOf(`
      select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public'
        and regexp_replace(p.prosrc, 'nullif\\(current_setting\\(''app\\.\\w+'', true\\), ''''\\)', '', 'g') ~ 'current_setting'
      union all
      select tablename || '.' || policyname from pg_policies where coalesce(qual, '') || coalesce(with_check, '') ~ 'current_setting'
        and regexp_replace(coalesce(qual, '') || coalesce(with_check, ''),
          'NULLIF\\(current_setting\\(''app\\.\\w+''::text, true\\), ''''::text\\)', '', 'g') ~ 'current_setting'`);
    expectOnly(careless, {});
  });
});

describe('functions that look past a policy', () => {
  const definer = `from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public' and p.prosecdef`;

  it('have a fixed path, in which temporary tables come last', async () => {
    const loose = await namesOf(
      `select p.proname as name ${definer} and not coalesce('search_path=public, pg_temp' = any(p.proconfig), false)`,
    );
    expectOnly(loose, { refresh_statistics: 'names tables to ANALYZE, reads and answers nothing' });
  });

  it('are executed by the roles that they are for, never by everybody', async () => {
    // A trigger function cannot be called.
    const everybody = await namesOf(`select p.proname as name ${definer} and p.prorettype <> 'trigger'::regtype
      and (p.proacl is null or exists (select from aclexplode(p.proacl) a where a.grantee = 0))`);
    expectOnly(everybody, {});
  });
});

describe('keys', () => {
  it('carry their agency or are over random ids: one that is unique over all agencies tells a stranger that a row exists', async () => {
    const keys = await rowsOf<{ name: string; columns: string; safe: boolean }>(`
      select c.relname || ' (' || string_agg(a.attname, ', ' order by k.place) || ')' as name,
        bool_or(a.atttypid = 'uuid'::regtype) as safe
      from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
        cross join lateral unnest(i.indkey::int2[]) with ordinality k (attnum, place)
        left join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
      where ${OURS} and i.indisunique group by c.relname, i.indexrelid`);
    expectOnly(
      keys.filter(({ safe }) => !safe).map(({ name }) => name),
      {
        'agencies (name)': 'founded by operators, who see all of them',
        'api_keys (key_hash)': 'digest of 256 random bits',
        'audit_anchors (number)': 'of the sealer alone',
        'audit_events (id)': 'the order of writing; given by the database, shown to nobody',
        'audit_record_heads (round)': 'of the sealer alone',
        'contact_sweeps (day)': 'days on which contacts were written; of nobody but the function that writes them',
        'contents (id)': 'of the system: no person reads or writes contents',
        'contents (sha256)': 'of the system: no person reads or writes contents',
        'index_changes (xid, id)': 'of the matcher alone',
        'sessions (token_hash)': 'digest of 256 random bits',
        'setup_tokens (token_hash)': 'digest of 256 random bits, read by nobody',
        'signals (content_id, method, version)': 'of the system',
        'signals (id)': 'of the system',
        'signing_keys (key)': 'digest of a public key; of the instance',
        'signing_keys (previous)': 'one key follows each; of the instance',
        'store_settings (key)': 'facts of the instance',
        'users (login)':
          'the name that somebody signs in with, without saying of which agency: an administrator learns that one is taken, not whose',
        'users (os_account)': 'an account of the machine belongs to one user; as users (login)',
        'vault_objects (name)': 'an HMAC under the key of the agency',
        'work (id)': 'the order of the queue; of the workers alone',
      },
    );
  });

  it('that point at a row of an agency say which agency', async () => {
    const single = await namesOf(`
      select c.relname || ' (' || string_agg(a.attname, ', ' order by k.place) || ') -> ' || f.relname as name
      from pg_constraint x join pg_class c on c.oid = x.conrelid join pg_class f on f.oid = x.confrelid
        join pg_namespace n on n.oid = c.relnamespace
        cross join lateral unnest(x.conkey) with ordinality k (attnum, place)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
      where ${OURS} and x.contype = 'f' and f.relname <> 'agencies'
        and exists (select from pg_attribute o where o.attrelid = f.oid and o.attname = 'agency_id')
      group by c.relname, f.relname, x.oid having not bool_or(a.attname ~ 'agency_id$')`);
    const joint = 'an operation is of several agencies; membership is asked by the policy';
    expectOnly(single, {
      'asks (operation_id) -> operations': joint,
      'cases (operation_id) -> operations': joint,
      'chat_pairs (agency_a, chat_a) -> chats': 'a pair is of two agencies, which stand in its keys',
      'chat_pairs (agency_b, chat_b) -> chats': 'a pair is of two agencies, which stand in its keys',
      'list_uploads (operation_id) -> operations': joint,
      'lists (operation_id) -> operations': joint,
      'matches (media_a) -> media': 'a match is of two agencies, which stand beside; written by the matcher alone',
      'matches (media_b) -> media': 'a match is of two agencies, which stand beside; written by the matcher alone',
      'notes (operation_id) -> operations': joint,
      'operation_invitations (operation_id) -> operations': joint,
      'operation_members (operation_id) -> operations': joint,
      'tasks (operation_id) -> operations': joint,
    });
  });

  it('of rows that a person reaches are drawn, not counted', async () => {
    const counted = await namesOf(`select c.relname || '.' || a.attname as name
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where ${OURS} and c.relkind = 'r' and a.attnum > 0 and (a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) ~ 'nextval|pg_current_xact_id')
        and has_column_privilege('redthread_app', c.oid, a.attnum, 'select')`);
    expectOnly(counted, {});
  });

  it('that say whose a row is are changed by nobody', async () => {
    const movable =
      await namesOf(`select table_name || '.' || column_name as name from information_schema.column_privileges
      where grantee = 'redthread_app' and privilege_type = 'UPDATE' and (column_name ~ 'agency_id$' or column_name in ('user_id', 'case_id', 'id'))`);
    expectOnly(movable, {});
  });
});

describe('a query outside the one helper', () => {
  it('sees nothing, table by table, and can be asked by no code that compiles', async () => {
    const app = store.app as unknown as typeof store.owner;
    const tables = await namesOf(`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${OURS} and c.relkind = 'r' and has_any_column_privilege('redthread_app', c.oid, 'select')`);
    await store.owner.insertInto('agencies').values({ name: 'Norte', country: 'ES' }).execute();
    const seen: string[] = [];
    for (const table of tables) {
      const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(app);
      if ((rows[0]?.n ?? 0) > 0) seen.push(table);
    }
    expect(tables.length).toBeGreaterThan(20);
    expectOnly(seen, { store_settings: 'facts of the instance' });
    // @ts-expect-error: the pool of the role has no methods; a transaction that acts for somebody has.
    expect(typeof store.app.selectFrom).toBe('function');
  });
});
