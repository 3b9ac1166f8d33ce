// The server: API and pages on loopback, and beside it the processes that work, match, seal and take in, until it is told to end.
import type { FastifyInstance } from 'fastify';
import { fail, type RedthreadError } from '@redthread/core/errors';
import { newSetupToken, type SetupToken } from '../features/accounts/index.js';
import type { ConnectionDoor, ConnectionOrder, ConnectionReply } from '../features/connections/index.js';
import type { IntakeOrder, IntakeReply, IntakeDoor } from '../features/exhibits/index.js';
import type { ListDoor, ListOrder } from '../features/lists/index.js';
import type { SearchDoor, SearchOrder, SearchReply } from '../features/search/index.js';
import { openStore, readSetting, storeExists, withNobody, type Store } from '../store/index.js';
import type { Config } from './config.js';
import { recordConfiguration } from './configuration-record.js';
import { buildHttp } from './http/index.js';
import { openLog, type ServerLog } from './log.js';
import { registerProcess } from './processes.js';
import { createOrderDoor } from './order-channel.js';
import { startProcesses } from './supervisor.js';
import { followTls, readTls, remarksOnTls, type TakesCertificate, type TlsFiles } from './tls.js';

export interface RunningServer {
  /** Address to open, such as http://127.0.0.1:4480. */
  readonly url: string;
  /** What stands in the way of writing, naming the key that is asked for; null when all is well. */
  readonly readOnly: RedthreadError | null;
  /** Founds the first agency, on the page /setup; null where somebody has an account. */
  readonly setup: SetupToken | null;
  close(): Promise<void>;
}

/** Errors: those of opening the store, PORT_TAKEN, CONFIG_INVALID for an address that is none of this machine. */
export const startServer = async (config: Config, log = openLog(config.logLevel)): Promise<RunningServer> => {
  // Before anything is started: a certificate that does not hold starts nothing.
  const tls = config.tls === null ? null : readTls(config.tls);
  for (const remark of tls === null ? [] : remarksOnTls(tls, config.publicUrl)) log.say(remark);
  if (!storeExists(config)) log.say(`Making a new store in ${config.dataFolder}.`);
  // The database is prepared by a short-lived child: this process never holds the passwords of owner and matcher.
  const store = await openStore(config, { roles: ['app'], prepare: 'child' });
  try {
    await keepDemoAtHome(store, config.host);
    await recordConfiguration(store, config);
    const intake = createOrderDoor<IntakeOrder | ListOrder, IntakeReply>('INTAKE_UNAVAILABLE');
    const searcher = createOrderDoor<SearchOrder, SearchReply>('SEARCH_UNAVAILABLE');
    const connector = createOrderDoor<ConnectionOrder, ConnectionReply>('CONNECTIONS_UNAVAILABLE');
    const http = await buildHttp({
      store,
      intake: intake as IntakeDoor,
      lists: intake as ListDoor,
      connections: connector as ConnectionDoor,
      searcher: searcher as SearchDoor,
      logger: log.http,
      ...(tls === null ? {} : { tls }),
    });
    const endFollowing = config.tls === null ? () => undefined : follow(http, config.tls, log);
    const self = await registerProcess((work) => withNobody(store.app, work), 'server');
    // Without its key the server reads and answers, and nothing is worked on.
    const isReady = store.keys.ready;
    const supervisor = startProcesses(
      config,
      {
        workers: isReady ? config.workers : 0,
        matcher: isReady,
        sealer: isReady,
        connector: connector.attach,
        searcher: searcher.attach,
        ...(isReady ? { intake: intake.attach } : {}),
      },
      { onTrouble: (line) => log.logger.warn(line) },
    );
    const close = async (): Promise<void> => {
      endFollowing();
      await http.close();
      await supervisor.stop();
      await self.leave();
      await store.close();
    };
    try {
      const url = await http.listen({ host: config.host, port: config.port });
      return { url, readOnly: store.keys.refusal(), setup: await newSetupToken(store), close };
    } catch (error) {
      await close();
      throw notListening(config, error);
    }
  } catch (error) {
    await store.close().catch(() => undefined);
    throw error;
  }
};

const follow = ({ server }: FastifyInstance, files: TlsFiles, { logger, say }: ServerLog): (() => void) =>
  followTls(server as unknown as TakesCertificate, files, {
    onTaken: ({ certificate }) => say(`Took up the certificate that ends on ${certificate.validTo}.`),
    onRefused: (error) => {
      const { code, message } = error as RedthreadError;
      logger.error({ code }, `The certificate before stays: ${message}`);
    },
  });

const notListening = ({ host, port }: Config, cause: unknown): RedthreadError =>
  (cause as NodeJS.ErrnoException).code === 'EADDRINUSE'
    ? fail('PORT_TAKEN', `port ${port} of ${host}`, { cause })
    : fail('CONFIG_INVALID', `cannot listen on ${host}:${port} (${(cause as Error).message})`, { cause });

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

/** A demonstration prints its passwords: nobody but this machine may reach it. Errors: DEMO_ONLY. */
const keepDemoAtHome = async (store: Store, host: string): Promise<void> => {
  const instance = await withNobody(store.app, (trx) => readSetting(trx, 'instance'));
  if (instance?.kind === 'demo' && !LOOPBACK.test(host))
    throw fail('DEMO_ONLY', `a demonstration listens on loopback only, not on ${host}`);
};

/** Resolves when the process is asked to end; `hangUp` false: SIGHUP means something else. */
export const untilStopped = ({ hangUp = true }: { readonly hangUp?: boolean } = {}): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', ...(hangUp ? (['SIGHUP'] as const) : [])] as const)
      process.once(signal, () => resolve());
  });
