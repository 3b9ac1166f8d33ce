// Liveness and readiness, apart: a server that waits for its index is alive, and says what it waits for.
import type { Status } from '@redthread/core/contract';
import type { FastifyInstance } from 'fastify';

export type MatcherState = Status['matcher'];

export interface Readiness {
  readonly database: boolean;
  readonly matcher: MatcherState;
}

export type AskReadiness = () => Promise<Readiness>;

const INDEX_STATES: Readonly<Record<MatcherState, string>> = {
  ready: 'READY',
  loading: 'INDEX-LOADING',
  stale: 'INDEX-STALE',
  absent: 'INDEX-ABSENT',
};

const stateOf = ({ database, matcher }: Readiness): string => {
  if (!database) return 'DATABASE-UNREACHABLE';
  return INDEX_STATES[matcher];
};

export const healthRoutes = (app: FastifyInstance, ask: AskReadiness): void => {
  app.get('/healthz', { schema: { hide: true } }, async () => ({ state: 'ALIVE' }));
  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const readiness = await ask().catch((): Readiness => ({ database: false, matcher: 'absent' }));
    const state = stateOf(readiness);
    return reply.code(state === 'READY' ? 200 : 503).send({ state, ...readiness });
  });
};
