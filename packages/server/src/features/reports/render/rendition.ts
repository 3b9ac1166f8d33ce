// What every rendition of a model is: it takes the blocks one after the other, and holds files open until it is finished or given up.
import type { ReportBlock, ReportCover } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import type { WrittenFile } from './out-file.js';

export interface Rendition {
  take(block: ReportBlock): void;
  /** All of its files, whole. */
  finish(): Promise<WrittenFile[]>;
  /** Of one that is not finished: what it holds is let go. */
  giveUp(): void;
}

/** What has to be known before the first block is rendered: contents stand before what they name, and a long PDF is made otherwise. */
export interface Outline {
  readonly cover: ReportCover;
  readonly sections: readonly { readonly id: string; readonly title: string }[];
  readonly rows: number;
}

/** Errors: those of reading the model. */
export const outlineOf = async (blocks: AsyncIterable<ReportBlock>): Promise<Outline> => {
  let cover: ReportCover | null = null;
  let rows = 0;
  const sections: { id: string; title: string }[] = [];
  for await (const block of blocks) {
    if (block.is === 'cover') cover = block;
    if (block.is === 'section') sections.push({ id: block.id, title: block.title });
    if (block.is === 'end') rows = block.rows;
  }
  if (cover === null) throw fail('REPORT_MODEL_INVALID', 'line 1: a model begins with its cover');
  return { cover, sections, rows };
};
