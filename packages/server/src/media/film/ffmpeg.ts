// Runs ffmpeg over one hostile file: confined as every decoder child is, fed through a pipe, and able to open nothing but its pipes.
import { availableParallelism } from 'node:os';
import { fail } from '@redthread/core/errors';
import { startConfined } from '../child/confined.js';
import { programPath } from '../child/program-path.js';
import { watchMemory } from '../child/resident-memory.js';

export interface FfmpegLimits {
  readonly memoryMb: number;
  readonly timeoutMs: number;
}

export interface FfmpegRun {
  /** The demuxer, and options of the input. */
  readonly demuxer: string;
  readonly inputOptions: readonly string[];
  /** Filters and the form of the output; it goes to our pipe. */
  readonly outputOptions: readonly string[];
  readonly input: AsyncIterable<Buffer>;
  readonly limits: FfmpegLimits;
  onOutput(piece: Buffer): void;
  onMessage(line: string): void;
}

/** What lies behind the first hours of a film is not decoded. */
export const LONGEST_FILM_MS = 8 * 3_600_000;

/** What ended it: by itself, we did, or somebody else (`died`: the system, for want of memory, or a fault of its own). */
export type FfmpegEnd = 'exit' | 'failed' | 'timeout' | 'memory' | 'died';

/** The system's ffmpeg. Errors: FILM_DECODER_MISSING. */
const ffmpegPath = (): string => {
  const path = programPath('ffmpeg');
  if (path === null) throw fail('FILM_DECODER_MISSING', 'there is no ffmpeg on the PATH');
  return path;
};

/** Over what it can use before we end it ourselves. */
const SPARE_CPU_SECONDS = 10;

/** One longer line says nothing that we read. */
const LONGEST_LINE = 4_096;

/** Runs to the end; what it could decode before it failed or was killed has been handed out. Errors: those of reading the input. */
export const runFfmpeg = async (run: FfmpegRun): Promise<FfmpegEnd> => {
  const child = startConfined({
    file: ffmpegPath(),
    args: [
      ...['-nostdin', '-nostats', '-loglevel', 'info', '-protocol_whitelist', 'pipe'],
      ...run.inputOptions,
      ...['-t', String(LONGEST_FILM_MS / 1000), '-f', run.demuxer, '-i', 'pipe:0'],
      ...run.outputOptions,
      'pipe:3',
    ],
    memoryMb: run.limits.memoryMb,
    cpuSeconds: (run.limits.timeoutMs / 1000) * availableParallelism() + SPARE_CPU_SECONDS,
    asNobody: true,
  });
  let end: FfmpegEnd | null = null;
  const kill = (reason: FfmpegEnd): void => {
    end ??= reason;
    child.process.kill('SIGKILL');
  };
  for (const stream of [child.requests, child.answers, child.errors]) stream.on('error', () => {});
  child.answers.on('data', (piece: Buffer) => {
    try {
      run.onOutput(piece);
    } catch (error) {
      kill('failed');
      child.answers.destroy(error as Error);
    }
  });
  let rest = '';
  child.errors.on('data', (piece: Buffer) => {
    const lines = (rest + piece.toString('latin1')).split('\n');
    rest = (lines.pop() ?? '').slice(0, LONGEST_LINE);
    for (const line of lines) run.onMessage(line);
  });
  const timer = setTimeout(() => kill('timeout'), run.limits.timeoutMs);
  const memory = watchMemory(child.process.pid ?? 0, run.limits.memoryMb, () => kill('memory'));
  const closed = new Promise<FfmpegEnd>((resolve) => {
    child.process.once('error', () => resolve('failed'));
    child.process.once('close', (code) => resolve(code === 0 ? 'exit' : code === null ? 'died' : 'failed'));
  });
  let unread: { readonly error: unknown } | null = null;
  void feed(run.input, child.requests).catch((error: unknown) => {
    unread = { error };
    kill('failed');
  });
  const own = await closed;
  clearTimeout(timer);
  memory.stop();
  if (unread !== null) throw (unread as { readonly error: unknown }).error;
  return end ?? own;
};

/** Until the file ends, or ffmpeg wants no more of it. */
const feed = async (
  input: AsyncIterable<Buffer>,
  to: NodeJS.WritableStream & { destroyed?: boolean },
): Promise<void> => {
  let isOpen = true;
  to.once('close', () => (isOpen = false));
  for await (const piece of input) {
    if (!isOpen || to.destroyed === true) return;
    if (to.write(piece)) continue;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        to.off('drain', go);
        to.off('close', go);
        resolve();
      };
      to.once('drain', go);
      to.once('close', go);
    });
  }
  to.end();
};
