// Starts the processes that work on a store, and starts them again when they end without being told to. A child holds
// no secret in its arguments, gets an environment of its own, and ends with us, however we end: we hold its stdin.
import { spawn, type ChildProcess } from 'node:child_process';
import { childEnvironment } from './child-environment.js';
import type { Config, Role } from './config.js';
import { entryPath } from './entry-path.js';

export interface SupervisedCounts {
  readonly workers: number;
  readonly matcher: boolean;
  readonly sealer?: boolean;
  /** Given the child each time that one is started: orders go to it over its channel. */
  readonly intake?: (child: ChildProcess) => void;
  readonly connector?: (child: ChildProcess) => void;
  readonly searcher?: (child: ChildProcess) => void;
}

export interface SupervisorEvents {
  /** One line about a child that ended by itself, or that a child wants people to read; for the log. */
  readonly onTrouble?: (line: string) => void;
}

export interface Supervisor {
  /** Process ids of the children that run now. */
  pids(): number[];
  /** Asks all to end after what they have under way; kills those that take longer than `graceMs`. */
  stop(graceMs?: number): Promise<void>;
}

const ENTRIES = {
  worker: '../worker/main.js',
  matcher: '../matcher/main.js',
  sealer: '../sealer/main.js',
  intake: '../intake/main.js',
  connector: '../connector/main.js',
  searcher: '../searcher/main.js',
} as const;
type ChildKind = keyof typeof ENTRIES;

/** How a line on stderr begins that a child wants people to read while it lives. */
export const CHILD_NOTE = 'note: ';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
/** A child that ran so long was well: its next start is at once. */
const WELL_AFTER_MS = 30_000;
const GRACE_MS = 15_000;

/** Starts the wanted processes and keeps them running until `stop`. */
export const startProcesses = (config: Config, counts: SupervisedCounts, events: SupervisorEvents = {}): Supervisor => {
  const kinds: ChildKind[] = [
    ...Array.from({ length: counts.workers }, () => 'worker' as const),
    ...(counts.matcher ? ['matcher' as const] : []),
    ...(counts.sealer === true ? ['sealer' as const] : []),
  ];
  const keepers = kinds.map((kind) => keepRunning(config, kind, events));
  for (const kind of ['intake', 'connector', 'searcher'] as const) {
    const attach = counts[kind];
    if (attach !== undefined) keepers.push(keepRunning(config, kind, events, attach));
  }
  return {
    pids: () => keepers.flatMap((keeper) => keeper.pid() ?? []),
    stop: async (graceMs = GRACE_MS) => {
      await Promise.all(keepers.map((keeper) => keeper.stop(graceMs)));
    },
  };
};

interface Keeper {
  pid(): number | null;
  stop(graceMs: number): Promise<void>;
}

/** Which roles of the database a child works as. */
const ROLES_OF = {
  worker: ['worker'],
  matcher: ['matcher'],
  sealer: ['sealer'],
  intake: ['worker'],
  connector: ['app'],
  searcher: ['app', 'matcher'],
} as const satisfies Record<ChildKind, readonly Role[]>;

/** What connects is kept in memory: beyond its limit the process ends, and nothing else does. */
const optionsOf = (kind: ChildKind, { connectionsMemoryMb }: Config): string[] => [
  '--enable-source-maps',
  ...(kind === 'connector' ? [`--max-old-space-size=${connectionsMemoryMb}`] : []),
];

const keepRunning = (
  config: Config,
  kind: ChildKind,
  { onTrouble }: SupervisorEvents,
  onStart?: (child: ChildProcess) => void,
): Keeper => {
  let child: ChildProcess | null = null;
  let stopping = false;
  let pauseMs = FIRST_PAUSE_MS;
  let pause: NodeJS.Timeout | null = null;
  let ended: (() => void) | null = null;

  const start = (): void => {
    pause = null;
    const startedAt = Date.now();
    const started = spawn(process.execPath, [...optionsOf(kind, config), entryPath(import.meta.url, ENTRIES[kind])], {
      env: childEnvironment(config, ROLES_OF[kind]),
      // Orders carry bytes.
      serialization: 'advanced',
      stdio: onStart === undefined ? ['pipe', 'ignore', 'pipe'] : ['pipe', 'ignore', 'pipe', 'ipc'],
      // A Ctrl-C in the terminal is for the command, which then tells its children.
      detached: true,
    });
    child = started;
    onStart?.(started);
    started.stdin?.on('error', () => undefined);
    let lastWords = '';
    started.stderr?.on('data', (chunk: Buffer) => {
      const lines = (lastWords + chunk.toString('utf8')).split('\n');
      const notes = lines.slice(0, -1).filter((line) => line.startsWith(CHILD_NOTE));
      for (const note of notes) onTrouble?.(`${kind}: ${note.slice(CHILD_NOTE.length)}`);
      lastWords = lines
        .filter((line) => !notes.includes(line))
        .join('\n')
        .slice(-2_000);
    });
    started.once('error', (error) => (lastWords = error.message));
    started.once('close', (code, signal) => {
      child = null;
      ended?.();
      if (stopping) return;
      onTrouble?.(`a ${kind} ended (${signal ?? `exit ${code}`})${lastWords === '' ? '' : `: ${lastWords.trim()}`}`);
      pauseMs = Date.now() - startedAt > WELL_AFTER_MS ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      pause = setTimeout(start, pauseMs);
    });
  };
  start();
  return {
    pid: () => child?.pid ?? null,
    stop: async (graceMs) => {
      stopping = true;
      if (pause !== null) clearTimeout(pause);
      const running = child;
      if (running === null) return;
      await new Promise<void>((resolve) => {
        const kill = setTimeout(() => running.kill('SIGKILL'), graceMs);
        ended = () => {
          clearTimeout(kill);
          resolve();
        };
        running.stdin?.end();
        running.kill('SIGTERM');
      });
    },
  };
};
