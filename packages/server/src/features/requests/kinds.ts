// What takes two persons, and which right each of them needs.
import type { RequestKind } from '@redthread/core/contract';
import type { Right } from '../accounts/index.js';

export const RIGHT_FOR: Readonly<Record<Exclude<RequestKind, 'undo'>, Right>> = {
  'case-destroy': 'destroy cases',
  'case-transfer': 'hand cases over',
  'exhibit-move': 'move and withdraw exhibits',
  'exhibit-withdraw': 'move and withdraw exhibits',
  purge: 'destroy cases',
};

/** To undo something takes what it took. */
export const rightFor = (kind: RequestKind, undoes: RequestKind | null): Right =>
  RIGHT_FOR[kind === 'undo' ? (undoes === null || undoes === 'undo' ? 'exhibit-move' : undoes) : kind];

interface Takes {
  readonly kind: RequestKind;
  readonly undoes: RequestKind | null;
  readonly caseId: string;
  readonly toCaseId: string | null;
}

/** The case that a request takes something away from, which a legal hold forbids; null: it only brings something back. */
export const takenFrom = ({ kind, undoes, caseId, toCaseId }: Takes): string | null =>
  kind !== 'undo' ? caseId : undoes === 'exhibit-move' ? toCaseId : null;
