// Runs the program as its users do: the compiled command line as a process of its own, and a server with somebody signed in.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../packages/server/bin/redthread.js', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  /** When it has ended, however. */
  readonly ended: Promise<Ran>;
}

export interface Program {
  start(args: readonly string[], options?: { env?: Readonly<Record<string, string>>; input?: string }): Started;
  /** Runs to the end. */
  run(args: readonly string[], options?: { env?: Readonly<Record<string, string>>; input?: string }): Promise<Ran>;
  serve(env?: Readonly<Record<string, string>>): Promise<Served>;
  /** Kills whatever still runs. */
  close(): Promise<void>;
}

export interface Served {
  readonly url: string;
  /** What it said on stderr so far. */
  said(): string;
  stop(): Promise<void>;
}

/** The program on one data folder. */
export const programOn = (data: string, common: Readonly<Record<string, string>> = {}): Program => {
  const running = new Set<Started>();

  const start: Program['start'] = (args, { env = {}, input } = {}) => {
    const child = spawn(process.execPath, [PROGRAM, ...args, '--data', data], {
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], REDTHREAD_WORKERS: '1', ...common, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
    child.stdin.on('error', () => undefined).end(input ?? '');
    const ended = once(child, 'close').then(([code]): Ran => {
      running.delete(started);
      return { code: code as number | null, stdout, stderr };
    });
    const started = { child, ended };
    running.add(started);
    return started;
  };

  return {
    start,
    run: (args, options) => start(args, options).ended,
    serve: async (env = {}) => {
      const { child, ended } = start(['serve', '--port', '0'], { env });
      let said = '';
      child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
      const url = await new Promise<string>((resolve, reject) => {
        if (child.stdout !== null) createInterface(child.stdout).once('line', resolve);
        void ended.then(({ code, stderr }) => reject(new Error(`serve ended with ${code}\n${stderr}`)));
      });
      return {
        url,
        said: () => said,
        stop: async () => {
          child.kill('SIGTERM');
          await ended;
        },
      };
    },
    close: async () => {
      const last = [...running];
      for (const { child } of last) child.kill('SIGKILL');
      await Promise.all(last.map(({ ended }) => ended));
    },
  };
};

/** Requests to a served instance as somebody who has signed in. */
export interface WebSession {
  get<T = Record<string, unknown>>(path: string): Promise<{ status: number; body: T }>;
  post<T = Record<string, unknown>>(path: string, body?: unknown): Promise<{ status: number; body: T }>;
  /** Bytes of a clear rendition, or the status and code of the refusal. */
  reveal(mediaId: string): Promise<Buffer | string>;
}

export const signInTo = async (url: string, login: string, password: string): Promise<WebSession> => {
  const answer = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  if (!answer.ok) throw new Error(`${login}: ${await answer.text()}`);
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const headers = { cookie, 'content-type': 'application/json' };
  const send = async <T>(method: string, path: string, body?: unknown) => {
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await fetch(`${url}/api/v1${path}`, init);
    const text = await response.text();
    return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as T };
  };
  return {
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, body ?? {}),
    reveal: async (mediaId) => {
      const response = await fetch(`${url}/api/v1/media/${mediaId}/reveal`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ purpose: 'a test of the program' }),
      });
      if (response.ok) return Buffer.from(await response.arrayBuffer());
      return `${response.status} ${((await response.json()) as { code: string }).code}`;
    },
  };
};
