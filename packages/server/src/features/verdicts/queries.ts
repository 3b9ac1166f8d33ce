// Reads and writes votes under the viewer's row-level security.
import { sql, type RawBuilder } from 'kysely';
import type { DecisionUndone, Facts, Verdict, VerdictState } from '@redthread/core/contract';
import { lockName, type Seen, type Trx } from '../../store/index.js';
import { STACK } from '../funnel/index.js';
import { toState, verdictStates, type StateRow } from './states.js';

interface VoteRow {
  readonly id: string;
  readonly mediaId: string;
  readonly scheme: string;
  readonly code: string;
  readonly seen: Seen;
  readonly revealedAt: Date | null;
  readonly by: string;
  readonly agency: string;
  readonly counts: boolean;
  readonly ofStack: boolean;
  readonly own: boolean;
  readonly facts: Facts | null;
  readonly note: string;
  readonly at: Date;
  readonly retractedAt: Date | null;
  readonly reason: string | null;
  readonly replacedBy: string | null;
}

const toVerdict = ({ scheme, code, revealedAt, at, retractedAt, reason, replacedBy, ...row }: VoteRow): Verdict => ({
  ...row,
  code: `${scheme}:${code}`,
  revealedAt: revealedAt?.toISOString() ?? null,
  at: at.toISOString(),
  retracted: retractedAt === null ? null : { at: retractedAt.toISOString(), reason: reason ?? '', replacedBy },
});

const readWhere = async (trx: Trx, condition: RawBuilder<unknown>): Promise<Verdict[]> => {
  const { rows } = await sql<VoteRow>`
    select v.id, v.media_id as "mediaId", v.scheme, v.code, v.seen, v.revealed_at as "revealedAt", v.login as by,
      v.voter_agency as agency, v.voter_agency_id = v.agency_id as counts, v.stack_vote is not null as "ofStack",
      v.user_id = app_user() as own, v.facts, v.note, v.at, v.retracted_at as "retractedAt", v.retract_reason as reason,
      v.replaced_by as "replacedBy"
    from verdicts v where ${condition} order by v.at desc, v.id`.execute(trx);
  return rows.map(toVerdict);
};

/** Newest first, retracted ones too. */
export const votesOn = (trx: Trx, mediaId: string): Promise<Verdict[]> =>
  readWhere(trx, sql`v.media_id = ${mediaId}::uuid`);

export const votesById = (trx: Trx, ids: readonly string[]): Promise<Verdict[]> =>
  readWhere(trx, sql`v.id = any(${[...ids]}::uuid[])`);

/** What the act of that id asked for, as it was kept; null where it has cast nothing, or before that was kept. */
export const askedByDecision = async (trx: Trx, decision: string): Promise<Buffer | null> => {
  const { rows } = await sql<{ asked: Buffer | null }>`select v.decision_digest as asked from verdicts v
    where v.voter_agency_id = app_agency() and v.user_id = app_user() and v.decision_id = ${decision}::uuid limit 1`.execute(
    trx,
  );
  return rows[0]?.asked ?? null;
};

/** What one act of the viewer's cast, taken back or not; that of the media itself first. */
export const votesOfDecision = async (trx: Trx, decision: string): Promise<Verdict[]> =>
  readWhere(
    trx,
    sql`v.voter_agency_id = app_agency() and v.user_id = app_user() and v.decision_id = ${decision}::uuid`,
  );

/** One a version of a scheme in which its agency has voted. */
export const statesOn = async (trx: Trx, mediaId: string): Promise<VerdictState[]> => {
  const { rows } = await sql<StateRow>`
    with ${verdictStates(sql`v.media_id = ${mediaId}::uuid`)} select * from verdict_states order by last_at desc`.execute(
    trx,
  );
  return rows.map(toState);
};

/** What a person has said before of media in a scheme and not taken back. */
export const ownVotes = async (
  trx: Trx,
  mediaIds: readonly string[],
  scheme: string,
): Promise<readonly { readonly id: string; readonly mediaId: string; readonly ofStack: boolean }[]> => {
  const { rows } = await sql<{ id: string; mediaId: string; ofStack: boolean }>`
    select v.id, v.media_id as "mediaId", v.stack_vote is not null as "ofStack" from verdicts v
    where v.media_id = any(${[...mediaIds]}::uuid[]) and v.scheme = ${scheme} and v.user_id = app_user() and v.retracted_at is null`.execute(
    trx,
  );
  return rows;
};

export interface StackMember {
  readonly id: string;
  readonly agencyId: string;
  /** The media whose stack it is of. */
  readonly of: string;
}

/** The media, once each; with the other visible members of their stacks. */
export const stacksOf = async (trx: Trx, media: readonly string[], stack: boolean): Promise<readonly StackMember[]> => {
  const named = sql`named as (select m.id, m.agency_id, ${STACK} as stack from media m where m.id = any(${[...media]}::uuid[]))`;
  const members = stack
    ? sql`select s.id, s.agency_id, n.id as of from named n join media s on s.id = n.stack
        union select s.id, s.agency_id, n.id from named n join media s on s.representative_id = n.stack
        union select n.id, n.agency_id, n.id from named n`
    : sql`select n.id, n.agency_id, n.id as of from named n`;
  const { rows } = await sql<StackMember>`with ${named}
    select distinct on (x.id) x.id, x.agency_id as "agencyId", x.of from (${members}) x order by x.id, x.of <> x.id`.execute(
    trx,
  );
  return rows;
};

/** Those of the media that nobody votes on. */
export const closedAmong = async (trx: Trx, mediaIds: readonly string[]): Promise<Set<string>> => {
  const { rows } = await sql<{
    id: string;
  }>`select x.id from unnest(${[...mediaIds]}::uuid[]) as x (id) where media_closed(x.id)`.execute(trx);
  return new Set(rows.map(({ id }) => id));
};

/** Those of the media that the viewer has revealed, as the record says. */
export const revealedOf = async (trx: Trx, mediaIds: readonly string[]): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select distinct a.object_id as id from audit_events a where a.object_kind = 'media' and a.type = 'reveal'
      and a.agency_id = app_agency() and a.user_id = app_user() and a.object_id = any(${[...mediaIds]}::text[])`.execute(
    trx,
  );
  return rows.map(({ id }) => id);
};

/** Two votes of one person at once: the second waits for the first. */
export const lockVoter = (trx: Trx, userId: string): Promise<void> => lockName(trx, `vote ${userId}`);

export interface NewVote {
  readonly id: string;
  readonly mediaId: string;
  readonly seen: Seen;
  /** The vote in force that this one takes the place of. */
  readonly replaces: string | null;
}

/** An act of voting: its id, as whoever sends it calls it, and what it asked for. */
export interface Decision {
  readonly id: string;
  readonly asked: Buffer;
}

export interface VotesToAdd {
  readonly agencyId: string;
  readonly voter: { readonly agencyId: string; readonly userId: string; readonly login: string };
  readonly scheme: string;
  readonly code: string;
  readonly note: string;
  readonly facts: Facts | null;
  readonly stackVote: string | null;
  /** The act that it came from. */
  readonly decision: Decision | null;
}

/** What they replace is taken back first: a person has one vote in force for a media and version of a scheme. */
export const insertVotes = async (trx: Trx, of: VotesToAdd, votes: readonly NewVote[]): Promise<void> => {
  const replaced = votes.filter(({ replaces }) => replaces !== null);
  await sql`update verdicts v set retracted_at = now(), retract_reason = 'replaced by a later vote', replaced_by = n.id
    from unnest(${replaced.map(({ replaces }) => replaces)}::uuid[], ${replaced.map(({ id }) => id)}::uuid[]) as n (old, id)
    where v.id = n.old`.execute(trx);
  await sql`insert into verdicts (id, agency_id, media_id, voter_agency_id, voter_agency, user_id, login, scheme, code, seen, stack_vote, facts, note, decision_id, decision_digest)
    select n.id, ${of.agencyId}::uuid, n.media_id, ${of.voter.agencyId}::uuid, (select name from agencies where id = ${of.voter.agencyId}::uuid),
      ${of.voter.userId}::uuid, ${of.voter.login}, ${of.scheme}, ${of.code}, n.seen, ${of.stackVote}::uuid,
      ${of.facts === null ? null : JSON.stringify(of.facts)}::jsonb, ${of.note}, ${of.decision?.id ?? null}::uuid,
      ${of.decision?.asked ?? null}::bytea
    from unnest(${votes.map(({ id }) => id)}::uuid[], ${votes.map(({ mediaId }) => mediaId)}::uuid[],
      ${votes.map(({ seen }) => seen)}::text[]) as n (id, media_id, seen)`.execute(trx);
};

/** The vote as it was, or null where the viewer has none in force by that id. */
export const retractVote = async (
  trx: Trx,
  id: string,
  reason: string,
): Promise<{ readonly mediaId: string; readonly code: string } | null> => {
  const { rows } = await sql<{ mediaId: string; code: string }>`
    update verdicts v set retracted_at = now(), retract_reason = ${reason}
    where v.id = ${id}::uuid and v.user_id = app_user() and v.retracted_at is null
    returning v.media_id as "mediaId", v.scheme || ':' || v.code as code`.execute(trx);
  return rows[0] ?? null;
};

/** Takes back what is in force of one act. Answers the ids. */
export const retractDecision = async (trx: Trx, decision: string, reason: string): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    update verdicts v set retracted_at = now(), retract_reason = ${reason}
    where v.voter_agency_id = app_agency() and v.user_id = app_user() and v.decision_id = ${decision}::uuid and v.retracted_at is null
    returning v.id`.execute(trx);
  return rows.map(({ id }) => id);
};

/**
 * Gives again what the viewer had said before these votes took its place, as of the act that said it, so that it is undone with that; whether
 * they looked is asked of the record anew. Answers the ids.
 */
export const restoreReplaced = async (trx: Trx, by: readonly string[]): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    insert into verdicts (id, agency_id, media_id, voter_agency_id, voter_agency, user_id, login, scheme, code, seen, stack_vote, facts, note, decision_id, decision_digest)
    select gen_random_uuid(), o.agency_id, o.media_id, o.voter_agency_id, o.voter_agency, o.user_id, o.login, o.scheme, o.code,
      case o.seen when 'looked' then 'not-looked' else o.seen end, o.stack_vote, o.facts, o.note, o.decision_id, o.decision_digest
    from verdicts o where o.replaced_by = any(${[...by]}::uuid[]) and o.user_id = app_user()
    returning id`.execute(trx);
  return rows.map(({ id }) => id);
};

/** Where media of these votes went since they were given, as far as the viewer sees the ledger, and were not taken back. */
export const givenSince = async (trx: Trx, votes: readonly string[]): Promise<DecisionUndone['given']> => {
  const { rows } = await sql<{ contribution: string; receiver: string; at: Date; media: number }>`
    select k.id as contribution, k.receiver, k.made_at as at, count(*) as media
    from verdicts v join contribution_items i on i.media_id = v.media_id join contributions k on k.id = i.contribution_id
    where v.id = any(${[...votes]}::uuid[]) and k.made_at >= v.at and i.withdrawn_at is null and k.withdrawn_at is null
    group by k.id, k.receiver, k.made_at order by k.made_at desc, k.id`.execute(trx);
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
};
