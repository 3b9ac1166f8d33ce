// A file for others from a form: what would be in it is looked at first, by itself or before it is written.
import { useMutation } from '@tanstack/react-query';
import type { SyntheticEvent } from 'react';
import type { z } from 'zod';
import { callFile, callJson } from '../api/client.js';
import { useChange } from '../api/use-change.js';
import { saveFile } from './save-file.js';

/** The value of the button that only looks. */
export const LOOK = 'look';

interface Asked {
  readonly path: string;
  readonly body: object;
}

interface LookedAt<Summary> {
  readonly submit: (event: SyntheticEvent<HTMLFormElement, SubmitEvent>) => void;
  readonly summary: Summary | undefined;
  readonly isLooking: boolean;
  readonly isWriting: boolean;
  readonly isWritten: boolean;
  readonly error: Error | null;
}

export const useLookFirst = <Summary>(
  /** Where the file is asked for, by what the form says. */
  pathOf: (form: FormData) => string,
  schema: z.ZodType<Summary>,
  bodyOf: (form: FormData) => object,
): LookedAt<Summary> => {
  const look = useMutation({
    mutationFn: ({ body, path }: Asked) => callJson(`${path}/preview`, schema, { method: 'POST', body }),
  });
  const write = useChange(
    async ({ body, path }: Asked) => saveFile(await callFile(path, { method: 'POST', body })),
    ['/contributions', '/audit'],
  );
  const submit = (event: SyntheticEvent<HTMLFormElement, SubmitEvent>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const asked = { path: pathOf(form), body: bodyOf(form) };
    const isLook = (event.nativeEvent.submitter as HTMLButtonElement | null)?.value === LOOK;
    write.reset();
    look.mutate(asked, isLook ? {} : { onSuccess: () => write.mutate(asked) });
  };
  const error = write.error ?? look.error;
  return {
    submit,
    summary: error === null ? look.data : undefined,
    isLooking: look.isPending,
    isWriting: write.isPending,
    isWritten: write.isSuccess,
    error,
  };
};
