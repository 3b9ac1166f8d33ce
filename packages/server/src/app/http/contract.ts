// How a route is declared: who may call it, and which audit event it leaves. The types close the gaps: a route of the
// API that says neither does not register.
import { Readable } from 'node:stream';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { AuditObject } from '@redthread/core/audit';
import { Problem } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import { z, type ZodType } from 'zod';
import type { ConnectionDoor } from '../../features/connections/index.js';
import type { IntakeDoor } from '../../features/exhibits/index.js';
import type { ListDoor } from '../../features/lists/index.js';
import type { SearchDoor } from '../../features/search/index.js';
import type { Store } from '../../store/index.js';
import type { Authenticated, Scope, SessionStage, WebSession } from './authenticated.js';

/** What every route works with. */
export interface RouteDeps {
  readonly store: Store;
  /** Writes what senders of ingests bring. */
  readonly intake: IntakeDoor;
  /** Reads and counts the lists that people bring. */
  readonly lists: ListDoor;
  /** Keeps what connects. */
  readonly connections: ConnectionDoor;
  /** Searches by picture, and asks the lists. */
  readonly searcher: SearchDoor;
}

/** A body or an answer that is bytes. */
export const Bytes = z.custom<Buffer>((value) => Buffer.isBuffer(value)).meta({ type: 'string', format: 'binary' });
export const ByteStream = z
  .custom<Readable>((value) => value instanceof Readable)
  .meta({ type: 'string', format: 'binary' });

export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression<RawServerDefault>,
  RawReplyDefaultExpression<RawServerDefault>,
  FastifyBaseLogger,
  ZodTypeProvider
>;

export type RouteAudit =
  /** A view, written before the answer leaves. */
  | {
      readonly view: string;
      readonly object?: AuditObject['kind'];
      /** What a page asks for again and again counts once a minute for one person and object. */
      readonly polled?: boolean;
    }
  /** The service writes the event in the transaction of what it does. */
  | { readonly byService: true }
  | { readonly exempt: string };

/** A route as it was registered: what tests walk, so that none is left out. */
export interface ApiRoute {
  readonly method: string;
  /** With its prefix and `:parameters`. */
  readonly url: string;
  readonly access: 'public' | Scope;
  readonly audit: RouteAudit;
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly apiRoutes: readonly ApiRoute[];
  }
  interface FastifyContextConfig {
    /** `public`: without signing in; otherwise the scope that an API key needs. */
    access?: 'public' | Scope;
    audit?: RouteAudit;
    /** Sessions whose sign-in is not over that may call it all the same. */
    early?: readonly Exclude<SessionStage, 'full'>[];
    /** Pages ask for it again and again without their person, as they do for a view that is `polled`. */
    byItself?: boolean;
    /** Of a session it asks for a proof of who sits there that is a few minutes old at most. */
    proof?: boolean;
  }
  interface FastifyRequest {
    authenticated: Authenticated | null;
  }
}

/** Who asks. Errors: NOT_SIGNED_IN. */
export const whoAsks = (request: FastifyRequest): Authenticated => {
  if (request.authenticated === null) throw fail('NOT_SIGNED_IN', 'this call needs a session or an API key');
  return request.authenticated;
};

/** The session of a person who asks. Errors: NOT_SIGNED_IN, PERSON_NEEDED for a program. */
export const sessionOf = (request: FastifyRequest): WebSession => {
  const { session } = whoAsks(request);
  if (session === null) throw fail('PERSON_NEEDED', 'this was asked with an API key');
  return session;
};

/** The context that services take. */
export const ctxOf = (request: FastifyRequest) => whoAsks(request).ctx;

/** The context of a person: what lets somebody in is asked of no program, which could let itself in. Errors: NOT_SIGNED_IN, PERSON_NEEDED. */
export const personsCtx = (request: FastifyRequest) => {
  sessionOf(request);
  return ctxOf(request);
};

/** What changes something, and is put on record by the service that does it. */
export const byService = { access: 'write', audit: { byService: true } } as const;

export const viewed = (
  view: string,
  object?: AuditObject['kind'],
  polled = false,
): { audit: RouteAudit; access: Scope } => ({
  access: 'read',
  audit: { view, polled, ...(object === undefined ? {} : { object }) },
});

/** Answers of a route: what it gives, and problem details for everything else. */
export const answers = <T extends ZodType>(ok: T): { 200: T; '4xx': typeof Problem; '5xx': typeof Problem } => ({
  200: ok,
  '4xx': Problem,
  '5xx': Problem,
});

/** `Content-Digest: sha-256=:BASE64:` (RFC 9530). Errors: REQUEST_INVALID. */
export const contentDigest = (request: FastifyRequest): Buffer => {
  const given = String(request.headers['content-digest'] ?? '');
  const digest = Buffer.from(/(?:^|,\s*)sha-256=:([A-Za-z0-9+/]{43}=):/.exec(given)?.[1] ?? '', 'base64');
  if (digest.length !== 32)
    throw fail('REQUEST_INVALID', 'the bytes come with Content-Digest: sha-256=:…:', { pointer: '/content-digest' });
  return digest;
};
