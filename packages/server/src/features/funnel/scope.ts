// What the viewer asks about: an operation, a case or an exhibit, and the exhibits of it that they may see.
import { sql, type RawBuilder } from 'kysely';
import { fail, saying } from '@redthread/core/errors';
import type { Trx } from '../../store/context.js';

export type ScopeKind = 'operation' | 'case' | 'exhibit';

export interface Scope {
  readonly kind: ScopeKind;
  readonly id: string;
}

/** As the API and the command line give it: at most one of the three. */
export interface ScopeInput {
  readonly operation?: string | undefined;
  readonly case?: string | undefined;
  readonly exhibit?: string | undefined;
}

/** The one scope that was given, or null for everything that the viewer may see. Errors: REQUEST_INVALID for two. */
export const scopeOf = (input: ScopeInput): Scope | null => {
  const given = (['operation', 'case', 'exhibit'] as const).flatMap((kind) => {
    const id = input[kind];
    return id === undefined ? [] : [{ kind, id }];
  });
  if (given.length > 1) throw fail('REQUEST_INVALID', 'give one of operation, case and exhibit, not several');
  return given[0] ?? null;
};

/** Label of a scope that the viewer may see. Errors: NOT_FOUND, alike for unknown and hidden ones. */
export const requireScope = async (trx: Trx, scope: Scope): Promise<string> => {
  const row = await labelOf(trx, scope);
  if (row === undefined) throw fail('NOT_FOUND', saying`no such ${scope.kind}`);
  return row.label;
};

const labelOf = (trx: Trx, { kind, id }: Scope): Promise<{ label: string } | undefined> => {
  switch (kind) {
    case 'operation':
      return trx.selectFrom('operations').select('name as label').where('id', '=', id).executeTakeFirst();
    case 'case':
      return trx.selectFrom('cases').select('reference as label').where('id', '=', id).executeTakeFirst();
    case 'exhibit':
      return trx
        .selectFrom('exhibits as e')
        .innerJoin('cases as c', 'c.id', 'e.case_id')
        .select(sql<string>`c.reference || ' / ' || e.reference`.as('label'))
        .where('e.id', '=', id)
        .executeTakeFirst();
  }
};

/** Condition on `e` (exhibits) and `c` (its case). */
export const inScope = (scope: Scope | null): RawBuilder<boolean> => {
  switch (scope?.kind) {
    case undefined:
      return sql<boolean>`true`;
    case 'operation':
      return sql<boolean>`c.operation_id = ${scope.id}::uuid`;
    case 'case':
      return sql<boolean>`c.id = ${scope.id}::uuid`;
    case 'exhibit':
      return sql<boolean>`e.id = ${scope.id}::uuid`;
  }
};
