// A change on the server: sends it, then reads again whatever lies under the paths that it touches.
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';

export const useChange = <Input, Output = unknown>(
  send: (input: Input) => Promise<Output>,
  touches: readonly string[],
): UseMutationResult<Output, Error, Input> => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () =>
      client.invalidateQueries({
        predicate: ({ queryKey: [path] }) => touches.some((touched) => String(path).startsWith(touched)),
      }),
  });
};
