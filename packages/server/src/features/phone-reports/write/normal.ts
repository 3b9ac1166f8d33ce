// What two entries of people are compared by: the same number, address or account however it is written.
import type { ReportEntryKind } from '@redthread/core/chats';

/** As PostgreSQL keeps it: no NUL, and no half of a character. */
export const storable = (text: string): string => Buffer.from(text.replaceAll('\0', ''), 'utf8').toString('utf8');

export const normalEntry = (kind: ReportEntryKind, value: string): string => {
  const plain = value.trim();
  if (kind === 'phone') {
    const digits = plain.replace(/[^\d+]/g, '').replace(/^00/, '+');
    return digits === '' ? plain : digits;
  }
  return kind === 'other' ? plain : plain.toLowerCase();
};
