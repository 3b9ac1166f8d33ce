// What the tests of the store share: a folder of their own, a process that holds a store open, and looking at processes.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { loadConfig, type Config } from '../../packages/server/src/app/config.js';

export const isRoot = process.getuid?.() === 0;

/** A temporary folder that other users may pass, as a data folder has to be. */
export const temporaryFolder = (): { path: string; remove: () => void } => {
  const path = mkdtempSync(join(tmpdir(), 'redthread-store-'));
  chmodSync(path, 0o711);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
};

export const configFor = (data: string, env: Readonly<Record<string, string>> = {}): Config =>
  loadConfig({ env, data });

export interface Holder {
  readonly process: ChildProcess;
  readonly postgres: number;
  readonly error: string | undefined;
  close(): Promise<void>;
  kill(): Promise<void>;
}

const HOLDER = fileURLToPath(new URL('./store-holder.mjs', import.meta.url));

/** Starts another process that opens the store in `data`, and waits until it is open. */
export const startHolder = async (
  data: string,
  env: NodeJS.ProcessEnv = { PATH: process.env['PATH'] },
  options: { prepare?: string; detached?: boolean } = {},
): Promise<Holder> => {
  const child = spawn(process.execPath, [HOLDER, data, options.prepare ?? 'here'], {
    env,
    detached: options.detached ?? false,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the holder ended with ${code}`)));
  });
  const { postgres, error } = JSON.parse(line) as { postgres: number; error?: string };
  return {
    process: child,
    postgres,
    error,
    close: async () => {
      child.stdin.write('\n');
      await exited;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
};

/** Whether a process lives; a zombie does not. */
export const lives = (pid: number): boolean => {
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
};

export const eventually = async (what: string, check: () => boolean | Promise<boolean>, timeoutMs = 60_000) => {
  const deadline = Date.now() + timeoutMs;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
