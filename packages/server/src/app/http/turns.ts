// Turns for requests that bring bytes or ask for much: a few at a time for each person and for all, so that bodies that are being read
// fit into memory, and others are answered meanwhile. Who waits is not read from, and so is slowed down by the network itself.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fail } from '@redthread/core/errors';
import { ctxOf } from './contract.js';

export interface Turns {
  /** Waits for a turn; call what it answers once, whatever happened. Errors: TOO_MANY_REQUESTS after `patienceMs`. */
  take(name: string): Promise<() => void>;
}

interface Waiting {
  readonly name: string;
  begin(): void;
}

export const createTurns = (
  { each, all, waiting: mostWaiting }: { readonly each: number; readonly all: number; readonly waiting: number },
  patienceMs = 20_000,
): Turns => {
  const running = new Map<string, number>();
  let total = 0;
  let queue: Waiting[] = [];
  const isFree = (name: string): boolean => total < all && (running.get(name) ?? 0) < each;
  const begin = (name: string): (() => void) => {
    total += 1;
    running.set(name, (running.get(name) ?? 0) + 1);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      total -= 1;
      const left = (running.get(name) ?? 1) - 1;
      if (left === 0) running.delete(name);
      else running.set(name, left);
      const next = queue.find((waiting) => isFree(waiting.name));
      if (next === undefined) return;
      queue = queue.filter((waiting) => waiting !== next);
      next.begin();
    };
  };
  return {
    take: async (name) => {
      if (isFree(name)) return begin(name);
      if (queue.filter((waiting) => waiting.name === name).length >= mostWaiting)
        throw fail('TOO_MANY_REQUESTS', 'too many requests of this kind are under way');
      return new Promise((resolve, reject) => {
        const waiting: Waiting = {
          name,
          begin: () => {
            clearTimeout(timer);
            resolve(begin(name));
          },
        };
        const timer = setTimeout(() => {
          queue = queue.filter((other) => other !== waiting);
          reject(fail('TOO_MANY_REQUESTS', 'no turn came in time'));
        }, patienceMs);
        queue.push(waiting);
      });
    },
  };
};

/** Waits for a turn, and keeps it until the work is through: also where whoever asked has hung up meanwhile. */
export const inTurn = async <T>(turns: Turns, name: string, work: () => Promise<T>): Promise<T> => {
  const end = await turns.take(name);
  try {
    return await work();
  } finally {
    end();
  }
};

const personOf = (request: FastifyRequest): string => ctxOf(request).actor.userId;

/** As a hook: waits for a turn before the body is read, and keeps it until the answer has left. The turn is the person's, unless it is said whose. */
export const inTurnOf =
  (turns: Turns, nameOf = personOf) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const end = await turns.take(nameOf(request));
    for (const event of ['finish', 'close']) reply.raw.once(event, end);
    if (reply.raw.destroyed) end();
  };
