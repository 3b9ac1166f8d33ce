// Carries a request out at the command line, or waits for whoever does, until it is over.
import { setTimeout as sleep } from 'node:timers/promises';
import type { TwoPersonRequest } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import type { Io } from '../../app/cli/io.js';
import type { LocalSession } from '../accounts/index.js';
import { runRequest } from './run/run.js';
import { requestId, showRequest } from './steps/decide.js';

const ROUND_MS = 300;

/** Answers it as it ends; one that waits for another agency, or that a passing trouble holds up, as it stands. Errors: those that ended it. */
export const awaitRequest = async (
  { store, ctx }: LocalSession<'worker'>,
  number: string,
  io: Io,
): Promise<TwoPersonRequest> => {
  const id = await requestId(store, ctx, number);
  for (;;) {
    const state = await runRequest(store, id, {
      onProgress: (done, total) => io.live([`${done} / ${total}`]),
      warn: io.note,
    });
    if (state === 'busy' || state === 'running') {
      await sleep(ROUND_MS);
      continue;
    }
    io.settle();
    const request = await showRequest(store, ctx, number);
    if (request.state === 'failed')
      throw fail('REQUEST_IMPOSSIBLE', `${request.errorCode ?? ''} ${request.errorDetail ?? ''}`.trim());
    if (request.state === 'approved' && request.errorCode !== null)
      io.note(`not yet: ${request.errorCode}: ${request.errorDetail ?? ''}; a worker of the server tries again`);
    return request;
  }
};
