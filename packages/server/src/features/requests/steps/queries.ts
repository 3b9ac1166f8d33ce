// Reads requests as the viewer may see them: of their own agency, and cases that another one offers to it.
import { sql, type RawBuilder, type Transaction } from 'kysely';
import type { TwoPersonRequest } from '@redthread/core/contract';
import type { Database, RequestKind, RequestState, Trx } from '../../../store/index.js';

export interface RequestRow {
  readonly id: string;
  readonly agency_id: string;
  readonly number: string;
  readonly kind: RequestKind;
  readonly state: RequestState;
  readonly case_id: string;
  readonly exhibit_id: string | null;
  readonly to_case_id: string | null;
  readonly to_agency_id: string | null;
  readonly of_request: string | null;
  readonly of_number: string | null;
  readonly undoes: RequestKind | null;
  readonly subject: RequestSubject;
  readonly reason: string;
  readonly requested_by: string;
  readonly requested_login: string;
  readonly requested_at: Date;
  readonly requested_from: string | null;
  readonly second_user: string | null;
  readonly second_login: string | null;
  readonly decided_by: string | null;
  readonly decided_login: string | null;
  readonly decided_at: Date | null;
  readonly decision_reason: string | null;
  readonly accepted_login: string | null;
  readonly accepted_at: Date | null;
  readonly expires_at: Date;
  readonly finished_at: Date | null;
  readonly error_code: string | null;
  readonly error_detail: string | null;
  readonly progress: { readonly done?: number; readonly total?: number };
  /** It was undone, or purged, by a request that is done. */
  readonly is_settled: boolean;
  /** The case that it was about takes changes still. */
  readonly case_state: string | null;
}

/** How things were called when it was asked for, and what else was said. */
export interface RequestSubject {
  /** Whose request it is: an agency that is offered a case may know nothing else of the other. */
  readonly agency: TwoPersonRequest['agency'];
  readonly case: string;
  readonly exhibit?: string;
  /** The case or agency that it goes to. */
  readonly to?: string;
  /** The reference that an exhibit gets where it goes. */
  readonly as?: string;
  readonly files: number;
  readonly leaveInPlace?: boolean;
  readonly notes: readonly string[];
}

const SELECT = sql`select r.*, o.number as of_number, o.kind as undoes, c.state as case_state,
    exists (select from requests u where u.of_request = r.id and u.state = 'done') as is_settled
  from requests r left join requests o on o.id = r.of_request
    left join cases c on c.id = r.case_id`;

const read = async (trx: Trx, where: RawBuilder<unknown>, rest: RawBuilder<unknown> = sql``): Promise<RequestRow[]> => {
  const { rows } = await sql<RequestRow>`${SELECT} where ${where} ${rest}`.execute(trx);
  return rows;
};

/** Open and running ones, newest first; `all`: also those that are over, the latest 200. */
export const listRows = (trx: Trx, { all }: { readonly all: boolean }): Promise<RequestRow[]> =>
  read(
    trx,
    all
      ? sql`true`
      : sql`r.state in ('requested', 'offered', 'approved', 'running') and (r.expires_at > now() or r.state in ('approved', 'running'))`,
    sql`order by r.requested_at desc, r.id limit 200`,
  );

/** Requests with this number, own ones first: another agency's offer may have the same by chance. */
export const rowsByNumber = (trx: Trx, number: string): Promise<RequestRow[]> =>
  read(trx, sql`r.number = ${number}`, sql`order by r.agency_id = app_agency() desc`);

export const rowById = async (trx: Trx, id: string): Promise<RequestRow | undefined> =>
  (await read(trx, sql`r.id = ${id}::uuid`))[0];

/** An open request of the same kind about the same thing; null: there is none. */
export const openAbout = async (
  trx: Trx,
  {
    kind,
    caseId,
    exhibitId,
    ofRequest,
  }: Readonly<Record<'kind' | 'caseId', string>> & {
    readonly exhibitId: string | null;
    readonly ofRequest: string | null;
  },
): Promise<string | null> => {
  const { rows } = await sql<{ number: string }>`select number from requests
    where kind = ${kind} and case_id = ${caseId}::uuid and exhibit_id is not distinct from ${exhibitId}::uuid
      and of_request is not distinct from ${ofRequest}::uuid and agency_id = app_agency()
      and (state in ('approved', 'running') or (state in ('requested', 'offered') and expires_at > now()))`.execute(
    trx,
  );
  return rows[0]?.number ?? null;
};

/** The hold on a case; null: none. */
export const holdOn = async (
  trx: Transaction<Database>,
  caseId: string,
): Promise<{ reason: string; placedBy: string; placedAt: Date } | null> => {
  const { rows } = await sql<{ reason: string; placedBy: string; placedAt: Date }>`
    select h.reason, h.placed_login as "placedBy", h.placed_at as "placedAt" from case_holds h
    where h.case_id = ${caseId}::uuid and h.released_at is null`.execute(trx);
  return rows[0] ?? null;
};

/** The last hold that was released; null: none ever was. */
export const releasedHold = async (trx: Trx, caseId: string): Promise<string | null> => {
  const { rows } = await sql<{ words: string }>`
    select 'a hold of ' || h.placed_login || ' was released by ' || r.login || ' on ' || to_char(h.released_at at time zone 'UTC', 'YYYY-MM-DD')
      || ': ' || coalesce(h.release_reason, '') as words
    from case_holds h join users r on r.id = h.released_by
    where h.case_id = ${caseId}::uuid and h.released_at is not null order by h.released_at desc limit 1`.execute(trx);
  return rows[0]?.words ?? null;
};
