// Starts a child that reads hostile files: clean environment, root folder as cwd, kernel limits, nothing inherited but its pipes.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';

/** A running confined child and our ends of its pipes. */
export interface ConfinedProcess {
  readonly process: ChildProcess;
  /** Its standard input. */
  readonly requests: Writable;
  /** Its descriptor `ANSWER_DESCRIPTOR`, or its standard output where it `printsAnswer`. */
  readonly answers: Readable;
  readonly errors: Readable;
}

/** Answers have a pipe of their own: libraries print on the standard output, which leads nowhere. */
export const ANSWER_DESCRIPTOR = 3;

export interface ConfinedCommand {
  readonly file: string;
  readonly args: readonly string[];
  /** Memory that the child may use; the kernel refuses more than half as much again (RLIMIT_DATA, where there is a POSIX shell). */
  readonly memoryMb: number;
  /** Time of a processor after which the kernel ends it: so that it outlives nobody who would have ended it (RLIMIT_CPU, where there is a POSIX shell). */
  readonly cpuSeconds?: number;
  readonly cwd?: string;
  /** Added to the clean environment; never a secret. */
  readonly env?: Readonly<Record<string, string>>;
  /** What it prints on its standard output is the answer: programs of the system, which know no pipe of ours. */
  readonly printsAnswer?: boolean;
  /** Descriptors of ours that it inherits, from 4 on. */
  readonly descriptors?: readonly number[];
  /** Started as the nobody user when we are root. A child that drops its privileges itself leaves this out. */
  readonly asNobody?: boolean;
}

/** User and group `nobody` on Linux: owns no file. */
export const NOBODY_ID = 65_534;

const SHELL = '/bin/sh';
const CLEAN_ENVIRONMENT = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' };

// -d memory, -c no core dump (it would hold content), -f not one byte is written to any disk
// -t processor time
const LIMITED =
  'ulimit -d "$0" 2>/dev/null; ulimit -t "$1" 2>/dev/null; shift; ulimit -c 0 2>/dev/null; ulimit -f 0 2>/dev/null; exec "$@"';

/** True when this process may change its user: then children are made to run as nobody. */
export const isRoot = (): boolean => process.getuid?.() === 0;

// RLIMIT_DATA counts what is reserved, the watch over the child what is used: the watch is to fire first, as it can say why.
const RESERVED_OVER_USED = 1.5;

/** Starts the child. It gets nothing of our environment; `cwd` is entered before privileges are dropped. */
export const startConfined = (command: ConfinedCommand): ConfinedProcess => {
  const limited = existsSync(SHELL);
  const file = limited ? SHELL : command.file;
  const reservedKb = String(Math.floor(command.memoryMb * RESERVED_OVER_USED) * 1024);
  const seconds = command.cpuSeconds === undefined ? 'unlimited' : String(Math.ceil(command.cpuSeconds));
  const args = limited ? ['-c', LIMITED, reservedKb, seconds, command.file, ...command.args] : [...command.args];
  const child = spawn(file, args, {
    cwd: command.cwd ?? '/',
    env: { ...CLEAN_ENVIRONMENT, ...command.env },
    stdio: ['pipe', command.printsAnswer ? 'pipe' : 'ignore', 'pipe', 'pipe', ...(command.descriptors ?? [])],
    windowsHide: true,
    ...(command.asNobody && isRoot() ? { uid: NOBODY_ID, gid: NOBODY_ID } : {}),
  });
  return {
    process: child,
    requests: child.stdin as Writable,
    answers: (command.printsAnswer ? child.stdout : child.stdio[ANSWER_DESCRIPTOR]) as Readable,
    errors: child.stderr as Readable,
  };
};
