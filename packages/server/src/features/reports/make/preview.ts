// The beginning of each part of a report, so that somebody sees what they are about to make.
import type { ReportBlock, ReportPreview, ReportQuery, ReportTable } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import type { Store } from '../../../store/index.js';
import type { AskConnections } from '../../connections/index.js';
import type { ReportSink } from '../render/model-file.js';
import { aboutOf } from './about.js';
import { buildModel } from './build-model.js';

const ROWS = 8;

class PreviewSink implements ReportSink {
  readonly blocks: ReportBlock[] = [];

  put(block: Parameters<ReportSink['put']>[0]): void {
    // That one stands there is enough to be told.
    this.blocks.push(block.is === 'picture' ? { ...block, jpeg: '' } : block);
  }

  async table(
    table: Omit<ReportTable, 'is'>,
    rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
  ): Promise<void> {
    this.blocks.push({ is: 'table', ...table });
    let left = ROWS;
    for await (const cells of rows) {
      this.blocks.push({ is: 'row', cells: [...cells] });
      left -= 1;
      if (left === 0) return;
    }
  }
}

/** Errors: REQUEST_INVALID, NOT_FOUND, REPORT_INCOMPLETE, REPORT_UNSIGNED. */
export const previewReport = async (
  store: Store,
  ctx: Context,
  query: ReportQuery,
  connections: AskConnections,
): Promise<ReportPreview> => {
  const sink = new PreviewSink();
  await buildModel(store, ctx, aboutOf(query), sink, connections);
  return { blocks: sink.blocks };
};
