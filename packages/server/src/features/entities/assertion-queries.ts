// Reads and writes assertions under the viewer's row-level security.
import { sql, type RawBuilder } from 'kysely';
import type { Assertion, AssertionCreate, EvidenceGiven } from '@redthread/core/contract';
import { MERGING_TYPES, type AssertionTypeName, type Context, type MergeClaim } from '@redthread/core/domain';
import type { Trx } from '../../store/index.js';

type EntityEnd = Assertion['to'];

interface Row extends Omit<Assertion, 'from' | 'evidence' | 'counts' | 'at' | 'retracted'> {
  readonly fromKind: 'media' | 'entity';
  readonly mediaId: string | null;
  readonly fromEntity: EntityEnd | null;
  readonly evidence: Omit<EvidenceGiven, 'media'> | null;
  readonly restsOnMedia: boolean;
  readonly evidenceMediaId: string | null;
  readonly at: Date;
  readonly retractedAt: Date | null;
  readonly retractedBy: string | null;
  readonly retractReason: string | null;
}

const evidenceOf = ({ evidence, restsOnMedia, evidenceMediaId }: Row): Assertion['evidence'] =>
  evidence === null && !restsOnMedia
    ? null
    : {
        ...evidence,
        ...(evidenceMediaId !== null && { media: evidenceMediaId }),
        mediaGone: restsOnMedia && evidenceMediaId === null,
      };

const toAssertion = (row: Row): Assertion => {
  const {
    fromKind,
    mediaId,
    fromEntity,
    restsOnMedia: _rests,
    evidenceMediaId: _media,
    retractedAt,
    retractedBy,
    retractReason,
    ...rest
  } = row;
  return {
    ...rest,
    from:
      fromKind === 'entity' && fromEntity !== null
        ? { kind: 'entity', entity: fromEntity }
        : { kind: 'media', mediaId },
    evidence: evidenceOf(row),
    counts: null,
    at: row.at.toISOString(),
    retracted:
      retractedAt === null
        ? null
        : { by: retractedBy ?? '', at: retractedAt.toISOString(), reason: retractReason ?? '' },
  };
};

const END = (id: string) => sql`(select json_build_object('id', e.id, 'kind', e.kind, 'name', e.name,
  'agency', json_build_object('id', a.id, 'name', a.name, 'country', a.country))
  from entities e join agencies a on a.id = e.agency_id where e.id = ${sql.ref(id)})`;

/** Newest first; `condition` is on `s` (assertions). */
export const readAssertions = async (trx: Trx, condition: RawBuilder<unknown>): Promise<Assertion[]> => {
  const { rows } = await sql<Row>`
    select s.id, s.type, s.from_kind as "fromKind", s.from_media_id as "mediaId", ${END('s.from_entity_id')} as "fromEntity",
      ${END('s.to_entity_id')} as "to", s.confidence, s.reason, s.evidence, s.rests_on_media as "restsOnMedia",
      s.evidence_media_id as "evidenceMediaId", s.valid_from as "validFrom", s.valid_to as "validTo", s.method, s.login as by,
      s.said_agency as agency, s.agency_id = app_agency() as own, s.agency_id <> s.from_agency_id or s.agency_id <> s.to_agency_id as "isOpinion", s.at,
      s.retracted_at as "retractedAt", s.retracted_login as "retractedBy", s.retract_reason as "retractReason"
    from assertions s where ${condition} order by s.at desc, s.id`.execute(trx);
  return rows.map(toAssertion);
};

export const assertionById = async (trx: Trx, id: string): Promise<Assertion | undefined> =>
  (await readAssertions(trx, sql`s.id = ${id}::uuid`))[0];

/** Merging assertions in force that touch any of these. */
export const claimsOn = async (trx: Trx, ids: readonly string[]): Promise<MergeClaim[]> => {
  const these = sql`${[...ids]}::uuid[]`;
  const { rows } = await sql<MergeClaim>`
    select s.from_entity_id as a, s.to_entity_id as b, s.from_agency_id as "agencyA", s.to_agency_id as "agencyB", s.agency_id as by
    from assertions s where s.type = any(${MERGING_TYPES}::text[]) and s.retracted_at is null
      and (s.from_entity_id = any(${these}) or s.to_entity_id = any(${these}))`.execute(trx);
  return rows;
};

export interface NewAssertion extends Omit<AssertionCreate, 'from' | 'to' | 'case' | 'evidence'> {
  readonly from: { readonly kind: 'media' | 'entity'; readonly id: string; readonly agencyId: string };
  readonly to: { readonly id: string; readonly agencyId: string };
  readonly caseId: string | null;
  readonly evidence: Omit<EvidenceGiven, 'media'> | null;
  readonly evidenceMedia: { readonly id: string; readonly agencyId: string } | null;
}

/** Null where the agency says so already. */
export const insertAssertion = async (trx: Trx, { actor }: Context, one: NewAssertion): Promise<string | null> => {
  const { from, to, evidenceMedia } = one;
  const { rows } = await sql<{ id: string }>`
    insert into assertions (agency_id, case_id, type, from_agency_id, from_kind, from_media_id, from_entity_id, to_agency_id, to_entity_id,
      confidence, reason, method, evidence, rests_on_media, evidence_agency_id, evidence_media_id, valid_from, valid_to, user_id, login,
      said_agency)
    values (${actor.agencyId}::uuid, ${one.caseId}::uuid, ${one.type}, ${from.agencyId}::uuid, ${from.kind},
      ${from.kind === 'media' ? from.id : null}::uuid, ${from.kind === 'entity' ? from.id : null}::uuid, ${to.agencyId}::uuid, ${to.id}::uuid,
      ${one.confidence}, ${one.reason}, ${one.method ?? null}, ${one.evidence === null ? null : JSON.stringify(one.evidence)}::jsonb,
      ${evidenceMedia !== null}, ${evidenceMedia?.agencyId ?? null}::uuid, ${evidenceMedia?.id ?? null}::uuid, ${one.validFrom ?? null},
      ${one.validTo ?? null}, ${actor.userId}::uuid, ${actor.login}, (select name from agencies where id = ${actor.agencyId}::uuid))
    on conflict do nothing returning id`.execute(trx);
  return rows[0]?.id ?? null;
};

/** The agencies of media that the viewer sees. */
export const agenciesOfMedia = async (trx: Trx, ids: readonly string[]): Promise<Map<string, string>> => {
  const { rows } = await sql<{ id: string; agencyId: string }>`
    select m.id, m.agency_id as "agencyId" from media m where m.id = any(${[...ids]}::uuid[])`.execute(trx);
  return new Map(rows.map(({ id, agencyId }) => [id, agencyId]));
};

export const isMerging = (type: AssertionTypeName): boolean => MERGING_TYPES.includes(type);
