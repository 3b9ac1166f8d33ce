// A request as whoever carries it out holds it: what is to be done, who stands behind it, and how its end is put on record.
import { randomUUID } from 'node:crypto';
import { sql, type Kysely, type Transaction } from 'kysely';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { audit, type Database, type RequestKind, type RequestState, type Store } from '../../../store/index.js';
import { writeCustody, type CustodyFact } from '../../custody/index.js';
import { heldError } from '../steps/checks.js';
import { takenFrom } from '../kinds.js';
import { holdOn, type RequestSubject } from '../steps/queries.js';

export interface RunningRequest {
  readonly id: string;
  readonly agencyId: string;
  readonly number: string;
  readonly kind: RequestKind;
  readonly undoes: RequestKind | null;
  readonly state: RequestState;
  readonly caseId: string;
  readonly exhibitId: string | null;
  readonly toCaseId: string | null;
  readonly toAgencyId: string | null;
  readonly ofRequest: string | null;
  readonly subject: RequestSubject;
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedLogin: string;
  readonly requestedAt: Date;
  readonly decidedBy: string;
  readonly decidedLogin: string;
  readonly decidedAt: Date;
  readonly acceptedBy: string | null;
  readonly acceptedLogin: string | null;
  readonly acceptedAs: string | null;
  readonly startedAt: Date | null;
  readonly progress: Readonly<Record<string, unknown>>;
}

/** What carrying out works with: the rows as the role `worker`, the vault, the keys. */
export interface Run {
  readonly store: Pick<Store<'worker'>, 'keys' | 'lists' | 'vault'>;
  readonly db: Kysely<Database>;
  readonly request: RunningRequest;
  /** About how far it is. */
  readonly report: (done: number, total: number) => void;
  readonly stopping: AbortSignal;
}

/** The process ends: the next one goes on. */
export class Interrupted extends Error {}

/** Between two batches. */
export const checkStopping = ({ stopping }: Run): void => {
  if (stopping.aborted) throw new Interrupted();
};

const COLUMNS = sql`r.id, r.agency_id as "agencyId", r.number, r.kind, o.kind as undoes, r.state, r.case_id as "caseId",
  r.exhibit_id as "exhibitId", r.to_case_id as "toCaseId", r.to_agency_id as "toAgencyId", r.of_request as "ofRequest",
  r.subject, r.reason, r.requested_by as "requestedBy", r.requested_login as "requestedLogin", r.requested_at as "requestedAt",
  r.decided_by as "decidedBy", r.decided_login as "decidedLogin", r.decided_at as "decidedAt", r.accepted_by as "acceptedBy",
  r.accepted_login as "acceptedLogin", r.accepted_as as "acceptedAs", r.started_at as "startedAt", r.progress`;

export const readRunning = async (db: Kysely<Database>, id: string): Promise<RunningRequest | undefined> => {
  const { rows } =
    await sql<RunningRequest>`select ${COLUMNS} from requests r left join requests o on o.id = r.of_request
    where r.id = ${id}::uuid`.execute(db);
  return rows[0];
};

/** The persons who stand behind a request act through whoever carries it out: the second one is on record for it. */
export const ctxOf = ({ agencyId, decidedBy, decidedLogin, number }: RunningRequest): Context => ({
  actor: { userId: decidedBy, agencyId, login: decidedLogin, roles: [] },
  purpose: null,
  requestId: `request ${number} ${randomUUID()}`,
});

/** The same of the agency that took a case. */
export const acceptedCtxOf = (request: RunningRequest): Context => ({
  ...ctxOf(request),
  actor: {
    userId: request.acceptedBy ?? '',
    agencyId: request.toAgencyId ?? '',
    login: request.acceptedLogin ?? '',
    roles: [],
  },
});

/** What every custody entry of a request says. */
export const custodyOf = (request: RunningRequest): Omit<CustodyFact, 'event' | 'exhibitId'> => ({
  agencyId: request.agencyId,
  caseId: request.caseId,
  userId: request.requestedBy,
  person: request.requestedLogin,
  secondPerson: request.decidedLogin,
  reason: request.reason,
  requestId: request.id,
});

/**
 * Locks the cases of the request, and looks once more whether it may be done: what was open and free of a hold when it was
 * confirmed may not be any more. Errors: CASE_ENDED, CASE_ON_HOLD.
 */
export const requireRunnable = async (trx: Transaction<Database>, request: RunningRequest): Promise<void> => {
  const ids = [request.caseId, ...(request.toCaseId === null ? [] : [request.toCaseId])];
  const cases = await trx
    .selectFrom('cases')
    .select(['id', 'reference', 'state'])
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute();
  const onTheWay: readonly string[] =
    request.kind === 'case-transfer' ? ['leaving', 'arriving'] : request.kind === 'case-destroy' ? ['destroying'] : [];
  for (const { reference, state } of cases)
    if (state !== 'open' && !onTheWay.includes(state)) throw fail('CASE_ENDED', saying`case ${reference} is ${state}`);
  const from = takenFrom(request);
  const hold = from === null ? null : await holdOn(trx, from);
  if (hold !== null) throw heldError(hold);
};

export interface Done {
  readonly files: number;
  readonly from?: string | null;
  readonly to?: string | null;
  readonly custody: readonly CustodyFact[];
  readonly outcome?: Readonly<Record<string, unknown>>;
}

/** The last statements of what is done: custody, record and the end of the request, in its transaction. */
export const finish = async (
  trx: Transaction<Database>,
  request: RunningRequest,
  { files, from = null, to = null, custody, outcome = {} }: Done,
): Promise<void> => {
  await writeCustody(trx, custody);
  const ctx = ctxOf(request);
  await audit(trx, ctx, {
    type: 'request-done',
    object:
      request.exhibitId === null ? { kind: 'case', id: request.caseId } : { kind: 'exhibit', id: request.exhibitId },
    detail: { number: request.number, kind: request.kind, requestedBy: request.requestedLogin, files, from, to },
  });
  await trx.deleteFrom('request_media').where('request_id', '=', request.id).execute();
  await trx
    .updateTable('requests')
    .set({
      state: 'done',
      finished_at: new Date(),
      error_code: null,
      error_detail: null,
      outcome: JSON.stringify({ files, ...outcome }),
    })
    .where('id', '=', request.id)
    .execute();
};
