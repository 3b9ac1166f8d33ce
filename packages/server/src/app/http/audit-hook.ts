// The record of what people see and are refused, as middleware: each route of the API declares its event or why it has
// none, else it does not register. A view is committed before its answer leaves.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AuditObject } from '@redthread/core/audit';
import type { RedthreadError } from '@redthread/core/errors';
import { audit, auditRefusal, withContext, type Store } from '../../store/index.js';
import type { ApiRoute } from './contract.js';

const POLL_MS = 60_000;
const POLL_MEMORY = 10_000;

interface Paged {
  readonly items: readonly unknown[];
}

const countOf = (payload: unknown): number | null =>
  typeof payload === 'object' && payload !== null && Array.isArray((payload as Partial<Paged>).items)
    ? (payload as Paged).items.length
    : null;

/** The id that the address of the request names, whatever it is called there. */
const idOf = (request: FastifyRequest): string | null => {
  const params = { ...(request.query as Record<string, unknown>), ...(request.params as Record<string, unknown>) };
  for (const name of ['id', 'a', 'media', 'exhibit', 'case', 'operation']) {
    const value = params[name];
    if (typeof value === 'string' && value.length <= 100) return value;
  }
  return null;
};

const KIND_OF_PARAMETER = ['media', 'exhibit', 'case', 'operation'] as const;

const objectOf = (request: FastifyRequest): AuditObject | null => {
  const { audit: declared } = request.routeOptions.config;
  const id = idOf(request);
  if (id === null) return null;
  const query = request.query as Record<string, unknown>;
  const kind =
    declared !== undefined && 'view' in declared && declared.object !== undefined
      ? declared.object
      : KIND_OF_PARAMETER.find((name) => query[name] === id);
  return kind === undefined ? null : { kind, id };
};

export const auditRequests = (app: FastifyInstance, store: Store): void => {
  const polls = new Map<string, number>();

  const routes: ApiRoute[] = [];
  app.decorate('apiRoutes', routes);

  app.addHook('onRoute', ({ url, method, config }) => {
    if (!url.startsWith('/api/v1')) return;
    if (config?.access === undefined || config.audit === undefined)
      throw new TypeError(`${url}: a route of the API declares who may call it and its audit event`);
    for (const one of [method].flat()) routes.push({ method: one, url, access: config.access, audit: config.audit });
  });

  const isRepeatedPoll = (request: FastifyRequest): boolean => {
    const key = `${request.authenticated?.ctx.actor.userId ?? ''} ${request.url}`;
    const now = Date.now();
    if (now - (polls.get(key) ?? 0) < POLL_MS) return true;
    if (polls.size >= POLL_MEMORY) polls.clear();
    polls.set(key, now);
    return false;
  };

  app.addHook('preSerialization', async (request, reply, payload: unknown) => {
    const { audit: declared } = request.routeOptions.config;
    const ctx = request.authenticated?.ctx;
    if (ctx === undefined || declared === undefined || !('view' in declared) || reply.statusCode >= 400) return payload;
    if (declared.polled === true && isRepeatedPoll(request)) return payload;
    await withContext(store.app, ctx, (trx) =>
      audit(trx, ctx, {
        type: 'view',
        object: objectOf(request),
        detail: { what: declared.view, count: countOf(payload) },
      }),
    );
    return payload;
  });
};

/** Refused, unknown or not shared; of clear content also what failed on the way: that somebody asked for it is what counts. */
const isForTheRecord = (request: FastifyRequest, { status }: RedthreadError): boolean =>
  status === 403 || status === 404 || (status >= 500 && request.routeOptions.config.access === 'reveal');

/** For the error handler: what was refused is on record, in a transaction of its own, before the answer leaves. */
export const recordRefusal = async (store: Store, request: FastifyRequest, error: RedthreadError): Promise<void> => {
  const ctx = request.authenticated?.ctx;
  if (ctx === undefined || !isForTheRecord(request, error)) return;
  const attempted = `${request.method} ${request.routeOptions.url ?? 'unknown call'}`;
  await auditRefusal(store.app, ctx, { code: error.code, attempted }, refusedObject(request)).catch(
    (failure: unknown) => request.log.error({ err: failure }, 'a refusal could not be recorded'),
  );
};

/** Kind by the address: what was asked for does not exist for this person, so nothing else tells it. */
const refusedObject = (request: FastifyRequest): AuditObject | null => {
  const known = objectOf(request);
  if (known !== null) return known;
  const id = idOf(request);
  const kind = /^\/api\/v1\/(media|exhibit|case|operation)/.exec(request.routeOptions.url ?? '')?.[1];
  return id === null || kind === undefined ? null : { kind: kind as AuditObject['kind'], id };
};
