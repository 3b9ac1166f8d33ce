// A real instance for the browser tests: a data folder of its own, the packed program, two agencies in one operation. Founding them takes
// seconds (initdb, every migration, six commands), so it is done once for the tier and copied.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { notForKeeps } from '../../support/not-for-keeps.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Data folder of the store that every instance is a copy of; nothing runs on it. */
    readonly founded: string;
  }
}

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

/** A folder that the database's own user may pass through. */
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'redthread-e2e-'));
  chmodSync(folder, 0o711);
  return folder;
};

/** Before the first file: founds the agencies and their cases, in a store that every instance is a copy of. Answers what removes it. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const folder = newFolder();
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
  await server.close();
  await notForKeeps(data);
  project.provide('founded', data);
  return () => rm(folder, { recursive: true, force: true });
};

/** An instance of its own with the agencies and their cases, served. */
export const openInstance = async (): Promise<Instance> => {
  const folder = newFolder();
  const data = join(folder, 'data');
  // With its owners, which the copying of Node leaves out.
  await promisify(execFile)('cp', ['-a', inject('founded'), data]);
  const server = await serve(data);
  return {
    folder,
    url: server.url,
    redthread: (args, input) => run(data, args, input),
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
