// Reads what is recorded and said around a case or an entity, under the viewer's row-level security.
import { sql, type RawBuilder } from 'kysely';
import type { GraphEdge, GraphNode } from '@redthread/core/contract';
import type { Trx } from '../../store/index.js';

const AGENCY = sql`json_build_object('id', a.id, 'name', a.name, 'country', a.country)`;

/** By key; those that the viewer does not see are missing. */
export const readNodes = async (trx: Trx, keys: readonly string[]): Promise<Map<string, GraphNode>> => {
  const idsOf = (kind: string): string[] =>
    keys.flatMap((key) => (key.startsWith(`${kind}:`) ? [key.slice(kind.length + 1)] : []));
  const { rows } = await sql<GraphNode>`
    select 'case:' || c.id as key, 'case' as kind, c.reference as name, null as role, ${AGENCY} as agency
      from cases c join agencies a on a.id = c.agency_id where c.id = any(${idsOf('case')}::uuid[])
    union all select 'entity:' || e.id, e.kind, e.name, e.role, ${AGENCY}::jsonb::json
      from entities e join agencies a on a.id = e.agency_id where e.id = any(${idsOf('entity')}::uuid[])`.execute(trx);
  return new Map(rows.map((row) => [row.key, row]));
};

interface SaidRow {
  readonly id: string;
  readonly type: NonNullable<GraphEdge['type']>;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly total: number;
}

const nothing: Omit<GraphEdge, 'id' | 'kind' | 'a' | 'b' | 'words'> = {
  bits: null,
  grades: [],
  type: null,
  by: null,
  at: null,
  validFrom: null,
  validTo: null,
  media: [],
  connection: null,
};

export interface Edges {
  readonly edges: readonly GraphEdge[];
  readonly leftOut: number;
}

/** Of rows that each say how many there are. */
const edgesOf = <R extends { readonly total: number }>(rows: readonly R[], edgeOf: (row: R) => GraphEdge): Edges => ({
  edges: rows.map(edgeOf),
  leftOut: (rows[0]?.total ?? 0) - rows.length,
});

const recorded = (caseId: string, entity: string): GraphEdge => ({
  ...nothing,
  id: `recorded ${caseId} ${entity}`,
  kind: 'recorded',
  a: `case:${caseId}`,
  b: `entity:${entity}`,
  words: '',
});

const read = async (trx: Trx, condition: RawBuilder<unknown>, limit: number): Promise<Edges> => {
  const { rows } = await sql<SaidRow>`
    select s.id, s.type, s.from_entity_id as "from", s.to_entity_id as "to", s.reason, s.login as by, s.at,
      s.valid_from as "validFrom", s.valid_to as "validTo", count(*) over () as total
    from assertions s where s.retracted_at is null and s.from_kind = 'entity' and ${condition}
    order by s.at desc, s.id limit ${limit}`.execute(trx);
  return edgesOf(rows, ({ id, from, to, reason, by, at, type, validFrom, validTo }) => ({
    ...nothing,
    ...{ id, type, by, validFrom, validTo },
    kind: 'assertion',
    a: `entity:${from}`,
    b: `entity:${to}`,
    words: reason,
    at: at.toISOString(),
  }));
};

/** What is said of an entity and of others, the newest first. */
export const saidOfEntity = (trx: Trx, id: string, limit: number): Promise<Edges> =>
  read(trx, sql`(s.from_entity_id = ${id}::uuid or s.to_entity_id = ${id}::uuid)`, limit);

/** What is said among these alone, so that neighbours stand to one another as they do. */
export const saidAmong = (trx: Trx, ids: readonly string[], limit: number): Promise<Edges> =>
  read(trx, sql`s.from_entity_id = any(${[...ids]}::uuid[]) and s.to_entity_id = any(${[...ids]}::uuid[])`, limit);

/** Entities that belong to a case, the newest first. */
export const recordedIn = async (trx: Trx, caseId: string, limit: number): Promise<Edges> => {
  const { rows } = await sql<{ id: string; total: number }>`
    select e.id, count(*) over () as total from entities e where e.case_id = ${caseId}::uuid
    order by e.created_at desc, e.id limit ${limit}`.execute(trx);
  return edgesOf(rows, ({ id }) => recorded(caseId, id));
};

const MEDIA_NAMED = 20;

/** Which cases hold media of which somebody says that they show, or belong to, an entity: of one case, or of one entity. */
export const shownIn = async (
  trx: Trx,
  of: { readonly caseId: string } | { readonly entity: string },
  limit: number,
): Promise<Edges> => {
  const ends = 'entity' in of ? sql`s.to_entity_id = ${of.entity}::uuid` : sql`o.case_id = ${of.caseId}::uuid`;
  const { rows } = await sql<{ caseId: string; entity: string; media: string[]; total: number }>`
    select o.case_id as "caseId", s.to_entity_id as entity, (array_agg(distinct s.from_media_id))[1:${sql.lit(MEDIA_NAMED)}] as media,
      count(*) over () as total
    from assertions s join occurrences o on o.media_id = s.from_media_id
    where s.retracted_at is null and s.from_kind = 'media' and ${ends}
    group by 1, 2 order by count(distinct s.from_media_id) desc, 1, 2 limit ${limit}`.execute(trx);
  return edgesOf(rows, ({ caseId, entity, media }) => ({
    ...nothing,
    id: `shown ${caseId} ${entity}`,
    kind: 'shown',
    a: `case:${caseId}`,
    b: `entity:${entity}`,
    words: '',
    media,
  }));
};

/** The case that an entity belongs to, as far as the viewer sees it. */
export const caseOfEntity = async (trx: Trx, id: string): Promise<Edges> => {
  const { rows } = await sql<{ caseId: string }>`
    select c.id as "caseId" from entities e join cases c on c.id = e.case_id where e.id = ${id}::uuid`.execute(trx);
  return { edges: rows.map(({ caseId }) => recorded(caseId, id)), leftOut: 0 };
};
