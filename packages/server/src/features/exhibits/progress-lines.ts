// Progress as lines of text: what is done of what, at which rate, and how long it will take, a line a stage.
import { isLaterStage, type StageProgress } from '@redthread/core/contract';
import { bytes, duration, thousands } from '../../app/cli/table.js';
import type { PipelineCounts } from './ingest/pipeline.js';
import type { ExhibitProgress } from './progress.js';

export interface ProgressLines {
  lines(progress: ExhibitProgress, walking: Readonly<PipelineCounts> | null): string[];
}

interface Sample {
  readonly atMs: number;
  readonly done: number;
}

const WINDOW_MS = 10_000;
const BAR_CELLS = 20;

/** The stages that somebody waits for; the later ones are reported at the end, and few exhibits hold what may be a chat. */
const isShown = ({ stage, total }: StageProgress, withParts: boolean): boolean =>
  (!isLaterStage(stage) || (withParts && stage !== 'metadata')) && (stage !== 'chats' || total !== 0);

/** Keeps the last seconds of each stage, so that rates follow what happens now. */
export const createProgressLines = (withParts = false, now: () => number = Date.now): ProgressLines => {
  const samples = new Map<string, Sample[]>();
  const rateOf = (stage: string, done: number): number | null => {
    const atMs = now();
    const kept = (samples.get(stage) ?? []).filter((sample) => atMs - sample.atMs <= WINDOW_MS);
    kept.push({ atMs, done });
    samples.set(stage, kept);
    const first = kept[0];
    return first === undefined || atMs - first.atMs < 500 ? null : ((done - first.done) * 1000) / (atMs - first.atMs);
  };
  return {
    lines: (progress, walking) => {
      const lines = progress.stages
        .filter((stage) => isShown(stage, withParts))
        .map(({ stage, done, total, failed }) => {
          const counted =
            stage === 'walk' && walking !== null ? Math.max(done, walking.files + walking.unchanged) : done;
          return stageLine(
            stage,
            counted,
            total,
            failed,
            rateOf(stage, counted),
            stage === 'walk' ? progress.bytesSeen : null,
          );
        });
      return progress.waitingFor === 0
        ? lines
        : [...lines, `wait     ${thousands(progress.waitingFor)} files that another exhibit brought first`];
    },
  };
};

const stageLine = (
  stage: string,
  done: number,
  total: number | null,
  failed: number,
  ratePerSecond: number | null,
  bytesSeen: number | null,
): string => {
  const parts = [total === null ? `${thousands(done)} files` : `${thousands(done)} of ${thousands(total)}`];
  if (bytesSeen !== null) parts.push(bytes(bytesSeen));
  if (failed > 0) parts.push(`${thousands(failed)} failed`);
  const isOver = total !== null && done >= total;
  if (!isOver && ratePerSecond !== null && ratePerSecond > 0) {
    parts.push(`${ratePerSecond < 10 ? ratePerSecond.toFixed(1) : thousands(ratePerSecond)}/s`);
    if (total !== null) parts.push(`${duration((total - done) / ratePerSecond)} left`);
  }
  return `${stage.padEnd(8)} ${bar(done, total)} ${parts.join('  ')}`;
};

const bar = (done: number, total: number | null): string => {
  if (total === null || total === 0) return ' '.repeat(BAR_CELLS);
  const filled = Math.min(BAR_CELLS, Math.floor((done / total) * BAR_CELLS));
  return '━'.repeat(filled) + '─'.repeat(BAR_CELLS - filled);
};
