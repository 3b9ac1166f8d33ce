// Puts the HTTP server together: who asks, what is recorded, how errors look, the routes of every feature, the pages.
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import cookie from '@fastify/cookie';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { fail } from '@redthread/core/errors';
import { accountRoutes, administrationRoutes } from '../../features/accounts/index.js';
import { atRiskRoutes } from '../../features/at-risk/index.js';
import { auditRoutes } from '../../features/audit/index.js';
import { breakGlassRoutes } from '../../features/break-glass/index.js';
import { contactRoutes } from '../../features/contacts/index.js';
import { careRoutes } from '../../features/care/index.js';
import { ownSettingRoutes } from '../../features/own-settings/index.js';
import { caseRoutes } from '../../features/cases/index.js';
import { chatAnswerRoutes, chatRoutes } from '../../features/chats/index.js';
import { connectionRoutes, type ConnectionDoor } from '../../features/connections/index.js';
import { custodyRoutes } from '../../features/custody/index.js';
import { exchangeRoutes } from '../../features/exchange/index.js';
import { phoneReportRoutes } from '../../features/phone-reports/index.js';
import { exhibitRoutes, ingestRoutes, type IntakeDoor } from '../../features/exhibits/index.js';
import { firstGenerationRoutes } from '../../features/first-generation/index.js';
import { funnelRoutes } from '../../features/funnel/index.js';
import { graphRoutes } from '../../features/graph/index.js';
import { handlingRoutes } from '../../features/handling/index.js';
import { legalBasisRoutes } from '../../features/legal-bases/index.js';
import { listRoutes, type ListDoor } from '../../features/lists/index.js';
import { matchRoutes } from '../../features/matches/index.js';
import { mediaRoutes } from '../../features/media/index.js';
import { noticeRoutes } from '../../features/notices/index.js';
import { askRoutes } from '../../features/asks/index.js';
import { noteRoutes } from '../../features/notes/index.js';
import { taskRoutes } from '../../features/tasks/index.js';
import { operationRoutes } from '../../features/operations/index.js';
import { outcomeRoutes } from '../../features/outcomes/index.js';
import { packageRoutes } from '../../features/packages/index.js';
import { reportRoutes } from '../../features/reports/index.js';
import { requestRoutes } from '../../features/requests/index.js';
import { reviewRoutes } from '../../features/reviews/index.js';
import { schemeRoutes } from '../../features/schemes/index.js';
import { searchRoutes, standingRoutes, type SearchDoor } from '../../features/search/index.js';
import { selfTestRoutes } from '../../features/selftest/index.js';
import { stackRoutes } from '../../features/stacks/index.js';
import { readinessOf, statusRoutes } from '../../features/status/index.js';
import { entityRoutes } from '../../features/entities/index.js';
import { whereAndWhenRoutes } from '../../features/where-and-when/index.js';
import { verdictRoutes } from '../../features/verdicts/index.js';
import type { Store } from '../../store/index.js';
import { isReachedByHttps } from '../config.js';
import type { TlsMaterial } from '../tls.js';
import { auditRequests, recordRefusal } from './audit-hook.js';
import { authenticateRequests } from './authenticate.js';
import type { Api, RouteDeps } from './contract.js';
import { healthRoutes, type AskReadiness } from './health.js';
import { endConnectionsOnClose } from './end-connections.js';
import { describeApi } from './openapi.js';
import { requireOwnHost } from './own-host.js';
import { asRedthreadError, sendProblem } from './problem.js';
import { addSecurityHeaders, BARE_HEADERS } from './security-headers.js';
import { answerNoRequest } from './no-request.js';
import { serveWebPages } from './web-pages.js';

export interface HttpOptions {
  readonly store: Store;
  /** By default there is none, and no ingest is taken from other machines. */
  readonly intake?: IntakeDoor;
  /** By default there is none, and lists come in by the command line alone. */
  readonly lists?: ListDoor;
  /** By default there is none, and nobody is told what connects. */
  readonly connections?: ConnectionDoor;
  /** By default there is none, and nobody searches by picture or by digest. */
  readonly searcher?: SearchDoor;
  readonly logger?: FastifyBaseLogger;
  /** By default it speaks plain HTTP. */
  readonly tls?: Pick<TlsMaterial, 'cert' | 'key'>;
  /** The built web application; by default that of this installation. */
  readonly webFolder?: string;
  /** By default from the processes that are registered in the database. */
  readonly readiness?: AskReadiness;
  readonly patience?: Patience;
}

/** How long a sender may take for what stands before a body, and for all; how often that is looked at. */
export interface Patience {
  readonly headersMs: number;
  readonly requestMs: number;
  readonly checkMs: number;
}

/** A pack or chunk of a sender, 8 MiB, comes in that time at 120 kbit/s. */
const PATIENCE: Patience = { headersMs: 20_000, requestMs: 600_000, checkMs: 5_000 };

const WEB_FOLDER = fileURLToPath(new URL('../../../../web/dist', import.meta.url));
const BODY_LIMIT_BYTES = 1_048_576;

const noIntake = () => Promise.reject(fail('INTAKE_UNAVAILABLE', 'none was started'));
const NO_INTAKE: IntakeDoor & ListDoor = { ask: noIntake };

const NO_CONNECTOR: ConnectionDoor = {
  ask: () => Promise.reject(fail('CONNECTIONS_UNAVAILABLE', 'none was started')),
};

const NO_SEARCHER: SearchDoor = {
  ask: () => Promise.reject(fail('SEARCH_UNAVAILABLE', 'none was started')),
};

const FEATURES: readonly ((app: Api, deps: RouteDeps) => void)[] = [
  accountRoutes,
  administrationRoutes,
  careRoutes,
  ownSettingRoutes,
  noticeRoutes,
  operationRoutes,
  caseRoutes,
  breakGlassRoutes,
  askRoutes,
  noteRoutes,
  taskRoutes,
  contactRoutes,
  handlingRoutes,
  legalBasisRoutes,
  exhibitRoutes,
  phoneReportRoutes,
  ingestRoutes,
  custodyRoutes,
  requestRoutes,
  reportRoutes,
  funnelRoutes,
  stackRoutes,
  reviewRoutes,
  mediaRoutes,
  matchRoutes,
  connectionRoutes,
  graphRoutes,
  firstGenerationRoutes,
  whereAndWhenRoutes,
  chatRoutes,
  chatAnswerRoutes,
  searchRoutes,
  standingRoutes,
  listRoutes,
  exchangeRoutes,
  packageRoutes,
  schemeRoutes,
  entityRoutes,
  atRiskRoutes,
  outcomeRoutes,
  verdictRoutes,
  auditRoutes,
  statusRoutes,
  selfTestRoutes,
];

/** A server that is ready to `listen` or to `inject`; the store stays the caller's to close. */
export const buildHttp = async ({
  store,
  intake = NO_INTAKE,
  lists = NO_INTAKE,
  connections = NO_CONNECTOR,
  searcher = NO_SEARCHER,
  logger,
  webFolder,
  readiness,
  tls,
  patience = PATIENCE,
}: HttpOptions): Promise<FastifyInstance> => {
  const { trustedProxies } = store.config;
  const app = Fastify({
    // HTTP/2 where the browser speaks it, HTTP/1.1 for all others.
    ...(tls === undefined
      ? {}
      : ({ http2: true, https: { cert: tls.cert, key: tls.key, allowHTTP1: true } } as object)),
    ...(logger === undefined ? { logger: false } : { loggerInstance: logger }),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT_BYTES,
    // Whoever sends slowly on purpose holds a connection so long and no longer.
    requestTimeout: patience.requestMs,
    http: { headersTimeout: patience.headersMs, connectionsCheckingInterval: patience.checkMs },
    clientErrorHandler: answerNoRequest,
    // Only these may say from whom a request comes: anybody can write the header.
    ...(trustedProxies.length === 0 ? {} : { trustProxy: [...trustedProxies] }),
    // An address that cannot be decoded reaches no route, and so neither the hooks nor the handler of errors below.
    frameworkErrors: (error, request, reply) => {
      reply.headers(BARE_HEADERS);
      return sendProblem(asRedthreadError(error), request, reply);
    },
    // Ids and hashes stay out of the log: what was looked at is in the audit record, which has its own readers.
    logController: new LogController({ disableRequestLogging: true }),
  });
  if (tls !== undefined) endConnectionsOnClose(app);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);

  app.setErrorHandler(async (raw, request, reply) => {
    const error = asRedthreadError(raw);
    if (error.status >= 500 && error.code !== 'CONNECTIONS_BEING_READ')
      request.log.error({ err: raw, code: error.code }, error.title);
    await recordRefusal(store, request, error);
    return sendProblem(error, request, reply);
  });

  await addSecurityHeaders(app, isReachedByHttps(store.config));
  requireOwnHost(app, store.config);
  await app.register(cookie);
  await describeApi(app, store.config);
  authenticateRequests(app, store);
  auditRequests(app, store);
  healthRoutes(app, readiness ?? (() => readinessOf(store)));
  const page = await serveWebPages(app, webFolder ?? WEB_FOLDER);
  app.setNotFoundHandler((request, reply) => {
    return page(request, reply) ?? sendProblem(fail('NOT_FOUND', 'no such page or call'), request, reply);
  });

  await app.register(
    async (api) => {
      const typed = api.withTypeProvider<ZodTypeProvider>();
      api.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
        done(null, body),
      );
      for (const routes of FEATURES) routes(typed, { store, intake, lists, connections, searcher });
    },
    { prefix: '/api/v1' },
  );
  await app.ready();
  return app;
};
