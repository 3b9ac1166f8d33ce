// Who takes part in one conversation, numbered as they are met.
import type { ParticipantItem } from '@redthread/core/chats';
import { chatInvalid, MOST_PARTICIPANTS } from './source.js';

/** Marks of direction that programs put around names and numbers; no part of either. */
export const withoutMarks = (text: string): string =>
  text.replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/g, '');

/** `+` and digits, of a name that is a number as programs write one. */
export const phoneOf = (name: string): string | null => {
  if (!name.includes('+')) return null;
  const plain = withoutMarks(name).trim();
  if (!/^\+[\d\u00a0\u202f ().\-\u2010\u2011]{5,30}$/.test(plain)) return null;
  const digits = plain.replace(/\D/g, '');
  return digits.length >= 5 && digits.length <= 15 ? `+${digits}` : null;
};

export type Person = Omit<ParticipantItem, 'item' | 'conversation' | 'participant'>;

export class People {
  readonly #numbers = new Map<string, number>();

  constructor(readonly conversation: number) {}

  numberOf(key: string): number | undefined {
    return this.#numbers.get(key);
  }

  /** The item to give where they are new. Errors: CHAT_INVALID where there are more than any group has. */
  meet(key: string, person: Person): { readonly number: number; readonly item: ParticipantItem | null } {
    const known = this.#numbers.get(key);
    if (known !== undefined) return { number: known, item: null };
    const number = this.#numbers.size;
    if (number >= MOST_PARTICIPANTS)
      throw chatInvalid('participants', `more than ${MOST_PARTICIPANTS} in one conversation`);
    this.#numbers.set(key, number);
    return { number, item: { item: 'participant', conversation: this.conversation, participant: number, ...person } };
  }
}
