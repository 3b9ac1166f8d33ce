// Row-level security of the role `app`, table by table. Each command has a policy of its own: one for all commands would let
// whoever may change a row also see it. The roles of worker and matcher see every row of what they are granted.
import { sql, type Kysely } from 'kysely';

const OWN = 'agency_id = app_agency()';
const OWN_WHOLE = (agency: string): string => `${agency} = whole_agency()`;
const IN = (column: string, set: string): string => `${column} in (select unnest(${set}()))`;
const NOT_IN = (column: string, set: string): string => `${column} not in (select unnest(${set}()))`;
/** An own case that is not hidden; written with the agency of its row. */
const OWN_CASE = (column = 'case_id'): string => `(agency_id = sight_agency() and ${NOT_IN(column, 'hidden_cases')})`;
const CASE = (column = 'case_id'): string => `(${OWN_CASE(column)} or ${IN(column, 'shared_cases')})`;
const EXHIBIT = (column: string): string => `(${CASE()} and ${NOT_IN(column, 'withheld_exhibits')})`;
/** Seen through a file of it: the policy of occurrences applies in here. `media` is written with its table. */
const HELD = (media: string): string => `exists (select from occurrences o where o.media_id = ${media})`;
const MEDIA = (agency: string, media: string): string => `(${OWN_WHOLE(agency)} or ${HELD(media)})`;
const OWN_OPERATION = `(operation_id is null or ${IN('operation_id', 'joined_operations')})`;

interface TablePolicies {
  readonly see: string;
  /** What a new row must be; absent: none is added. */
  readonly add?: string;
  /** Which rows may change, and what they must be afterwards. */
  readonly change?: readonly [which: string, into: string];
  readonly remove?: string;
}

const SELF = `${OWN} and user_id = app_user()`;

export const APP_POLICIES: Readonly<Record<string, TablePolicies>> = {
  agencies: { see: IN('id', 'known_agencies') },
  users: { see: OWN },
  sessions: { see: SELF, add: SELF, change: [SELF, SELF], remove: SELF },
  api_keys: {
    see: `${OWN} and (user_id = app_user() or (select i_am('administrator')))`,
    add: SELF,
    change: [SELF, SELF],
  },
  operations: { see: IN('id', 'joined_operations') },
  operation_members: { see: IN('operation_id', 'joined_operations') },
  operation_invitations: { see: `${OWN} or ${IN('operation_id', 'joined_operations')}` },
  handling_codes: { see: OWN, add: OWN, change: [OWN, OWN], remove: OWN },
  handling_recipients: { see: OWN, add: OWN, remove: OWN },
  cases: {
    see: `${OWN_WHOLE('agency_id')} or ${CASE('id')}`,
    add: `${OWN} and created_by = app_user() and ${OWN_OPERATION}`,
    change: [OWN_CASE('id'), `${OWN} and ${OWN_OPERATION}`],
  },
  case_access: {
    see: `${OWN_CASE()} or (grantee_agency_id = app_agency() and (grantee_login is null or grantee_user_id = app_user()))`,
    change: [OWN_CASE(), `${OWN_CASE()} and ended_by = app_user()`],
  },
  break_glass: {
    see: `(${SELF}) or (case_agency_id = sight_agency() and ${NOT_IN('case_id', 'hidden_cases')})`,
  },
  exhibits: {
    see: `${OWN_WHOLE('agency_id')} or ${EXHIBIT('id')}`,
    add: OWN_CASE(),
    change: [`${OWN_CASE()} and ${NOT_IN('id', 'withheld_exhibits')}`, OWN_CASE()],
  },
  occurrences: { see: `${OWN_WHOLE('agency_id')} or ${EXHIBIT('exhibit_id')}` },
  media: { see: MEDIA('agency_id', 'media.id') },
  media_metadata: { see: MEDIA('agency_id', 'media_metadata.media_id') },
  envelopes: {
    see: `${OWN_WHOLE('agency_id')} or (${CASE()} and exists (
      select from occurrences o where o.media_id = envelopes.media_id and o.case_id = envelopes.case_id))`,
  },
  case_keys: { see: `${OWN_WHOLE('agency_id')} or ${CASE()}` },
  agency_keys: { see: OWN },
  vault_objects: { see: MEDIA('agency_id', 'vault_objects.media_id') },
  work: { see: `${OWN_WHOLE('agency_id')} or exhibit_id in (select id from exhibits)` },
  matches: { see: `${MEDIA('agency_a', 'media_a')} and ${MEDIA('agency_b', 'media_b')}` },
  lists: {
    see: `${OWN} or ${IN('id', 'shared_lists')}`,
    add: `${OWN} and created_by = app_user() and ${OWN_OPERATION}`,
    change: [OWN, `${OWN} and ${OWN_OPERATION}`],
  },
  list_entries: { see: `${OWN} or ${IN('list_id', 'shared_lists')}`, add: OWN },
};

const NEW_TABLES = ['handling_codes', 'handling_recipients', 'case_access', 'break_glass'] as const;

const policiesOf = (table: string, { see, add, change, remove }: TablePolicies): string =>
  [
    `drop policy if exists app_see on ${table}; drop policy if exists app_write on ${table};`,
    `create policy app_see on ${table} for select to redthread_app using (${see});`,
    add === undefined ? '' : `create policy app_add on ${table} for insert to redthread_app with check (${add});`,
    change === undefined
      ? ''
      : `create policy app_change on ${table} for update to redthread_app using (${change[0]}) with check (${change[1]});`,
    remove === undefined ? '' : `create policy app_remove on ${table} for delete to redthread_app using (${remove});`,
  ].join('\n');

const secure = (table: string): string => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy owner_all on ${table} for all to current_user using (true) with check (true);`;

const GRANTS = `
grant select on handling_codes, handling_recipients, case_access, break_glass to redthread_app;
grant insert, update (title, reach), delete on handling_codes to redthread_app;
grant insert, delete on handling_recipients to redthread_app;
grant update (ended_at, ended_by) on case_access to redthread_app;

-- What an update may touch: never the owner of a row.
revoke update on cases, exhibits, sessions, api_keys, lists from redthread_app;
grant update (title, operation_id, shared_with_operation, access, handling, partner_break_glass, contact_user_id) on cases to redthread_app;
grant update (handling, error_code, error_detail) on exhibits to redthread_app;
grant update (purpose) on sessions to redthread_app;
grant update (last_used_at, revoked_at) on api_keys to redthread_app;
grant update (operation_id, handling, entry_count, source_sha256, expires_at) on lists to redthread_app;

-- Of these the web is told no number that counts over all agencies.
revoke select on work, matches from redthread_app;
grant select (agency_id, media_id, exhibit_id, stage, version, state, attempts, not_before, error_code, error_detail, updated_at) on work to redthread_app;
grant select (id, media_a, media_b, agency_a, agency_b, grade, method, version, value, threshold, unit, bits, decoder, reasons, created_at)
  on matches to redthread_app;

drop function partner_agencies(), shared_cases_before();
revoke execute on function look_around(), sees_own_case(uuid), my_operations(), my_roles(), i_am(text[]), i_operate(),
  give_access(uuid, uuid, text, timestamptz), breakable_case(uuid, text), break_the_glass(uuid, text, text, timestamptz),
  end_break_glass(uuid) from public;
grant execute on function look_around(), sees_own_case(uuid), my_operations(), my_roles(), i_am(text[]), i_operate(),
  give_access(uuid, uuid, text, timestamptz), break_the_glass(uuid, text, text, timestamptz), end_break_glass(uuid) to redthread_app;
`;

/** Of the system, and of no agency: only the roles of worker and matcher come to them, under policies all the same. */
const SYSTEM_TABLES = ['contents', 'signals'] as const;

const ofSystem = (table: string): string => `${secure(table)}
create policy service_all on ${table} for all to redthread_worker, redthread_matcher using (true) with check (true);`;

export const createPolicies = async (db: Kysely<unknown>): Promise<void> => {
  const statements = [
    ...NEW_TABLES.map(secure),
    ...SYSTEM_TABLES.map(ofSystem),
    ...Object.entries(APP_POLICIES).map(([table, policies]) => policiesOf(table, policies)),
    GRANTS,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
};
