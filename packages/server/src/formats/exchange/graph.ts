// What an export says beside media: cases, entities, who says that they relate, and what connects.
import type { AgencyRef, Assertion, Connection, Entity } from '@redthread/core/contract';
import type { ExchangeCase } from './media.js';

export interface ExchangeGraph {
  readonly cases: readonly ExchangeCase[];
  readonly entities: readonly Entity[];
  readonly assertions: readonly Assertion[];
  readonly connections: readonly Connection[];
}

/** Of what says nothing beside media. */
export const NO_GRAPH: ExchangeGraph = { cases: [], entities: [], assertions: [], connections: [] };

/** `ES-1 / 7`, or the case alone. */
export const endWords = ({ caseReference, exhibit }: Connection['a']): string =>
  exhibit === null ? caseReference : `${caseReference} / ${exhibit}`;

/** By which an end is told from others: of an exhibit its own id. */
export const endId = ({ caseId, exhibitId }: Connection['a']): string => exhibitId ?? caseId;

/** Agencies of what is in it, by their ids. */
export const agenciesOf = ({ cases, connections, entities }: ExchangeGraph): ReadonlyMap<string, AgencyRef> => {
  const ends = connections.flatMap(({ a, b }) => [a, b]);
  return new Map([...cases, ...entities, ...ends].map(({ agency }) => [agency.id, agency]));
};

/** Ends of connections that are none of its cases, by their ids. */
export const endsElsewhere = ({ cases, connections }: ExchangeGraph): ReadonlyMap<string, Connection['a']> => {
  const ends = new Map(connections.flatMap(({ a, b }) => [a, b]).map((end) => [endId(end), end]));
  for (const { id } of cases) ends.delete(id);
  return ends;
};

/** Grades with their pairs: `same content 12, partial 3`. */
export const countWords = ({ counts }: Connection): string =>
  counts.map(({ grade, pairs }) => `${grade} ${pairs}`).join(', ');
