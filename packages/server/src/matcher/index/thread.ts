// A thread as the process of the matcher sees it: a question, one answer. A thread that dies fails all that wait for it.
import { Worker } from 'node:worker_threads';
import { fail, type ErrorCode } from '@redthread/core/errors';
import type { ThreadReply } from './messages.js';

type Question<T> = T extends { readonly id: number } ? Omit<T, 'id'> : never;

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

export class Thread<Request extends { readonly id: number; readonly op: string }> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;
  #ended: Error | null = null;
  #isStopping = false;

  /** `path` as `entryPath` answers it; `data` is its `workerData`. */
  constructor(path: string, data: unknown) {
    this.#worker = new Worker(path, { workerData: data });
    this.#worker.on('message', (reply: ThreadReply) => this.#settle(reply));
    this.#worker.on('error', (error) => this.#end(error instanceof Error ? error : new Error(String(error))));
    this.#worker.on('exit', (code) => this.#end(new Error(`a thread of the index ended with ${code}`)));
  }

  /** Errors: what the thread answers; INTERNAL when it is gone. */
  ask<T>(question: Question<Request>, transfer: readonly ArrayBuffer[] = []): Promise<T> {
    if (this.#ended !== null) return Promise.reject(fail('INTERNAL', this.#ended.message, { cause: this.#ended }));
    const id = this.#nextId++;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, ...question }, [...transfer]);
    });
  }

  /** What ended it, though nobody stopped it; null while it lives. */
  get failure(): Error | null {
    return this.#isStopping ? null : this.#ended;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#worker.terminate();
  }

  #settle(reply: ThreadReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.ok) waiting?.resolve(reply.value as never);
    else waiting?.reject(fail(reply.code as ErrorCode, reply.detail));
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
