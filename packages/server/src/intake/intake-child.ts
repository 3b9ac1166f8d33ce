// The intake as its server sees it: a child that may end and come back at any time. Orders that were under way then fail
// as INTAKE_UNAVAILABLE, and whoever sent them sends them again: each leaves the same when it is carried out twice.
import type { ChildProcess } from 'node:child_process';
import { fail } from '@redthread/core/errors';
import type { IntakeAnswer, IntakeDoor, IntakeOrder, IntakeReply, IntakeRequest } from '../features/exhibits/index.js';

export interface IntakeChild extends IntakeDoor {
  /** Takes a child that was started; the one before is gone. */
  attach(child: ChildProcess): void;
}

interface Waiting {
  readonly resolve: (reply: IntakeReply) => void;
  readonly reject: (error: Error) => void;
}

const STARTS_WITHIN_MS = 15_000;

export const createIntakeChild = (): IntakeChild => {
  let ready: ChildProcess | null = null;
  let whenReady: (() => void)[] = [];
  let nextId = 1;

  const untilReady = async (): Promise<ChildProcess> => {
    if (ready === null) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        whenReady.push(resolve);
        timer = setTimeout(resolve, STARTS_WITHIN_MS);
      });
      clearTimeout(timer);
    }
    if (ready === null) throw fail('INTAKE_UNAVAILABLE', 'it did not start');
    return ready;
  };

  const waitingOf = new WeakMap<ChildProcess, Map<number, Waiting>>();

  return {
    attach: (child) => {
      const waiting = new Map<number, Waiting>();
      waitingOf.set(child, waiting);
      child.on('message', (message: IntakeAnswer | { readonly ready: true }) => {
        if ('ready' in message) {
          ready = child;
          for (const tell of whenReady) tell();
          whenReady = [];
          return;
        }
        const asked = waiting.get(message.id);
        waiting.delete(message.id);
        if (message.ok) asked?.resolve(message.value);
        else asked?.reject(fail(message.code, message.detail));
      });
      const gone = (): void => {
        if (ready === child) ready = null;
        for (const { reject } of waiting.values()) reject(fail('INTAKE_UNAVAILABLE', 'it ended meanwhile'));
        waiting.clear();
      };
      child.once('disconnect', gone);
      child.once('close', gone);
    },
    ask: (async (order: IntakeOrder) => {
      const child = await untilReady();
      const id = nextId++;
      return new Promise<IntakeReply>((resolve, reject) => {
        waitingOf.get(child)?.set(id, { resolve, reject });
        const request: IntakeRequest = { id, order };
        child.send(request, (error) => {
          if (error === null) return;
          waitingOf.get(child)?.delete(id);
          reject(fail('INTAKE_UNAVAILABLE', error.message));
        });
      });
    }) as IntakeDoor['ask'],
  };
};
