// What the tests of ingests over the network share: a server that is a process of its own, senders that are others, API
// keys, and a proxy that behaves like a bad network.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Context } from '@redthread/core/domain';
import { hashSecret, newSecret } from '../../packages/server/src/features/accounts/secrets.js';
import { openIngestWorld, type IngestWorld } from './ingest-world.js';

const PROGRAM = fileURLToPath(new URL('../../packages/server/bin/redthread.js', import.meta.url));

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly child: ChildProcess;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface Sent {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Sender {
  readonly child: ChildProcess;
  readonly ended: Promise<Sent>;
}

export interface RemoteWorld extends IngestWorld {
  /** Starts the server, on the port of the last one when it is asked for. */
  serve(port?: number, env?: Readonly<Record<string, string>>): Promise<RunningServer>;
  /** File with an API key of that person. */
  keyFile(ctx: Context, scopes?: readonly string[]): Promise<string>;
  stopAll(): Promise<void>;
  close(): Promise<void>;
}

const environment = (more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  TMPDIR: process.env['TMPDIR'],
  REDTHREAD_LOG_LEVEL: 'warn',
  REDTHREAD_WORKERS: '1',
  ...more,
});

export const openRemoteWorld = async (env: Readonly<Record<string, string>> = {}): Promise<RemoteWorld> => {
  const world = await openIngestWorld(env);
  const servers = new Set<ChildProcess>();
  let keys = 0;
  return {
    ...world,
    serve: async (port = 0, more = {}) => {
      const child = spawn(process.execPath, [PROGRAM, 'serve', '--port', String(port), '--data', world.data], {
        env: environment({ ...env, ...more }),
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      servers.add(child);
      let stderr = '';
      child.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-8_000)));
      const url = await new Promise<string>((resolve, reject) => {
        createInterface(child.stdout).once('line', resolve);
        child.once('exit', (code) => reject(new Error(`serve ended with ${code}\n${stderr}`)));
      });
      return {
        url,
        port: Number(new URL(url).port),
        child,
        kill: () => end(child, 'SIGKILL'),
        stop: () => end(child, 'SIGTERM'),
      };
    },
    keyFile: async (ctx, scopes = ['ingest', 'read']) => {
      const { secret } = newSecret('rt_');
      await world.store.owner
        .insertInto('api_keys')
        .values({
          agency_id: ctx.actor.agencyId,
          user_id: ctx.actor.userId,
          name: 'sender',
          key_hash: hashSecret(secret),
          scopes: [...scopes],
          expires_at: new Date(Date.now() + 3_600_000),
        })
        .execute();
      const path = join(world.folder, `sender-${(keys += 1)}.key`);
      writeFileSync(path, `${secret}\n`, { mode: 0o600 });
      return path;
    },
    stopAll: async () => {
      await Promise.all([...servers].map((child) => end(child, 'SIGTERM')));
      servers.clear();
    },
    close: async () => {
      await Promise.all([...servers].map((child) => end(child, 'SIGTERM')));
      await world.close();
    },
  };
};

const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await ended;
  clearTimeout(late);
};

/** `redthread ingest SOURCE --server …` as a process. */
export const send = (
  url: string,
  keyFile: string,
  { source, caseReference, exhibit }: { source: string; caseReference: string; exhibit: string },
  ...more: string[]
): Sender => {
  const what = ['ingest', source, '--case', caseReference, '--exhibit', exhibit];
  const child = spawn(process.execPath, [PROGRAM, ...what, '--server', url, '--key-file', keyFile, '--json', ...more], {
    // Its scratch lies beside its key, apart from that of other tests.
    env: environment({ TMPDIR: dirname(keyFile) }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const ended = once(child, 'close').then(([exitCode]): Sent => ({
    exitCode: exitCode as number | null,
    stdout: Buffer.concat(out).toString('utf8'),
    stderr: Buffer.concat(err).toString('utf8'),
  }));
  return { child, ended };
};

export interface BadNetwork {
  readonly url: string;
  /** How often each thing happened. */
  readonly happened: Record<'dropped' | 'cut' | 'stalled', number>;
  close(): Promise<void>;
}

/**
 * A proxy of bytes that drops connections before the answer, cuts requests in the middle, and stalls, each for a share of
 * the connections that `random` decides.
 */
export const badNetwork = async (toPort: number, random: () => number, share = 0.15): Promise<BadNetwork> => {
  const happened = { dropped: 0, cut: 0, stalled: 0 };
  const sockets = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = connect(toPort, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (chunk: Buffer) => {
      const luck = random();
      if (luck < share / 3) {
        // The request arrives, its answer never does.
        happened.dropped += 1;
        far.write(chunk, () => setTimeout(() => near.destroy(), 30));
        far.pause();
      } else if (luck < (2 * share) / 3) {
        happened.cut += 1;
        far.write(chunk.subarray(0, Math.floor(chunk.length / 2)), () => far.end());
        near.pause();
      } else if (luck < share) {
        happened.stalled += 1;
        near.pause();
        setTimeout(() => {
          far.write(chunk);
          near.resume();
        }, 400);
      } else if (!far.write(chunk)) {
        near.pause();
        far.once('drain', () => near.resume());
      }
    });
    far.on('data', (chunk: Buffer) => near.write(chunk));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    happened,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};

/** Numbers from 0 to 1 that are the same in each run. */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  // xorshift32 (Marsaglia, Xorshift RNGs, 2003).
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
};
