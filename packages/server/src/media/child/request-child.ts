// A child that answers one request at a time: started when needed, watched for time and memory, killed and replaced when it misbehaves.
import { startConfined, type ConfinedCommand, type ConfinedProcess } from './confined.js';
import { receiveFrames, sendFrame, type Frame, type FrameLimits } from './frames.js';
import { residentMb, watchMemory } from './resident-memory.js';

export interface ChildPlan {
  /** What is started; its memory limit also is the limit of the watch. */
  readonly command: ConfinedCommand;
  /** Largest answer that is believed. */
  readonly answerLimits: FrameLimits;
  /** A child that keeps more than this after a request is replaced, so that idle children stay small. */
  readonly idleMemoryMb: number;
  /** After so many requests the child is replaced: leaks, and damage nobody noticed, end there. */
  readonly requestsPerChild: number;
}

export type ChildFailureReason = 'timeout' | 'memory' | 'died' | 'start';

/** Why there is no answer. `detail` holds nothing of the request. */
export class ChildFailure extends Error {
  constructor(
    readonly reason: ChildFailureReason,
    readonly detail: string,
  ) {
    super(`${reason}: ${detail}`);
  }
}

interface Running {
  readonly child: ConfinedProcess;
  readonly pid: number;
  served: number;
}

type Outcome = Frame | { readonly died: string };

const START_LIMIT_MS = 30_000;
const STDERR_KEPT_BYTES = 2_000;
/** The share of the limit at which a death without our doing is put down to memory: allocations fail beyond it, and abort. */
const NEAR_LIMIT = 0.75;

export class RequestChild {
  readonly #plan: ChildPlan;
  #running: Running | null = null;
  #onOutcome: ((outcome: Outcome) => void) | null = null;

  constructor(plan: ChildPlan) {
    this.#plan = plan;
  }

  /** Process id of the child; null where none runs. */
  get pid(): number | null {
    return this.#running?.pid ?? null;
  }

  /** Sends one request; the caller waits for its answer before the next. Throws ChildFailure. */
  async request(header: unknown, payload: Buffer, limitMs: number): Promise<Frame> {
    const running = this.#running ?? (await this.#start());
    const { memoryMb } = this.#plan.command;
    let killedFor: ChildFailureReason | null = null;
    const kill = (reason: ChildFailureReason): void => {
      killedFor ??= reason;
      running.child.process.kill('SIGKILL');
    };
    const timer = setTimeout(() => kill('timeout'), limitMs);
    const memory = watchMemory(running.pid, memoryMb, () => kill('memory'));
    const outcome = await this.#next(() => sendFrame(running.child.requests, header, payload));
    clearTimeout(timer);
    memory.stop();

    if ('header' in outcome) {
      const isWorn =
        ++running.served >= this.#plan.requestsPerChild || residentMb(running.pid) > this.#plan.idleMemoryMb;
      if (isWorn) this.stop();
      return outcome;
    }
    this.stop();
    if (killedFor === 'timeout') throw new ChildFailure('timeout', `no answer within ${Math.round(limitMs)} ms`);
    if (killedFor === 'memory' || memory.peakMb() > memoryMb * NEAR_LIMIT)
      throw new ChildFailure('memory', `${Math.round(memory.peakMb())} MB of ${memoryMb} MB`);
    throw new ChildFailure('died', outcome.died);
  }

  /** Kills the child, and fails a request under way; the next request starts another. */
  stop(): void {
    const running = this.#running;
    this.#running = null;
    running?.child.process.kill('SIGKILL');
    this.#onOutcome?.({ died: 'stopped' });
  }

  /** Waits for the child's next frame, or its death. */
  #next(send?: () => void): Promise<Outcome> {
    return new Promise((resolve) => {
      this.#onOutcome = (outcome) => {
        this.#onOutcome = null;
        resolve(outcome);
      };
      send?.();
    });
  }

  /** Starts a child and waits for its first frame, which says that it is ready. */
  async #start(): Promise<Running> {
    const child = startConfined(this.#plan.command);
    // Errors of the pipes show as the death of the child.
    for (const stream of [child.requests, child.answers, child.errors]) stream.on('error', () => {});
    let isStarting = true;
    let stderr = '';
    child.errors.on('data', (chunk: Buffer) => {
      // Only before the first request: later it might quote a file.
      if (isStarting) stderr = (stderr + chunk.toString()).slice(-STDERR_KEPT_BYTES);
    });
    const report = (outcome: Outcome): void => {
      if (isStarting || this.#running?.child === child) this.#onOutcome?.(outcome);
    };
    const isOver = (died: string): void => {
      report({ died });
      if (this.#running?.child === child) this.#running = null;
    };
    receiveFrames(child.answers, this.#plan.answerLimits, report, () => report({ died: 'broke the protocol' }));
    child.process.once('error', () => isOver('not started'));
    child.process.once('close', (code, signal) => isOver(signal ?? `exit ${code}`));

    const timer = setTimeout(() => child.process.kill('SIGKILL'), START_LIMIT_MS);
    const outcome = await this.#next();
    clearTimeout(timer);
    isStarting = false;
    if (!('header' in outcome)) {
      child.process.kill('SIGKILL');
      throw new ChildFailure('start', stderr.trim() || outcome.died);
    }
    this.#running = { child, pid: child.process.pid!, served: 0 };
    return this.#running;
  }
}
