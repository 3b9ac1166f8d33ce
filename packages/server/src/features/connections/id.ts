// How a connection is named: what it lies between, and its two ends.
import { ConnectionId, ConnectionKind } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';

export interface NamedEnds {
  readonly between: ConnectionKind;
  readonly pair: readonly [string, string];
}

/** As `ConnectionId` of the contract. */
export const connectionId = (between: ConnectionKind, one: string, other: string): string => {
  const ends = between === 'series-cases' ? [one, other] : [one, other].sort();
  return [between, ...ends].join('_');
};

/** Errors: NOT_FOUND for what is no such name. */
export const endsOf = (id: string): NamedEnds => {
  const [between, a, b] = ConnectionId.safeParse(id).data?.split('_') ?? [];
  if (a === undefined || b === undefined) throw fail('NOT_FOUND', 'no such connection');
  return { between: ConnectionKind.parse(between), pair: [a, b] };
};
