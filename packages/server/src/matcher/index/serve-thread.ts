// The other side of `Thread`: answers the questions of the process one after another.
import { parentPort } from 'node:worker_threads';
import { isRedthreadError } from '@redthread/core/errors';
import type { ThreadReply } from './messages.js';

export interface Answer {
  readonly value: unknown;
  /** Memory that is handed over. */
  readonly transfer?: readonly ArrayBuffer[];
}

/** A failure is an answer, with its code; the thread lives on. */
export const serveThread = <Request extends { readonly id: number }>(answer: (request: Request) => Answer): void => {
  const port = parentPort;
  if (port === null) throw new TypeError('this module runs as a thread');
  port.on('message', (request: Request) => {
    const { id } = request;
    try {
      const { value, transfer = [] } = answer(request);
      port.postMessage({ id, ok: true, value } satisfies ThreadReply, [...transfer]);
    } catch (error) {
      const [code, detail] = isRedthreadError(error) ? [error.code, error.detail] : ['INTERNAL', String(error)];
      port.postMessage({ id, ok: false, code, detail } satisfies ThreadReply);
    }
  });
};
