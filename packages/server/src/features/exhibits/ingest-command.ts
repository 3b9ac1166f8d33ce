// What `redthread ingest` does: runs the ingest as the local user and reports it, live on a terminal, as plain lines
// elsewhere, as JSON for machines. Ctrl-C ends it after the batch; the second one at once.
import type { Command } from 'commander';
import type { Connection, FailureRow, Funnel } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { visible, type Io } from '../../app/cli/io.js';
import { bytes, cut, dim, table, thousands } from '../../app/cli/table.js';
import type { Store } from '../../store/index.js';
import { withLocalSession } from '../accounts/index.js';
import { listConnections } from '../connections/index.js';
import { funnelLines, readFunnel } from '../funnel/index.js';
import { ingestExhibit, type IngestOptions, type IngestResult } from './ingest-exhibit.js';
import { createProgressLines } from './progress-lines.js';
import { listFailures } from './viewing.js';

export interface IngestCommand {
  readonly source: string;
  readonly case: string;
  readonly exhibit: string;
  readonly inPlace: boolean;
  readonly wait: boolean;
  readonly json: boolean;
}

const SHOWN_CONNECTIONS = 3;
const SHOWN_FAILURES = 500;
/** Cells for a name on however narrow a terminal. */
const SHORTEST_NAME = 12;
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
      onProgress: progressReporter(io, command.json),
      onTrouble: (line) => io.note(line),
    });
    io.settle();
    await report(store, ctx, io, command, result);
    return result.counts.unread > 0;
  });

/** The first Ctrl-C asks, the second one insists. */
const interruptible = (io: Io): AbortSignal => {
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

const progressReporter = (io: Io, json: boolean): NonNullable<IngestOptions['onProgress']> => {
  const progressLines = createProgressLines();
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

const report = async (
  store: Store,
  ctx: Context,
  io: Io,
  command: IngestCommand,
  result: IngestResult,
): Promise<void> => {
  const { exhibit, counts, interrupted, progress, durationMs } = result;
  const failures = await listFailures(store, ctx, exhibit.exhibitId, { limit: SHOWN_FAILURES });
  const funnel = await readFunnel(store, ctx, { kind: 'exhibit', id: exhibit.exhibitId });
  const connections = await listConnections(store, ctx, { exhibit: exhibit.exhibitId, limit: SHOWN_CONNECTIONS });
  if (command.json)
    return io.json({
      exhibitId: exhibit.exhibitId,
      case: command.case,
      exhibit: command.exhibit,
      state: progress.state,
      interrupted,
      durationMs,
      ...counts,
      progress: progress.stages,
      failures: { total: failures.total, byCode: Object.fromEntries(countByCode(failures.items)) },
      funnel,
      connections: connections.items,
    });
  io.note(summary(result));
  printFailures(io, failures.items, failures.total);
  printFunnel(io, funnel, connections.items);
};

const summary = ({ counts, interrupted, progress }: IngestResult): string => {
  const parts = [`${thousands(counts.files)} files taken in (${bytes(counts.bytes)})`];
  if (counts.unchanged > 0) parts.push(`${thousands(counts.unchanged)} as they were before`);
  if (counts.changed > 0) parts.push(`${thousands(counts.changed)} changed since they were taken in`);
  if (counts.unread > 0) parts.push(`${thousands(counts.unread)} without content`);
  const end = interrupted
    ? 'interrupted: the same command goes on'
    : progress.state === 'complete'
      ? 'complete'
      : 'workers go on';
  return `${parts.join(', ')}; ${end}`;
};

const printFailures = (io: Io, failures: readonly FailureRow[], total: number): void => {
  if (total === 0) return;
  const more = total > failures.length ? ` (of the first ${thousands(failures.length)})` : '';
  io.note(`${thousands(total)} files with something to say about them${more}:`);
  for (const line of failureLines(failures, io.columns - 2)) io.note(`  ${line}`);
};

/** A line a code, each at most `cells` wide: the names of seized files are as long as somebody wanted them. */
export const failureLines = (failures: readonly Pick<FailureRow, 'code' | 'path'>[], cells: number): string[] => {
  const counted = [...countByCode(failures)].map(([code, count]) => ({ code, files: thousands(count) }));
  const longest = (texts: readonly string[]): number => Math.max(...texts.map((text) => text.length));
  const before =
    longest(['code', ...counted.map(({ code }) => code)]) +
    longest(['files', ...counted.map(({ files }) => files)]) +
    4;
  const rows = counted.map(({ code, files }) => {
    const path = failures.find((failure) => failure.code === code)?.path ?? '';
    return [code, files, cut(visible(path), Math.max(SHORTEST_NAME, cells - before))];
  });
  return table([{ title: 'code' }, { title: 'files', align: 'right' }, { title: 'such as' }], rows);
};

const countByCode = (failures: readonly Pick<FailureRow, 'code'>[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { code } of failures) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
};

const printFunnel = (io: Io, funnel: Funnel, connections: readonly Connection[]): void => {
  for (const line of funnelLines(funnel, io.colour)) io.out(line);
  if (connections.length === 0) return io.out(dim('No connection to another exhibit that you may see.', io.colour));
  io.out('');
  for (const { bits, a, b, strongest } of connections)
    io.out(
      `${bits.toFixed(1).padStart(6)} bits  ${a.caseReference}/${a.exhibit} - ${b.caseReference}/${b.exhibit}  ${strongest.words}`,
    );
};
