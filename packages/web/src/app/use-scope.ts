// The trail of a scope: operation / case / exhibit, as far as it is known, each a link.
import { useQuery } from '@tanstack/react-query';
import { caseQuery, exhibitQuery, operationQuery, type ScopeQuery } from '../api/queries.js';
import { t } from '../text/index.js';
import type { Crumb } from './place.js';

/** Crumbs down to the scope; `[everything]` when there is none. */
export const useScopeTrail = (scope: ScopeQuery): readonly Crumb[] => {
  const exhibit = useQuery({ ...exhibitQuery(scope.exhibit ?? ''), enabled: scope.exhibit !== undefined }).data;
  const caseId = scope.case ?? exhibit?.caseId;
  const theCase = useQuery({ ...caseQuery(caseId ?? ''), enabled: caseId !== undefined }).data;
  const operationId = scope.operation ?? theCase?.operationId ?? undefined;
  const operation = useQuery({
    ...operationQuery(operationId ?? ''),
    enabled: operationId !== undefined,
    retry: false,
  }).data;
  return [
    ...(operation === undefined ? [] : [{ words: operation.name, href: `/operations/${operation.id}` }]),
    ...(theCase === undefined ? [] : [{ words: theCase.reference, href: `/cases/${theCase.id}` }]),
    ...(exhibit === undefined
      ? []
      : [{ words: `${t.common.exhibit.toLowerCase()} ${exhibit.reference}`, href: `/exhibits/${exhibit.id}` }]),
  ];
};

/** The one scope of an address, as a query. */
export const scopeOf = (search: ScopeQuery): ScopeQuery =>
  search.exhibit !== undefined
    ? { exhibit: search.exhibit }
    : search.case !== undefined
      ? { case: search.case }
      : search.operation !== undefined
        ? { operation: search.operation }
        : {};

export const hasScope = (scope: ScopeQuery): boolean => Object.values(scope).some((id) => id !== undefined);
