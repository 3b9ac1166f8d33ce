// redthread serve, worker, matcher: the long-running parts.
import type { Command } from 'commander';
import { minute } from './cli/minute.js';
import type { Io } from './cli/io.js';
import { portNumber } from './cli/whole-number.js';
import type { Config } from './config.js';

interface ServeOptions {
  readonly host?: string;
  readonly port?: number;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
}

/** True where a proxy seems to stand before the server, and its word about who asks is not taken. */
export const sharesOneAddress = ({
  publicUrl,
  trustedProxies,
  tls,
}: Pick<Config, 'publicUrl' | 'trustedProxies' | 'tls'>): boolean =>
  publicUrl !== null && trustedProxies.length === 0 && tls === null;

const configOf = async (program: Command, options: ServeOptions = {}): Promise<Config> => {
  const { loadConfig } = await import('./config.js');
  const { data } = program.optsWithGlobals<{ data?: string }>();
  const env = {
    ...process.env,
    ...(options.host === undefined ? {} : { REDTHREAD_HOST: options.host }),
    ...(options.port === undefined ? {} : { REDTHREAD_PORT: String(options.port) }),
    ...(options.tlsCert === undefined ? {} : { REDTHREAD_TLS_CERT: options.tlsCert }),
    ...(options.tlsKey === undefined ? {} : { REDTHREAD_TLS_KEY: options.tlsKey }),
  };
  return loadConfig({ data, env });
};

export const registerServeCommands = (program: Command, io: Io): void => {
  program
    .command('serve')
    .description('serve the web application and the API, with workers and the matcher')
    .option('--host <address>', 'address to listen on (default: REDTHREAD_HOST or 127.0.0.1)')
    .option('--port <number>', 'port to listen on, 0 for a free one (default: REDTHREAD_PORT or 4480)', portNumber)
    .option('--tls-cert <file>', 'certificate to speak TLS with, PEM (default: REDTHREAD_TLS_CERT, or plain HTTP)')
    .option('--tls-key <file>', 'its private key, PEM (default: REDTHREAD_TLS_KEY)')
    .addHelpText('after', '\nExample:\n  $ redthread serve --data /var/lib/redthread --port 4480')
    .action(async (options: ServeOptions) => {
      const config = await configOf(program, options);
      const [{ startServer, untilStopped }, { openLog }] = await Promise.all([
        import('./serve.js'),
        import('./log.js'),
      ]);
      const log = openLog(config.logLevel);
      if (config.dataFolderMovedFrom !== null)
        log.say(`${config.dataFolderMovedFrom} cannot be reached by the database's user: using ${config.dataFolder}`);
      const server = await startServer(config, log);
      if (sharesOneAddress(config))
        log.say(
          'REDTHREAD_PUBLIC_URL is set, REDTHREAD_TRUSTED_PROXIES is not: behind a proxy all share its address, and whoever guesses keeps all from signing in. Name the proxy.',
        );
      if (server.readOnly !== null)
        log.say(
          `Read-only: ${server.readOnly.message}. Give the key that is named and start again. Until then events wait unsealed.`,
        );
      io.out(server.url);
      if (server.setup !== null) {
        // Not into the log: whoever reads the token founds the instance.
        const until = minute(server.setup.expiresAt);
        io.out(`Nobody has an account yet. To found the first agency open ${config.publicUrl ?? server.url}/setup`);
        io.out(`Set-up token (works once, until ${until} UTC): ${server.setup.token}`);
      }
      await untilStopped({ hangUp: config.tls === null });
      log.say('Stopping.');
      await server.close();
    });

  program
    .command('worker')
    .description(
      'one more worker for a store, on this or another machine; ends with Ctrl-C after what it has under way',
    )
    .action(async () => {
      const { runWorker } = await import('../worker/index.js');
      await runUntilStopped(await configOf(program), runWorker);
    });

  program
    .command('matcher')
    .description('a matcher that stands by: one is active for a store at any time')
    .action(async () => {
      const { runMatcher } = await import('../matcher/index.js');
      await runUntilStopped(await configOf(program), runMatcher);
    });
};

const runUntilStopped = async (
  config: Config,
  run: (config: Config, stopping: AbortSignal) => Promise<void>,
): Promise<void> => {
  const { untilStopped } = await import('./serve.js');
  const controller = new AbortController();
  void untilStopped().then(() => controller.abort());
  await run(config, controller.signal);
};
