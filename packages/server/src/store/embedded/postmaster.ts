// The running database as its own postmaster.pid tells it: found, judged, started in a session of its own, stopped.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, realpathSync, renameSync, statSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail } from '@redthread/core/errors';
import type { Binaries } from './binaries.js';
import { CLEAN_ENVIRONMENT, type DatabaseUser } from './database-user.js';
import { isFullDisk, saysFull } from './full-disk.js';
import { identityOf, programOf, type ProcessIdentity } from './process-identity.js';
import { postgresArguments, type Address } from './settings.js';

export interface Postmaster {
  readonly pid: number;
  readonly identity: ProcessIdentity;
  /** `starting`, `ready`, `stopping`: PostgreSQL's own word for its state. */
  readonly status: string;
  readonly address: Address;
  readonly program: string | null;
}

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;
const POLL_MS = 10;
/** A start takes a tenth of a second, a recovery longer: only then is the disk suspected. */
const SUSPICIOUS_AFTER_MS = 2_000;
const SHOWN_LINES = 12;
const LARGEST_LOG_BYTES = 16 * 1024 * 1024;

/** The living postmaster of this cluster, or null; a file left by a dead one, or by a pid used again, is not one. */
export const findPostmaster = (cluster: string): Postmaster | null => {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  // miscadmin.h: pid, data folder, start time, port, socket folder, listen address, shared memory, status.
  const [pidText = '', folder = '', , port = '', socketFolder = '', host = '', , status = ''] = lines;
  const pid = Number(pidText);
  const identity = Number.isSafeInteger(pid) && pid > 1 ? identityOf(pid) : null;
  if (identity === null || !sameFolder(folder, cluster)) return null;
  const program = programOf(pid);
  if (program !== null && !/(^|\/)postgres( \(deleted\))?$/.test(program)) return null;
  const address: Address =
    socketFolder.trim() !== ''
      ? { kind: 'socket', folder: socketFolder.trim(), port: Number(port) }
      : { kind: 'loopback', host: host.trim() === '*' ? '127.0.0.1' : host.trim(), port: Number(port) };
  return { pid, identity, status: status.trim(), address, program };
};

const sameFolder = (a: string, b: string): boolean => {
  try {
    return realpathSync(a) === realpathSync(b);
  } catch {
    return a === b;
  }
};

/** Waits until a postmaster found on the way up or down is ready, or gone (null). */
export const settle = async (cluster: string, timeoutMs = START_TIMEOUT_MS): Promise<Postmaster | null> => {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = findPostmaster(cluster);
    if (found === null || found.status === 'ready') return found;
    if (Date.now() > deadline) {
      await stopPostmaster(found);
      return null;
    }
    await sleep(POLL_MS);
  }
};

export interface StartOptions {
  readonly cluster: string;
  readonly address: Address;
  readonly binaries: Binaries;
  readonly user: DatabaseUser;
  readonly logPath: string;
}

/**
 * Starts PostgreSQL detached (Ctrl-C of our terminal does not reach it) and waits until it takes connections.
 * Errors: DISK_FULL, DB_START_FAILED, each with the last lines of the log.
 */
export const startPostmaster = async (options: StartOptions): Promise<Postmaster> => {
  const deadline = Date.now() + START_TIMEOUT_MS;
  keepLogSmall(options.logPath);
  const logFrom = statSync(options.logPath, { throwIfNoEntry: false })?.size ?? 0;
  for (;;) {
    const log = openSync(options.logPath, 'a', 0o600);
    const child = spawn(options.binaries.postgres, postgresArguments(options.cluster, options.address), {
      cwd: options.cluster,
      env: CLEAN_ENVIRONMENT,
      detached: true,
      stdio: ['ignore', log, log],
      ...(options.user.ids ?? {}),
    });
    closeSync(log);
    child.unref();
    const ended = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(`ended with ${signal ?? `code ${code}`}`));
    });
    const result = await Promise.race([ended, becomesReady(options.cluster, child.pid, deadline)]);
    if (typeof result !== 'string') return result;
    // Alive and not ready: it would hold the folder after we have given up.
    child.kill('SIGQUIT');
    const lines = await lastLines(options.logPath, logFrom);
    if (saysFull(lines) || (await isFullDisk(options.cluster)))
      throw fail('DISK_FULL', `the database in ${options.cluster} cannot start\n${lines}`);
    // Backends of a postmaster that was killed -9 hold its shared memory for a moment longer.
    const passing = /shared memory block .* is still in use|lock file .* already exists/.test(lines);
    if (!passing || Date.now() > deadline) throw fail('DB_START_FAILED', `${result}\n${lines}`);
    if (findPostmaster(options.cluster) === null) await rm(join(options.cluster, 'postmaster.pid'), { force: true });
    await sleep(200);
  }
};

/** One older log is kept beside the current one. */
const keepLogSmall = (path: string): void => {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG_BYTES) renameSync(path, `${path}.1`);
};

const becomesReady = async (
  cluster: string,
  pid: number | undefined,
  deadline: number,
): Promise<Postmaster | string> => {
  const suspiciousAt = Date.now() + SUSPICIOUS_AFTER_MS;
  let lookedAt = 0;
  while (Date.now() < deadline) {
    const found = findPostmaster(cluster);
    if (found !== null && found.pid === pid && found.status === 'ready') return found;
    if (Date.now() > suspiciousAt && Date.now() - lookedAt > 500) {
      lookedAt = Date.now();
      if (await isFullDisk(cluster)) return 'not ready';
    }
    await sleep(POLL_MS);
  }
  return `not ready after ${START_TIMEOUT_MS} ms`;
};

/** Stops: fast shutdown, then immediate, then kill. Returns when the process is gone. */
export const stopPostmaster = async ({ pid, identity }: Postmaster): Promise<void> => {
  for (const [signal, waitMs] of [
    ['SIGINT', STOP_TIMEOUT_MS],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    if (identityOf(pid) !== identity) return;
    process.kill(pid, signal);
    const deadline = Date.now() + waitMs;
    while (Date.now() < deadline) {
      if (identityOf(pid) !== identity) return;
      await sleep(POLL_MS);
    }
  }
};

/** The end of what PostgreSQL has logged since the file had `from` bytes, for the error that the person sees. */
const lastLines = async (logPath: string, from: number): Promise<string> => {
  const log = await readFile(logPath).catch(() => Buffer.alloc(0));
  return log.subarray(from).toString('utf8').trimEnd().split('\n').slice(-SHOWN_LINES).join('\n');
};
