// The decoder child of one kind: what it is started with, and what its failures mean for the file that it was given.
import { fail } from '@redthread/core/errors';
import { entryPath } from '../../app/entry-path.js';
import type { FileTraces } from '@redthread/core/traces';
import type { Frame } from '../child/frames.js';
import { ChildFailure, RequestChild } from '../child/request-child.js';
import { CODE_OF_END, REPORTED_FAILURES } from './failures.js';
import type { DecoderOptions } from './options.js';
import { ANSWER_LIMITS, ChildMessage, type ChildKind, type DecodedHeader, type DecodeRequest } from './protocol.js';
import type { DecodeMode } from './types.js';

const ENVIRONMENT = {
  MALLOC_ARENA_MAX: '2',
  UV_THREADPOOL_SIZE: '4',
  VIPS_BLOCK_UNTRUSTED: '1',
  // A picture is never spilt to a temporary file: content stays in memory.
  VIPS_DISC_THRESHOLD: '1024g',
};

export interface DecodedAnswer {
  readonly header: DecodedHeader;
  readonly payload: Buffer;
}

/** What is asked of a picture. */
export interface Asked extends Pick<DecodeRequest, 'region'> {
  readonly mode: DecodeMode;
}

export class ChildSlot {
  readonly #kind: ChildKind;
  readonly #options: DecoderOptions;
  readonly #child: RequestChild;
  #lastId = 0;

  constructor(kind: ChildKind, options: DecoderOptions) {
    this.#kind = kind;
    this.#options = options;
    const heapMb = Math.max(64, Math.floor(options.memoryMb / 4));
    const entry = options.entry ?? entryPath(import.meta.url, './decoder-child.js');
    this.#child = new RequestChild({
      command: {
        file: process.execPath,
        args: [`--max-old-space-size=${heapMb}`, entry, kind],
        memoryMb: options.memoryMb,
        env: ENVIRONMENT,
      },
      answerLimits: ANSWER_LIMITS,
      idleMemoryMb: options.idleMemoryMb,
      requestsPerChild: options.filesPerChild,
    });
  }

  get pid(): number | null {
    return this.#child.pid;
  }

  stop(): void {
    this.#child.stop();
  }

  /** Decodes one file; the caller waits for the answer before it gives the next. Throws the codes of DecodeFailureCode. */
  async decode(bytes: Buffer, asked: Asked): Promise<DecodedAnswer> {
    const { answer, payload } = await this.#ask(bytes, asked);
    return answer.kind === 'decoded' ? { header: answer, payload } : this.#broken();
  }

  /** What its bytes say of their way, whatever they are. Throws the codes of DecodeFailureCode. */
  async traces(bytes: Buffer): Promise<FileTraces> {
    const { answer } = await this.#ask(bytes, { mode: 'traces' });
    return answer.kind === 'traces' ? answer.traces : this.#broken();
  }

  async #ask(bytes: Buffer, asked: Pick<DecodeRequest, 'mode' | 'region'>) {
    const request: DecodeRequest = { id: ++this.#lastId, maxPixels: this.#options.maxPixels, ...asked };
    const limitMs = this.#options.timeoutMs + (this.#options.timeoutPerMegabyteMs * bytes.length) / 1e6;
    const frame = await this.#child.request(request, bytes, limitMs).catch((error: unknown): Frame => {
      if (!(error instanceof ChildFailure)) throw error;
      const detail = error.reason === 'start' ? `the ${this.#kind} decoder does not start: ` : '';
      throw fail(CODE_OF_END[error.reason], detail + error.detail);
    });
    const answer = ChildMessage.safeParse(frame.header).data;
    if (answer === undefined || answer.kind === 'ready' || answer.id !== request.id) return this.#broken();
    if (answer.kind === 'failed') throw fail(answer.code, REPORTED_FAILURES[answer.code]);
    return { answer, payload: frame.payload };
  }

  #broken(): never {
    this.stop();
    throw fail('DECODER_DIED', 'the decoder broke the protocol');
  }
}
