// Turns what libraries throw over a hostile archive into the words of the catalogue.
import { fail, isRedthreadError, ITEM_ERRORS, type ItemErrorCode, type RedthreadError } from '@redthread/core/errors';

const isItemCode = (code: string): code is ItemErrorCode => Object.hasOwn(ITEM_ERRORS, code);

/**
 * The failure of an archive, or of an entry in it, as an error of the catalogue. Our own errors pass as they are (a vault that is damaged
 * says so); what the disk says is FILE_UNREADABLE; everything else a library may say means damage.
 */
export const archiveError = (error: unknown): RedthreadError => {
  if (isRedthreadError(error)) return error;
  const { message = '', syscall, code = '' } = (error ?? {}) as { message?: string; syscall?: string; code?: string };
  if (syscall !== undefined) return fail('FILE_UNREADABLE', `${syscall}: ${code}`, { cause: error });
  if (/strong encryption/.test(message)) return fail('ARCHIVE_ENCRYPTED', 'its directory is encrypted');
  if (/multi-disk/.test(message)) return fail('ARCHIVE_METHOD_UNSUPPORTED', 'one of several volumes');
  return fail('ARCHIVE_CORRUPT', reason(message, code));
};

const reason = (message: string, code: string): string => {
  if (/unexpected end|Unexpected end|EOF|not found/.test(message)) return 'it ends early';
  if (code.startsWith('Z_')) return 'its compressed data is damaged';
  return 'its structure is damaged';
};

/** The code, where it belongs on an item; errors of the installation end the walk instead. */
export const itemCodeOf = (error: RedthreadError): ItemErrorCode | null => (isItemCode(error.code) ? error.code : null);
