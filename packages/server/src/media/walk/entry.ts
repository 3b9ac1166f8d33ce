// The entries that a walk yields: facts, a way to the content, and the slot in which a consumer leaves an archive to be walked.
import { fail, type ItemErrorCode } from '@redthread/core/errors';
import { printable } from '@redthread/core/sending';
import type { Readable } from 'node:stream';
import type { RandomAccess } from './random-access.js';
import type { Deletion, Entry, ImageNews, ItemProblem, SourceTime } from './types.js';

/** How the content of an entry is reached. */
export interface Content {
  open(): Promise<Readable>;
  /** Given where there is a faster way than collecting the stream. */
  bytes?(maxBytes: number): Promise<Buffer>;
}

export interface EntryFacts {
  readonly path: string;
  readonly rawName?: string;
  readonly container: string | null;
  readonly sizeBytes?: number | null;
  readonly sourceTimes?: readonly SourceTime[];
  readonly filePath?: string | Buffer;
  readonly failure?: ItemProblem;
  readonly notes?: readonly ItemProblem[];
  readonly deletion?: Deletion | null;
  readonly isThumbnail?: boolean;
  readonly image?: ImageNews;
}

export const problem = (code: ItemErrorCode, detail: string): ItemProblem => ({ code, detail: printable(detail) });

export class WalkEntry implements Entry {
  readonly path: string;
  declare readonly rawName?: string;
  readonly container: string | null;
  readonly sizeBytes: number | null;
  readonly sourceTimes: readonly SourceTime[];
  declare readonly filePath?: string | Buffer;
  declare readonly failure?: ItemProblem;
  readonly notes: readonly ItemProblem[];
  readonly deletion: Deletion | null;
  readonly isThumbnail: boolean;
  declare readonly image?: ImageNews;
  readonly about: Entry['about'];
  readonly #content: Content | null;
  #access: RandomAccess | null = null;

  constructor(facts: EntryFacts, content: Content | null, about: Entry['about'] = 'entry') {
    this.path = facts.path;
    if (facts.rawName !== undefined) this.rawName = facts.rawName;
    this.container = facts.container;
    this.sizeBytes = facts.sizeBytes ?? null;
    this.sourceTimes = facts.sourceTimes ?? [];
    if (facts.filePath !== undefined) this.filePath = facts.filePath;
    if (facts.failure !== undefined) this.failure = facts.failure;
    this.notes = facts.notes ?? [];
    this.deletion = facts.deletion ?? null;
    this.isThumbnail = facts.isThumbnail ?? false;
    if (facts.image !== undefined) this.image = facts.image;
    this.about = about;
    this.#content = content;
  }

  async open(): Promise<Readable> {
    return this.#readable().open();
  }

  async bytes(maxBytes: number): Promise<Buffer> {
    const content = this.#readable();
    if (this.sizeBytes !== null && this.sizeBytes > maxBytes) throw tooLarge(maxBytes);
    return content.bytes ? content.bytes(maxBytes) : collect(await content.open(), maxBytes);
  }

  descend(access: RandomAccess): void {
    this.#access = access;
  }

  /** For the walk: what the consumer left, once. */
  takeAccess(): RandomAccess | null {
    const access = this.#access;
    this.#access = null;
    return access;
  }

  #readable(): Content {
    if (this.#content !== null) return this.#content;
    const { code, detail } = this.failure ?? problem('FILE_UNREADABLE', this.path);
    throw fail(code, detail);
  }
}

const tooLarge = (maxBytes: number): Error => fail('FILE_TOO_LARGE', `more than ${maxBytes} bytes`);

const collect = async (stream: Readable, maxBytes: number): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  let total = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    total += piece.length;
    if (total > maxBytes) throw tooLarge(maxBytes);
    pieces.push(piece);
  }
  return Buffer.concat(pieces, total);
};
