// A change on the server: sends it, then reads again whatever lies under the paths that it touches.
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { readAgain } from './read-again.js';

export const useChange = <Input, Output = unknown>(
  send: (input: Input) => Promise<Output>,
  touches: readonly string[],
): UseMutationResult<Output, Error, Input> => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => readAgain(client, touches),
  });
};
