// What the viewer sees beside the media of an export: its cases, entities that belong to them or to the media, what relates these, and what connects the cases.
import { sql } from 'kysely';
import type { Case, Connection, ExchangeField } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { itemsOf } from '../../app/http/paging.js';
import type { ExchangeGraph } from '../../formats/exchange/graph.js';
import { withContext, type Store } from '../../store/index.js';
import { readCases } from '../cases/index.js';
import type { AskConnections } from '../connections/index.js';
import { entitiesById, readAssertions } from '../entities/index.js';
import { requireMayLeave } from './handling.js';
import type { Prepared } from './prepare.js';

const PAGE = 500;
const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);

/** To somebody else goes what the own agency says alone. Errors: EXPORT_HELD_BACK for a receiver who may not have some of it. */
export const readGraph = async (
  store: Store,
  ctx: Context,
  prepared: Prepared,
  leaveOut: readonly ExchangeField[],
  ask: AskConnections,
): Promise<ExchangeGraph> => {
  const { chosen, byCase } = prepared;
  const connections = await connectionsOf(prepared, ask);
  return withContext(
    store.app,
    ctx,
    async (trx) => {
      const seen = await readCases(trx, {});
      const ids = [...byCase.keys()];
      const { rows } = await sql<{ id: string }>`
        with seed as (
          select e.id from entities e where e.case_id = any(${ids}::uuid[])
          union select a.to_entity_id from assertions a where a.retracted_at is null and a.from_media_id = any(${[...chosen.media]}::uuid[])
        )
        select id from seed
        union select a.from_entity_id from assertions a where a.retracted_at is null and a.from_entity_id is not null and a.to_entity_id in (select id from seed)
        union select a.to_entity_id from assertions a where a.retracted_at is null and a.from_entity_id in (select id from seed)`.execute(
        trx,
      );
      const entities = [
        ...(
          await entitiesById(
            trx,
            rows.map(({ id }) => id),
          )
        ).values(),
      ]
        .filter(({ kind }) => kind !== 'series' || !leaveOut.includes('series'))
        .sort(byId);
      const known = entities.map(({ id }) => id);
      const assertions = await readAssertions(
        trx,
        sql`s.retracted_at is null and ${prepared.receiver === null ? sql`true` : sql`s.agency_id = app_agency()`} and s.to_entity_id = any(${known}::uuid[])
          and (s.from_entity_id = any(${known}::uuid[]) or s.from_media_id = any(${[...chosen.media]}::uuid[]))`,
      );
      const graph = {
        cases: seen.filter(({ id }) => byCase.has(id)).sort(byId),
        entities,
        assertions: assertions.map((one) => (leaveOut.includes('names') ? { ...one, by: '' } : one)).sort(byId),
        connections,
      };
      requireOwnGraph(ctx, prepared, graph, seen);
      return graph;
    },
    { access: 'read only' },
  );
};

const connectionsOf = async ({ chosen, byCase }: Prepared, ask: AskConnections): Promise<Connection[]> => {
  const of =
    chosen.scope?.kind === 'exhibit'
      ? [{ exhibit: chosen.scope.id, between: 'exhibits' as const }]
      : [...byCase.keys()].map((id) => ({ case: id, between: 'cases' as const }));
  const found = new Map<string, Connection>();
  for (const scope of of)
    for (const leads of [false, true])
      for await (const one of itemsOf((cursor) => ask({ ...scope, leads, cursor, limit: PAGE })))
        found.set(one.id, one);
  return [...found.values()].sort(byId);
};

/** To somebody else goes what is the agency's own, and of cases whose code reaches them. */
const requireOwnGraph = (
  { actor }: Context,
  { receiver, rules }: Prepared,
  graph: ExchangeGraph,
  seen: readonly Case[],
): void => {
  if (receiver === null) return;
  const ends = graph.connections.flatMap(({ a, b }) => [a, b]);
  const foreign =
    graph.entities.find(({ agency }) => agency.id !== actor.agencyId)?.agency ??
    ends.find(({ agency }) => agency.id !== actor.agencyId)?.agency;
  if (foreign !== undefined)
    throw fail('EXPORT_HELD_BACK', saying`what relates to it is of ${foreign.name} too, and theirs to give`);
  const wanted = [
    ...ends.map(({ caseId }) => caseId),
    ...graph.entities.flatMap((one) => (one.case === null ? [] : [one.case.id])),
  ];
  for (const one of seen)
    if (wanted.includes(one.id))
      requireMayLeave(rules, receiver, { caseId: one.id, handling: one.handling, place: `case ${one.reference}` });
};
