// A request as it is shown, with what the viewer may do with it now.
import type { TwoPersonRequest } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { mayDo } from '../../accounts/index.js';
import { rightFor } from '../kinds.js';
import type { RequestRow } from './queries.js';

type Step = TwoPersonRequest['may'][number];

const stepsOf = (row: RequestRow, ctx: Context, now: number): Step[] => {
  const isOwn = row.agency_id === ctx.actor.agencyId;
  const isOpen = row.expires_at.getTime() > now;
  const mayHandle = mayDo(ctx, rightFor(row.kind, row.undoes));
  const isMine = row.requested_by === ctx.actor.userId;
  if (row.state === 'requested' && isOpen && isOwn) {
    const waitsForMe = !isMine && (row.second_user === null || row.second_user === ctx.actor.userId);
    return [
      ...(waitsForMe && mayHandle ? (['confirm', 'refuse'] as const) : []),
      ...(isMine || mayHandle ? (['cancel'] as const) : []),
    ];
  }
  if (row.state === 'offered' && isOpen && mayHandle) return isOwn ? ['cancel'] : ['accept', 'refuse'];
  if (row.state !== 'done' || row.is_settled || !isOwn || !mayHandle) return [];
  if (row.kind === 'exhibit-move') return ['undo'];
  if (row.kind === 'exhibit-withdraw')
    return row.case_state === 'open' ? ['undo', ...(mayDo(ctx, 'destroy cases') ? (['purge'] as const) : [])] : [];
  return [];
};

export const toRequest = (row: RequestRow, ctx: Context, now = Date.now()): TwoPersonRequest => {
  const { done, total } = row.progress;
  const isOver = row.expires_at.getTime() <= now && (row.state === 'requested' || row.state === 'offered');
  return {
    number: row.number,
    kind: row.kind,
    undoes: row.kind === 'undo' ? row.undoes : null,
    state: isOver ? 'expired' : row.state,
    agency: row.subject.agency,
    caseId: row.case_id,
    caseReference: row.subject.case,
    exhibitId: row.exhibit_id,
    exhibit: row.subject.exhibit ?? null,
    to: row.subject.to ?? null,
    of: row.of_number,
    reason: row.reason,
    notes: [...row.subject.notes],
    requestedBy: row.requested_login,
    requestedAt: row.requested_at.toISOString(),
    second: row.second_login,
    decidedBy: row.decided_login,
    decidedAt: row.decided_at?.toISOString() ?? null,
    decisionReason: row.decision_reason,
    acceptedBy: row.accepted_login,
    acceptedAt: row.accepted_at?.toISOString() ?? null,
    expiresAt: row.expires_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    errorCode: row.error_code,
    errorDetail: row.error_detail,
    progress: done === undefined || total === undefined ? null : { done, total },
    may: stepsOf(row, ctx, now),
  };
};
