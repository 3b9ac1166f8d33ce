// What an ingest says at its end, on a terminal or for machines: the same whether it was stored here or on a server.
import type { Connection, DiskImage, FailureRow, Funnel } from '@redthread/core/contract';
import { visible, type Io } from '../../app/cli/io.js';
import { bytes, cut, dim, table, thousands } from '../../app/cli/table.js';
import { connectionEnd } from '../connections/index.js';
import { funnelLines } from '../funnel/index.js';
import { diskImageWords } from './disk-image-words.js';
import type { PipelineCounts } from './ingest/pipeline.js';
import type { ExhibitProgress } from './progress.js';

export interface IngestReport {
  readonly exhibitId: string;
  readonly counts: Readonly<PipelineCounts>;
  readonly interrupted: boolean;
  readonly progress: ExhibitProgress;
  readonly durationMs: number;
  /** Null where whoever asks may not read it. */
  readonly found: {
    readonly failures: { readonly items: readonly FailureRow[]; readonly total: number };
    readonly funnel: Funnel;
    readonly images: readonly DiskImage[];
    readonly connections: readonly Connection[];
  } | null;
}

export const SHOWN_CONNECTIONS = 3;
export const SHOWN_FAILURES = 500;
/** Cells for a name on however narrow a terminal. */
const SHORTEST_NAME = 12;

export const printIngestReport = (
  io: Io,
  { case: caseReference, exhibit, json }: { readonly case: string; readonly exhibit: string; readonly json: boolean },
  report: IngestReport,
): void => {
  const { exhibitId, counts, interrupted, progress, durationMs, found } = report;
  if (json)
    return io.json({
      exhibitId,
      case: caseReference,
      exhibit,
      state: progress.state,
      interrupted,
      durationMs,
      ...counts,
      progress: progress.stages,
      failures:
        found === null
          ? null
          : { total: found.failures.total, byCode: Object.fromEntries(countByCode(found.failures.items)) },
      images: found?.images ?? null,
      funnel: found?.funnel ?? null,
      connections: found?.connections ?? null,
    });
  io.note(summary(report));
  const left = laterWork(report.progress.stages);
  if (left !== null) io.note(left);
  if (found === null)
    return io.note('The key lacks the scope read: what was found is shown to whoever may look at the exhibit.');
  for (const image of found.images) io.note(diskImageWords(image));
  printFailures(io, found.failures.items, found.failures.total);
  printFunnel(io, found.funnel, found.connections);
};

const summary = ({ counts, interrupted, progress }: IngestReport): string => {
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

const LATER = {
  features: 'local features of',
  parts: 'parts in common with others of',
  metadata: 'metadata of',
} as const;

/** Complete is what was compared as a whole; the rest comes when nothing else waits, and only while there are workers. Null where none is left. */
export const laterWork = (stages: IngestReport['progress']['stages']): string | null => {
  const left = Object.entries(LATER).flatMap(([name, words]) => {
    const found = stages.find(({ stage }) => stage === name);
    const files = (found?.total ?? 0) - (found?.done ?? 0);
    return files > 0 ? [`${words} ${thousands(files)} files`] : [];
  });
  return left.length > 0
    ? `still to come: ${left.join(', ')}: by the workers of redthread serve, or by redthread worker`
    : null;
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
  for (const { strengthBits, a, b, strongest } of connections)
    io.out(
      `strength ${strengthBits.toFixed(1).padStart(5)}  ${connectionEnd(a)} - ${connectionEnd(b)}  ${strongest.words}`,
    );
};
