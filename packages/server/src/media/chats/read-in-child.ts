// Reads chat exports in a disposable child: no credentials, bounded memory, ended when it says nothing for long. Items come in batches; while one is worked on, the child
// waits at its pipe.
import type { ChatFormat, DateOrder } from '@redthread/core/chats';
import { fail } from '@redthread/core/errors';
import { entryPath } from '../../app/entry-path.js';
import { startConfined, type ConfinedProcess } from '../child/confined.js';
import { receiveFrames, sendFrame, type Frame } from '../child/frames.js';
import { residentMb, watchMemory, type MemoryWatch } from '../child/resident-memory.js';
import { FromChild, ReadItems, type ReadItem, type ToChild } from './protocol.js';

export interface ExportToRead {
  readonly format: ChatFormat;
  readonly path: string;
  readonly beside: readonly string[];
  readonly dateOrder: DateOrder | null;
  /** From its start, each time. */
  open(): AsyncIterable<Uint8Array>;
}

export interface ReadLimits {
  readonly memoryMb: number;
  /** A child that keeps more than this after an export is replaced. */
  readonly idleMemoryMb: number;
  readonly silentForMs: number;
  readonly exportsPerChild: number;
  /** Another entry in place of the child: for tests of misbehaving ones. */
  readonly entry?: string;
}
export const READ_LIMITS: ReadLimits = {
  memoryMb: 512,
  idleMemoryMb: 256,
  silentForMs: 60_000,
  exportsPerChild: 200,
};

const ANSWER_LIMITS = { headerBytes: 64 * 1024, payloadBytes: 64 * 2 ** 20 };

export interface ChatReader {
  /**
   * One export at a time. Errors: CHAT_INVALID, CHAT_FORMAT_UNKNOWN; DECODER_TIMEOUT, DECODER_MEMORY, DECODER_DIED; those of the source.
   */
  read(order: ExportToRead): AsyncGenerator<readonly ReadItem[], void, void>;
  /** Process id of the child; null where none runs. */
  pid(): number | null;
  close(): void;
}

/** No child runs until the first export needs it. */
export const createChatReader = (given: Partial<ReadLimits> = {}): ChatReader => {
  const limits = { ...READ_LIMITS, ...given };
  let running: RunningChild | null = null;
  const stop = (): void => {
    running?.stop();
    running = null;
  };
  return {
    read: async function* (order) {
      const child = (running ??= new RunningChild(limits));
      let isWhole = false;
      try {
        yield* child.read(order);
        isWhole = true;
      } finally {
        if (!isWhole || child.isWorn()) stop();
      }
    },
    pid: () => running?.pid ?? null,
    close: stop,
  };
};

class RunningChild {
  readonly #limits: ReadLimits;
  readonly #child: ConfinedProcess;
  readonly #memory: MemoryWatch;
  readonly #frames: Frame[] = [];
  #ended: { readonly error: Error } | null = null;
  #wake: () => void = () => undefined;
  #drained: () => void = () => undefined;
  /** The stream that the child reads now; what was opened before is sent no further. */
  #stream = 0;
  #served = 0;

  constructor(limits: ReadLimits) {
    this.#limits = limits;
    const heapMb = Math.floor((limits.memoryMb * 3) / 4);
    const entry = limits.entry ?? entryPath(import.meta.url, './chat-child.js');
    this.#child = startConfined({
      file: process.execPath,
      args: [`--max-old-space-size=${heapMb}`, entry],
      memoryMb: limits.memoryMb,
      env: { MALLOC_ARENA_MAX: '2', UV_THREADPOOL_SIZE: '2' },
    });
    const { answers, errors, process: child, requests } = this.#child;
    for (const stream of [requests, answers, errors]) stream.on('error', () => undefined);
    errors.resume();
    this.#memory = watchMemory(child.pid ?? 0, limits.memoryMb, () => this.#end(this.#outOfMemory()));
    receiveFrames(
      answers,
      ANSWER_LIMITS,
      (frame) => {
        this.#frames.push(frame);
        this.#wake();
      },
      () => this.#end(broken()),
    );
    const isOver = (how: string): void =>
      this.#end(this.#memory.peakMb() > limits.memoryMb * NEAR_LIMIT ? this.#outOfMemory() : died(how));
    child.once('error', () => isOver('it did not start'));
    child.once('close', (code, signal) => isOver(signal ?? `exit ${code}`));
  }

  get pid(): number | null {
    return this.#child.process.pid ?? null;
  }

  isWorn(): boolean {
    const { exportsPerChild, idleMemoryMb } = this.#limits;
    return this.#ended !== null || this.#served >= exportsPerChild || residentMb(this.pid ?? 0) > idleMemoryMb;
  }

  async *read(order: ExportToRead): AsyncGenerator<readonly ReadItem[], void, void> {
    this.#served += 1;
    for (;;) {
      const { header, payload } = await this.#frame();
      const word = FromChild.safeParse(header).data;
      if (word === undefined) throw broken();
      const { format, path, dateOrder } = order;
      if (word.kind === 'ready')
        this.#send({ kind: 'read', format, path, dateOrder }, Buffer.from(JSON.stringify(order.beside)));
      else if (word.kind === 'open') void this.#pump((this.#stream = word.stream), order);
      else if (word.kind === 'done') return;
      else if (word.kind === 'failed') throw fail(word.code, word.detail);
      else yield checkedItems(payload);
    }
  }

  stop(): void {
    this.#memory.stop();
    this.#end(died('stopped'));
  }

  /** Nothing is taken from the pipe while nobody waits for it. */
  async #frame(): Promise<Frame> {
    const { silentForMs } = this.#limits;
    const timer = setTimeout(
      () => this.#end(fail('DECODER_TIMEOUT', `no answer within ${silentForMs} ms`)),
      silentForMs,
    );
    try {
      while (this.#frames.length === 0) {
        if (this.#ended !== null) throw this.#ended.error;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
          this.#child.answers.resume();
        });
      }
    } finally {
      clearTimeout(timer);
      this.#child.answers.pause();
    }
    return this.#frames.shift()!;
  }

  #end(error: Error): void {
    this.#ended ??= { error };
    this.#child.process.kill('SIGKILL');
    this.#wake();
    this.#drained();
  }

  #send(header: ToChild, payload: Buffer): void {
    sendFrame(this.#child.requests, header, payload);
  }

  async #pump(stream: number, { open }: ExportToRead): Promise<void> {
    const { requests } = this.#child;
    const isOver = (): boolean => this.#ended !== null || this.#stream !== stream;
    try {
      for await (const piece of open()) {
        if (isOver()) return;
        // Its buffer may be used again before the pipe has taken it.
        this.#send({ kind: 'bytes', stream }, Buffer.from(piece));
        while (requests.writableNeedDrain && !isOver())
          await new Promise<void>((resolve) => {
            this.#drained = resolve;
            requests.once('drain', resolve);
          });
        if (isOver()) return;
      }
      this.#send({ kind: 'end', stream }, NOTHING);
    } catch (error) {
      this.#end(error instanceof Error ? error : died('its source ended'));
    }
  }

  #outOfMemory(): Error {
    return fail('DECODER_MEMORY', `${Math.round(this.#memory.peakMb())} MB of ${this.#limits.memoryMb} MB`);
  }
}

/** The share of the limit at which a death without our doing is put down to memory. */
const NEAR_LIMIT = 0.75;
const NOTHING = Buffer.alloc(0);
const died = (how: string): Error => fail('DECODER_DIED', how);
const broken = (): Error => died('the reader broke the protocol');

const checkedItems = (payload: Buffer): readonly ReadItem[] => {
  try {
    return ReadItems.parse(JSON.parse(payload.toString('utf8')));
  } catch {
    throw broken();
  }
};
