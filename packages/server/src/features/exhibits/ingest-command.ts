// What `redthread ingest` does: runs the ingest as the local user and reports it, live on a terminal, as plain lines
// elsewhere, as JSON for machines. Ctrl-C ends it after the batch; the second one at once.
import type { Command } from 'commander';
import type { Context } from '@redthread/core/domain';
import type { Viewing } from '@redthread/core/sending';
import type { Io } from '../../app/cli/io.js';
import type { Store } from '../../store/index.js';
import { withLocalSession } from '../accounts/index.js';
import { listConnections } from '../connections/index.js';
import { readFunnel } from '../funnel/index.js';
import { ingestExhibit, type IngestOptions, type IngestResult, type IngestWait } from './ingest-exhibit.js';
import { printIngestReport, SHOWN_CONNECTIONS, SHOWN_FAILURES, type IngestReport } from './ingest-report.js';
import { createProgressLines } from './progress-lines.js';
import { listFailures, readExhibit } from './viewing.js';

export interface IngestCommand {
  readonly viewing: Viewing;
  /** Tried on what is locked. */
  readonly passwords: readonly string[];
  readonly source: string;
  readonly case: string;
  readonly exhibit: string;
  readonly inPlace: boolean;
  readonly wait: IngestWait;
  readonly json: boolean;
}

const PLAIN_EVERY_MS = 5_000;

/** Answers whether some entries could not be read. */
export const runIngestCommand = (program: Command, io: Io, command: IngestCommand): Promise<boolean> =>
  withLocalSession(program, ['worker'], async ({ store, ctx }) => {
    const stopping = interruptible(io);
    const input = {
      caseReference: command.case,
      exhibitReference: command.exhibit,
      source: command.source,
      inPlace: command.inPlace,
    };
    const result = await ingestExhibit(store, ctx, input, {
      stopping,
      wait: command.wait,
      viewing: command.viewing,
      passwords: command.passwords,
      onProgress: progressReporter(io, command),
      onTrouble: (line) => io.note(line),
    });
    io.settle();
    printIngestReport(io, command, await reportOf(store, ctx, result));
    return result.counts.unread > 0;
  });

/** The first Ctrl-C asks, the second one insists. */
export const interruptible = (io: Io): AbortSignal => {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(130);
      io.settle();
      io.note('Stopping after what is under way; the same command goes on from here.');
      controller.abort();
    });
  return controller.signal;
};

export const progressReporter = (
  io: Io,
  { json, wait }: Pick<IngestCommand, 'json' | 'wait'>,
): NonNullable<IngestOptions['onProgress']> => {
  const progressLines = createProgressLines(wait === 'parts');
  let lastPlain = '';
  let lastPlainAt = Date.now();
  return (progress, walking) => {
    const lines = progressLines.lines(progress, walking);
    if (io.interactive) return io.live(lines);
    if (json || Date.now() - lastPlainAt < PLAIN_EVERY_MS) return;
    const plain = lines.map((line) => line.replace(/[━─]+ /, '').replace(/\s+/g, ' ')).join('; ');
    if (plain !== lastPlain) io.note(plain);
    lastPlain = plain;
    lastPlainAt = Date.now();
  };
};

const reportOf = async (
  store: Store,
  ctx: Context,
  { exhibit: { exhibitId }, ...result }: IngestResult,
): Promise<IngestReport> => ({
  ...result,
  exhibitId,
  found: {
    failures: await listFailures(store, ctx, exhibitId, { limit: SHOWN_FAILURES }),
    images: (await readExhibit(store, ctx, exhibitId)).images,
    funnel: await readFunnel(store, ctx, { kind: 'exhibit', id: exhibitId }),
    connections: (await listConnections(store, ctx, { exhibit: exhibitId, limit: SHOWN_CONNECTIONS })).items,
  },
});
