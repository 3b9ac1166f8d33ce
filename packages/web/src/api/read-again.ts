// What was read before a change is read again after it: also what is still on its way for the first time.
import type { QueryClient, QueryFilters } from '@tanstack/react-query';

const under = (paths: readonly string[]): NonNullable<QueryFilters['predicate']> => {
  return ({ queryKey: [path] }) => paths.some((one) => String(path).startsWith(one));
};

/** Reads again whatever lies under one of these paths and is shown; the rest is read when it is shown. */
export const readAgain = async (client: QueryClient, paths: readonly string[]): Promise<void> => {
  const touched = under(paths);
  // Invalidating does not begin a first read anew: it would end with what stood before the change, and count as fresh.
  await client.cancelQueries({ predicate: (query) => touched(query) && query.state.data === undefined });
  await client.invalidateQueries({ predicate: touched });
};
