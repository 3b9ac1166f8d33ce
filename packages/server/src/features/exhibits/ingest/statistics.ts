// Statistics for the planner while a store grows: after some hundred files, and each time four times as many are there.
import { sql } from 'kysely';
import type { IngestStore } from './target.js';

export interface Statistics {
  /** Called with the number of files that are stored so far; refreshes beside the ingest when it is time. */
  after(files: number): void;
  /** Waits for a refresh that is under way. */
  idle(): Promise<void>;
}

const FIRST_AFTER_FILES = 500;
const GROWTH = 4;

export const createStatistics = (db: IngestStore['db']): Statistics => {
  let due = FIRST_AFTER_FILES;
  let refreshing: Promise<unknown> | null = null;
  return {
    after: (files) => {
      if (files < due || refreshing !== null) return;
      while (due <= files) due *= GROWTH;
      // Best effort: autovacuum does the same, later.
      refreshing = sql`select refresh_statistics()`
        .execute(db)
        .catch(() => undefined)
        .finally(() => (refreshing = null));
    },
    idle: async () => {
      await refreshing;
    },
  };
};
