// Runs a program of the system over a hostile file and hands out what it prints: confined as every decoder child is, watched for memory and
// silence, killed when nobody reads on.
import { PassThrough, type Readable } from 'node:stream';
import { startConfined } from './confined.js';
import { watchMemory } from './resident-memory.js';

export interface ProgramRun {
  readonly file: string;
  readonly args: readonly string[];
  readonly memoryMb: number;
  /** Killed when it prints nothing for so long, unless it is us who do not read. */
  readonly silenceMs: number;
  readonly descriptors?: readonly number[];
  /** Written to its standard input, which then ends. */
  readonly input?: string;
  /** Time zone of what it prints. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Why a program did not do what it was asked. */
export class ProgramFailure extends Error {
  constructor(
    readonly reason: 'exit' | 'silence' | 'memory' | 'start',
    /** The last that it said of it; it may quote the file. */
    readonly said: string,
  ) {
    super(`${reason}: ${said}`);
  }
}

const KEPT_CHARACTERS = 2_000;
const WATCH_MS = 250;

/** What it prints. The stream fails with a ProgramFailure; destroyed, it ends the program. */
export const runProgram = (run: ProgramRun): Readable => {
  const child = startConfined({ ...run, printsAnswer: true, asNobody: true });
  const output = new PassThrough({ highWaterMark: 256 * 1024 });
  let reason: ProgramFailure['reason'] | null = null;
  let said = '';
  let lastAt = performance.now();
  const kill = (why: ProgramFailure['reason']): void => {
    reason ??= why;
    child.process.kill('SIGKILL');
  };
  for (const stream of [child.requests, child.answers, child.errors]) stream.on('error', () => {});
  child.requests.end(run.input ?? '');
  child.errors.on('data', (piece: Buffer) => (said = (said + piece.toString('utf8')).slice(-KEPT_CHARACTERS)));
  child.answers.on('data', () => (lastAt = performance.now()));
  child.answers.pipe(output, { end: false });
  const memory = watchMemory(child.process.pid ?? 0, run.memoryMb, () => kill('memory'));
  const watch = setInterval(() => {
    if (output.writableNeedDrain) lastAt = performance.now();
    if (performance.now() - lastAt > run.silenceMs) kill('silence');
  }, WATCH_MS);
  watch.unref();
  const end = (failure: ProgramFailure | null): void => {
    clearInterval(watch);
    memory.stop();
    if (failure === null) output.end();
    else output.destroy(failure);
  };
  child.process.once('error', () => end(new ProgramFailure('start', run.file)));
  child.process.once('close', (code, signal) =>
    end(
      code === 0 && reason === null
        ? null
        : new ProgramFailure(reason ?? 'exit', said.trim() || signal || `exit ${code}`),
    ),
  );
  output.once('close', () => child.process.kill('SIGKILL'));
  return output;
};

/** Everything that it prints. Errors: ProgramFailure; more than `maxBytes` is one too. */
export const programText = async (run: ProgramRun, maxBytes = 4 * 2 ** 20): Promise<string> => {
  const pieces: Buffer[] = [];
  let total = 0;
  for await (const piece of runProgram(run) as AsyncIterable<Buffer>) {
    total += piece.length;
    if (total > maxBytes) throw new ProgramFailure('memory', 'it prints without end');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
};

/** The lines that it prints, as bytes. A longer one is cut. Errors: ProgramFailure. */
export const programLines = async function* (run: ProgramRun, longestBytes = 64 * 1024): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of runProgram(run) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = piece.indexOf(0x0a); at >= 0; at = piece.indexOf(0x0a, from)) {
      const line = piece.subarray(from, at);
      yield rest.length > 0 ? Buffer.concat([rest, line]) : line;
      rest = Buffer.alloc(0);
      from = at + 1;
    }
    if (from < piece.length && rest.length < longestBytes) rest = Buffer.concat([rest, piece.subarray(from)]);
  }
  if (rest.length > 0) yield rest;
};
