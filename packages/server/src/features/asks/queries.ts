// Reads questions to other countries as the viewer may see them, with the answers that they may read.
import { sql, type RawBuilder } from 'kysely';
import type { Ask, AskAnswer, AskState } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { millisecondText, type Trx } from '../../store/index.js';

export interface AskRow {
  readonly id: string;
  readonly agencyId: string;
  readonly number: string;
  readonly operation: Ask['operation'];
  readonly login: string;
  readonly agency: string;
  readonly userId: string;
  readonly askedFrom: string | null;
  readonly countries: string[];
  readonly question: string;
  readonly due: string;
  readonly overdue: boolean;
  readonly state: AskState;
  readonly at: Date;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly caseId: string;
  readonly caseReference: string | null;
  readonly mediaId: string;
  readonly secondUser: string | null;
  readonly secondLogin: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
  readonly looked: boolean;
  readonly answers: AskAnswer[];
}

const MOST = 500;

/** The newest first. */
export const readAsks = async (trx: Trx, which: RawBuilder<unknown>): Promise<readonly AskRow[]> => {
  const { rows } = await sql<AskRow>`
    select k.id, k.agency_id as "agencyId", k.number, json_build_object('id', o.id, 'name', o.name) as operation, k.login,
      k.said_agency as agency, k.user_id as "userId", k.asked_from as "askedFrom", k.countries, k.question, k.due_on::text as due,
      k.state in ('waiting', 'sent') and k.due_on < (now() at time zone 'UTC')::date as overdue, k.state, k.at,
      r.width_px as "widthPx", r.height_px as "heightPx", k.case_id as "caseId", c.reference as "caseReference", k.media_id as "mediaId",
      k.second_user as "secondUser", k.second_login as "secondLogin", k.decided_login as "decidedBy", k.decided_at as "decidedAt",
      k.decision_reason as "decisionReason",
      exists (select from ask_looks l where l.ask_id = k.id and l.user_id = app_user()) as looked,
      coalesce((select json_agg(json_build_object('id', a.id, 'says', a.says, 'text', a.text, 'by', a.login, 'agency', a.said_agency,
          'country', a.country, 'at', ${millisecondText('a.at')}) order by a.at)
        from ask_answers a where a.ask_id = k.id), '[]') as answers
    from asks k join operations o on o.id = k.operation_id join ask_crops r on r.ask_id = k.id left join cases c on c.id = k.case_id
    where ${which} order by k.at desc, k.id limit ${MOST}`.execute(trx);
  return rows;
};

interface Rights {
  readonly mayAsk: boolean;
  readonly mayConfirm: boolean;
  readonly mayAnswer: boolean;
}

const stepsOf = (row: AskRow, { actor }: Context, { mayAsk, mayConfirm, mayAnswer }: Rights): Ask['may'] => {
  if (row.agencyId !== actor.agencyId) return row.state === 'sent' && mayAnswer ? ['answer'] : [];
  if (row.state === 'sent') return mayAsk ? ['close'] : [];
  if (row.state !== 'waiting') return [];
  const waitsForMe =
    mayConfirm && row.userId !== actor.userId && (row.secondUser === null || row.secondUser === actor.userId);
  return [
    ...(waitsForMe ? ([...(row.looked ? (['confirm'] as const) : []), 'refuse'] as const) : []),
    ...(mayAsk ? (['withdraw'] as const) : []),
  ];
};

export const toAsk = (row: AskRow, ctx: Context, rights: Rights): Ask => ({
  id: row.id,
  number: row.number,
  operation: row.operation,
  by: { login: row.login, agency: row.agency },
  countries: row.countries,
  question: row.question,
  due: row.due,
  overdue: row.overdue,
  state: row.state,
  at: row.at.toISOString(),
  crop: { widthPx: row.widthPx, heightPx: row.heightPx },
  own:
    row.agencyId === ctx.actor.agencyId
      ? {
          case: { id: row.caseId, reference: row.caseReference ?? '' },
          mediaId: row.mediaId,
          second: row.secondLogin,
          decidedBy: row.decidedBy,
          decidedAt: row.decidedAt?.toISOString() ?? null,
          decisionReason: row.decisionReason,
          looked: row.looked,
        }
      : null,
  answers: row.answers,
  may: stepsOf(row, ctx, rights),
});

/** The files of a media in an own case, with the code that each carries. */
export const placesOf = async (
  trx: Trx,
  { caseId, mediaId }: { readonly caseId: string; readonly mediaId: string },
): Promise<readonly { readonly place: string; readonly caseId: string; readonly handling: string }[]> => {
  const { rows } = await sql<{ place: string; caseId: string; handling: string }>`
    select distinct c.reference || '/' || e.reference as place, c.id as "caseId", h.code as handling
    from occurrences o join exhibits e on e.id = o.exhibit_id join cases c on c.id = e.case_id
      cross join lateral (values (c.handling), (e.handling)) as h (code)
    where o.media_id = ${mediaId}::uuid and c.id = ${caseId}::uuid and c.agency_id = app_agency() and h.code is not null
    order by place`.execute(trx);
  return rows;
};

interface Asked {
  readonly id: string;
  readonly name: string;
}

/** Members of an operation beside the own agency, of these countries where any are named. */
export const askedOf = async (trx: Trx, operation: string, countries: readonly string[]): Promise<Asked[]> => {
  const { rows } = await sql<Asked>`select a.id, a.name from operation_members m join agencies a on a.id = m.agency_id
    where m.operation_id = ${operation}::uuid and m.agency_id <> app_agency()
      and (${countries.length === 0} or a.country = any(${[...countries]}::text[])) order by a.name`.execute(trx);
  return rows;
};
