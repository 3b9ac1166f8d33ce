// Patience with the database: PostgreSQL may be killed at any time and is started again within a second by whoever uses
// it. Work that is idempotent simply runs again; what is wrong with the statement itself is thrown at once.
import { setTimeout as sleep } from 'node:timers/promises';
import { fail } from '@redthread/core/errors';
import { isFull } from '../disk/disk-error.js';

/** SQLSTATE classes and codes that say "not now": connection, shutdown, start-up, deadlock, serialisation. */
const PASSING = /^(08...|57P0[1-3]|40P01|40001|53300|25P03)$/;
const PASSING_SYSTEM = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT']);
const PASSING_TEXT =
  /Connection terminated|connection timeout|timeout exceeded when trying to connect|not queryable|client was closed/i;

/** Whether the same statement may succeed in a moment. */
export const isPassing = (error: unknown): boolean => {
  const { code, syscall, message } = error as { code?: string; syscall?: string; message?: string };
  if (code !== undefined && PASSING.test(code)) return true;
  if (code !== undefined && syscall === 'connect' && PASSING_SYSTEM.has(code)) return true;
  if (code !== undefined && (code === 'ECONNRESET' || code === 'EPIPE')) return true;
  return PASSING_TEXT.test(message ?? '');
};

/**
 * Runs `fn` until it succeeds, as long as it fails in passing only. Errors: DB_UNREACHABLE after `giveUpAfterMs`,
 * DISK_FULL; what `fn` throws otherwise.
 */
export const throughRestarts = async <T>(
  fn: () => Promise<T>,
  { giveUpAfterMs = 60_000, signal }: { readonly giveUpAfterMs?: number; readonly signal?: AbortSignal } = {},
): Promise<T> => {
  const until = Date.now() + giveUpAfterMs;
  for (let waitMs = 50; ; waitMs = Math.min(waitMs * 2, 1_000)) {
    try {
      return await fn();
    } catch (error) {
      const { message } = error as { message?: string };
      if (isFull(error)) throw fail('DISK_FULL', message ?? 'no room', { cause: error });
      if (!isPassing(error) || signal?.aborted === true) throw error;
      if (Date.now() > until) throw fail('DB_UNREACHABLE', message ?? 'no answer', { cause: error });
      await sleep(waitMs);
    }
  }
};
