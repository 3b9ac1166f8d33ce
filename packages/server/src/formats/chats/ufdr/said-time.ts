// Times as a phone report writes them. One with an offset is an instant; nothing is added to one without.
import type { MessageTime } from '@redthread/core/chats';
import type { SourceTime } from '@redthread/core/contract';

const STATED = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(\.\d{1,9})?\s*(Z|[+-]\d{2}:?\d{2})?$/;
const NOTHING = /^0001-01-01/;

interface Parts {
  readonly local: string;
  readonly fraction: string;
  /** Minutes east of Greenwich; null where none is said. */
  readonly offset: number | null;
}

const partsOf = (text: string): Parts | null => {
  const found = STATED.exec(text.trim());
  if (found === null) return null;
  const [, day, clock, fraction = '', zone] = found;
  const local = `${day}T${clock}`;
  const there = new Date(`${local}Z`);
  // The calendar has no such day, and what some dates are written back as would be another one.
  if (Number.isNaN(there.getTime()) || there.toISOString().slice(0, 10) !== day) return null;
  if (zone === undefined) return { local, fraction, offset: null };
  const digits = zone.replace(':', '');
  const minutes = zone === 'Z' ? 0 : Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3));
  return { local, fraction, offset: digits.startsWith('-') ? -minutes : minutes };
};

const instantOf = ({ local, fraction, offset }: Parts): string | null => {
  if (offset === null) return null;
  const ms = Number(`0${fraction.slice(0, 4)}`) * 1000;
  return new Date(Date.parse(`${local}Z`) - offset * 60_000 + Math.floor(ms)).toISOString();
};

/** `text` null or empty: nothing is said. */
export const messageTime = (text: string | null): MessageTime => {
  const raw = text?.trim() ?? '';
  const parts = NOTHING.test(raw) ? null : partsOf(raw);
  return { text: raw, local: parts?.local ?? null, instant: parts === null ? null : instantOf(parts) };
};

const KINDS: Readonly<Record<string, string>> = {
  creationtime: 'created',
  modifytime: 'modified',
  accesstime: 'accessed',
  changetime: 'changed',
  deletedtime: 'deleted',
};

/** Null where nothing is said. A time that no calendar has stays as it is written. */
export const fileTime = (name: string, text: string): SourceTime | null => {
  const raw = text.trim();
  if (raw === '' || NOTHING.test(raw)) return null;
  const parts = partsOf(raw);
  const plain = name.toLowerCase();
  return {
    kind: Object.hasOwn(KINDS, plain) ? KINDS[plain]! : plain.slice(0, 40),
    text: parts === null ? raw.slice(0, 100) : `${parts.local.replace('T', ' ')}${parts.fraction}`,
    offsetMinutes: parts?.offset ?? null,
    precisionMs: parts === null ? 0 : parts.fraction !== '' ? 1 : parts.local.length > 16 ? 1000 : 60_000,
    basis: 'report',
  };
};
