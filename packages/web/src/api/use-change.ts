// A change on the server: sends it, then reads again whatever lies under the paths that it touches.
import {
  useMutation,
  useQueryClient,
  type InvalidateQueryFilters,
  type UseMutationResult,
} from '@tanstack/react-query';

/** Queries of what lies under one of these paths. */
export const under = (paths: readonly string[]): InvalidateQueryFilters => ({
  predicate: ({ queryKey: [path] }) => paths.some((one) => String(path).startsWith(one)),
});

export const useChange = <Input, Output = unknown>(
  send: (input: Input) => Promise<Output>,
  touches: readonly string[],
): UseMutationResult<Output, Error, Input> => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => client.invalidateQueries(under(touches)),
  });
};
