// The disk's errors in our words.
import { fail, isRedthreadError } from '@redthread/core/errors';

/** Whether an error of the file system, or of PostgreSQL (53100, disk_full), says that there is no room. */
export const isFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT', '53100'].includes((error as NodeJS.ErrnoException | null)?.code ?? '');

/** DISK_FULL naming `where`, when it was that; others pass as they are. */
export const diskError = (error: unknown, where: string): unknown =>
  !isRedthreadError(error) && isFull(error) ? fail('DISK_FULL', where, { cause: error }) : error;
