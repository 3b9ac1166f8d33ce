// Starts other programs: quietly, keeping what they say for when it is needed, or in the foreground as if typed.
import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { ROOT } from './repository.mjs';

/**
 * Runs a program and resolves when it ends.
 * @returns {Promise<{ exitCode: number, output: string, ms: number, timedOut: boolean }>} output is stdout and stderr as
 *   they came; 127 = no such program, 124 = stopped after `timeoutMs`. With `show`, output also goes to our stdout; with `yielding` it gets
 *   the processor only where nothing else wants it.
 */
export const run = (command, args, { env, show = false, timeoutMs, yielding = false } = {}) =>
  new Promise((resolve) => {
    const started = performance.now();
    const chunks = [];
    let timedOut = false;
    let interrupted = false;
    // A group of its own where a limit stands, so that nothing the program started outlives the limit.
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: timeoutMs !== undefined,
    });
    if (yielding && child.pid !== undefined) yieldProcessor(child.pid);
    const stopGroup = (signal) => {
      try {
        process.kill(timeoutMs === undefined ? child.pid : -child.pid, signal);
      } catch {
        // It ended in the meantime.
      }
    };
    const passOn = (signal) => {
      interrupted = true;
      stopGroup(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, passOn);
    const limit =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            stopGroup('SIGTERM');
            setTimeout(stopGroup, 10_000, 'SIGKILL').unref();
          }, timeoutMs);
    const take = (chunk) => {
      chunks.push(chunk);
      if (show) process.stdout.write(chunk);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    let finished = false;
    const finish = (exitCode) => {
      if (finished) return;
      finished = true;
      clearTimeout(limit);
      if (interrupted) process.exit(130);
      for (const signal of signals) process.off(signal, passOn);
      const output = Buffer.concat(chunks).toString();
      resolve({ exitCode: timedOut ? 124 : exitCode, output, ms: performance.now() - started, timedOut });
    };
    child.on('error', () => finish(127));
    child.on('close', (code) => finish(code ?? 1));
    // Something that it left behind may hold its output open: three seconds after its end nobody waits for that.
    child.on('exit', (code) => setTimeout(finish, 3_000, code ?? 1).unref());
  });

const yieldProcessor = (pid) => {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
    // Where Linux shares the processor among sessions first, a process is as nice as its session is (sched(7), autogroup).
    const session = `/proc/${pid}/autogroup`;
    if (existsSync(session)) writeFileSync(session, String(constants.priority.PRIORITY_LOW));
  } catch {
    // It ended in the meantime, or the system does not let us: then it runs as everything else does.
  }
};

/** Hands the terminal to a program until it ends; signals reach it, and its end becomes ours. */
export const become = (command, args) => {
  const child = spawn(command, args, { stdio: 'inherit' });
  // On a terminal Ctrl-C reaches the whole foreground group by itself: passing it on would deliver it twice.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`${command}: ${error.message}\n`);
    process.exit(127);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
};
