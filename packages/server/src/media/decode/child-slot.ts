// One decoder child and its replacement: started when needed, given one file at a time, killed when it is late, too big or broken.
import { fail } from '@redthread/core/errors';
import { entryPath } from '../../app/entry-path.js';
import { startConfined, type ConfinedProcess } from '../child/confined.js';
import { receiveFrames, sendFrame, type Frame } from '../child/frames.js';
import { residentMb, watchMemory } from '../child/resident-memory.js';
import { ANSWER_LIMITS, ChildMessage, type ChildKind, type DecodedHeader, type DecodeRequest } from './protocol.js';
import { REPORTED_FAILURES } from './failures.js';
import type { DecoderOptions } from './options.js';

const START_LIMIT_MS = 30_000;
const STDERR_KEPT_BYTES = 2_000;
const ENVIRONMENT = {
  MALLOC_ARENA_MAX: '2',
  UV_THREADPOOL_SIZE: '4',
  VIPS_BLOCK_UNTRUSTED: '1',
  // A picture is never spilt to a temporary file: content stays in memory.
  VIPS_DISC_THRESHOLD: '1024g',
};
// RLIMIT_DATA counts what is reserved, the watch what is used: the watch is to fire first and give the better answer.
const RESERVED_OVER_RESIDENT = 1.5;

export interface DecodedAnswer {
  readonly header: DecodedHeader;
  readonly payload: Buffer;
}

interface Running {
  readonly process: ConfinedProcess;
  readonly pid: number;
  served: number;
}

type Outcome = Frame | { readonly died: string } | { readonly broken: true };

export class ChildSlot {
  #running: Running | null = null;
  #onOutcome: ((outcome: Outcome) => void) | null = null;
  #lastId = 0;
  readonly #kind: ChildKind;
  readonly #options: DecoderOptions;

  constructor(kind: ChildKind, options: DecoderOptions) {
    this.#kind = kind;
    this.#options = options;
  }

  /** Process id of the child; null where none runs. */
  get pid(): number | null {
    return this.#running?.pid ?? null;
  }

  /** Decodes one file; the caller waits for the answer before it gives the next. Throws the codes of DecodeFailureCode. */
  async decode(bytes: Buffer): Promise<DecodedAnswer> {
    const child = this.#running ?? (await this.#start());
    const limitMs = this.#options.timeoutMs + (this.#options.timeoutPerMegabyteMs * bytes.length) / 1e6;
    const request: DecodeRequest = { id: ++this.#lastId, maxPixels: this.#options.maxPixels };

    let killedFor: 'DECODER_TIMEOUT' | 'DECODER_MEMORY' | null = null;
    const kill = (code: NonNullable<typeof killedFor>): void => {
      killedFor ??= code;
      child.process.kill('SIGKILL');
    };
    const timer = setTimeout(() => kill('DECODER_TIMEOUT'), limitMs);
    const memory = watchMemory(child.pid, this.#options.memoryMb, () => kill('DECODER_MEMORY'));
    const outcome = await this.#next(() => sendFrame(child.process.stdin, request, bytes));
    clearTimeout(timer);
    memory.stop();

    if (!('header' in outcome)) {
      this.stop();
      throw outcomeError(outcome, killedFor, limitMs, memory.peakMb(), this.#options.memoryMb);
    }
    const message = ChildMessage.safeParse(outcome.header);
    const answer = message.data;
    if (answer === undefined || answer.kind === 'ready' || answer.id !== request.id) {
      this.stop();
      throw fail('DECODER_DIED', 'the decoder broke the protocol');
    }
    this.#recycle(child);
    if (answer.kind === 'failed') throw fail(answer.code, REPORTED_FAILURES[answer.code]);
    return { header: answer, payload: outcome.payload };
  }

  /** Kills the child; the next decode starts another. */
  stop(): void {
    const child = this.#running;
    this.#running = null;
    child?.process.kill('SIGKILL');
  }

  /** A child that has served long, or that keeps much memory, makes room for a fresh one. */
  #recycle(child: Running): void {
    child.served++;
    if (child.served >= this.#options.filesPerChild || residentMb(child.pid) > this.#options.idleMemoryMb) this.stop();
  }

  /** Waits for the child's next frame, its death, or nonsense. */
  #next(send?: () => void): Promise<Outcome> {
    return new Promise((resolve) => {
      this.#onOutcome = (outcome) => {
        this.#onOutcome = null;
        resolve(outcome);
      };
      send?.();
    });
  }

  async #start(): Promise<Running> {
    const { memoryMb, entry } = this.#options;
    const child = startConfined({
      file: process.execPath,
      args: [
        `--max-old-space-size=${Math.max(64, Math.floor(memoryMb / 4))}`,
        entry ?? entryPath(import.meta.url, './decoder-child.js'),
        this.#kind,
      ],
      memoryMb: Math.floor(memoryMb * RESERVED_OVER_RESIDENT),
      env: ENVIRONMENT,
    });
    // Errors of the pipes show as the death of the child.
    for (const stream of [child, child.stdin, child.stdout, child.stderr]) stream.on('error', () => {});
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-STDERR_KEPT_BYTES)));
    const report = (outcome: Outcome): void => {
      if (this.#running === null || this.#running.process === child) this.#onOutcome?.(outcome);
    };
    receiveFrames(child.stdout, ANSWER_LIMITS, report, () => report({ broken: true }));
    child.once('close', (code, signal) => {
      if (this.#running?.process === child) this.#running = null;
      report({ died: signal ?? `exit ${code}` });
    });
    child.once('error', () => report({ died: 'not started' }));

    const timer = setTimeout(() => child.kill('SIGKILL'), START_LIMIT_MS);
    const outcome = await this.#next();
    clearTimeout(timer);
    if (!('header' in outcome) || ChildMessage.safeParse(outcome.header).data?.kind !== 'ready') {
      child.kill('SIGKILL');
      // No content has reached it yet, so what it says is safe to show.
      throw fail('INTERNAL', `the ${this.#kind} decoder does not start: ${stderr.trim() || JSON.stringify(outcome)}`);
    }
    this.#running = { process: child, pid: child.pid!, served: 0 };
    return this.#running;
  }
}

/** The size at which a death without our doing is put down to memory: allocations fail beyond the limit, and abort. */
const NEAR_LIMIT = 0.75;

const outcomeError = (
  outcome: Exclude<Outcome, Frame>,
  killedFor: 'DECODER_TIMEOUT' | 'DECODER_MEMORY' | null,
  limitMs: number,
  peakMb: number,
  limitMb: number,
): Error => {
  if (killedFor === 'DECODER_TIMEOUT') return fail('DECODER_TIMEOUT', `no answer within ${Math.round(limitMs)} ms`);
  if (killedFor === 'DECODER_MEMORY' || peakMb > limitMb * NEAR_LIMIT)
    return fail('DECODER_MEMORY', `${Math.round(peakMb)} MB of ${limitMb} MB`);
  return fail('DECODER_DIED', 'died' in outcome ? outcome.died : 'the decoder broke the protocol');
};
