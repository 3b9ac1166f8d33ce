// A real instance for the browser tests: a fresh data folder, the compiled program, two agencies in one operation.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../../packages/server/bin/redthread.js', import.meta.url));
const STOP_MS = 20_000;
/** Exit code of an ingest in which some files could not be read. */
const SOME_UNREAD = 3;

export const OFFICER = { login: 'vera', password: 'postcards and stamps 1' };
export const OPERATION = 'OP-2026-01';

export interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Instance {
  /** Room for exhibits, beside the data. */
  readonly folder: string;
  readonly url: string;
  /** A command of the program on this instance. Throws when it failed; some files that cannot be read are no failure. */
  readonly redthread: (args: readonly string[], input?: string) => Promise<Run>;
  readonly close: () => Promise<void>;
}

/** Only what a program needs: nothing of the tests' own environment decides what is tested. */
const environment = (): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  REDTHREAD_LOG_LEVEL: 'warn',
  // One worker: an exhibit is in work long enough to be watched, on a fast machine too.
  REDTHREAD_WORKERS: '1',
});

const start = (data: string, args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [PROGRAM, ...args, '--data', data], { env: environment(), stdio: 'pipe' });

const collect = (stream: NodeJS.ReadableStream | null): (() => string) => {
  const chunks: Buffer[] = [];
  stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
};

const run = async (data: string, args: readonly string[], input = ''): Promise<Run> => {
  const child = start(data, args);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  child.stdin?.end(input);
  const [exitCode] = (await once(child, 'close')) as [number];
  const result = { exitCode, stdout: stdout(), stderr: stderr() };
  if (exitCode !== 0 && exitCode !== SOME_UNREAD)
    throw new Error(`redthread ${args.join(' ')} ended with ${exitCode}\n${result.stderr}`);
  return result;
};

const serve = async (data: string): Promise<{ url: string; close: () => Promise<void> }> => {
  const child = start(data, ['serve', '--port', '0']);
  const stderr = collect(child.stderr);
  const url = await new Promise<string>((resolve, reject) => {
    if (child.stdout !== null) createInterface(child.stdout).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`redthread serve ended with ${code}\n${stderr()}`)));
  });
  return {
    url,
    close: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(timer);
    },
  };
};

/** Founds the agencies and their cases, and serves them. */
export const openInstance = async (): Promise<Instance> => {
  const folder = mkdtempSync(join(tmpdir(), 'redthread-e2e-'));
  // The database's own user has to pass through it.
  chmodSync(folder, 0o711);
  const data = join(folder, 'data');
  const redthread = (args: readonly string[], input?: string): Promise<Run> => run(data, args, input);
  const roles = 'administrator,coordinator,officer,auditor';
  const password = ['--password-stdin'];
  const home = ['--agency', 'Unidad Costa Clara', '--country', 'ES', '--role', roles];
  await redthread(['user', 'add', OFFICER.login, '--display-name', 'Vera', ...home, ...password], OFFICER.password);
  const server = await serve(data);
  const abroad = ['Bureau Zandmeer', '--country', 'NL', '--administrator', 'joost'];
  await redthread(['agency', 'add', ...abroad, ...password], OFFICER.password);
  await redthread(['operation', 'add', OPERATION, '--name', 'Tantalus']);
  await redthread(['operation', 'invite', OPERATION, '--agency', 'Bureau Zandmeer']);
  await redthread(['operation', 'accept', OPERATION, '--as', 'joost']);
  await redthread(['case', 'add', 'ES-2026-014', '--title', 'Postcards', '--operation', OPERATION, '--share']);
  return {
    folder,
    url: server.url,
    redthread,
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
