// A conversation as it is searched: stretches of it, each message a line, with the words that stand in them beside (ADR 0052).
import { foldedWords } from '@redthread/core/chats';
import { addGrams, GRAM_BYTES } from '../grams.js';

/** A stretch is passed over or gone through as a whole: long enough that its words say something, short enough to be gone through at once. */
export const STRETCH_MESSAGES = 1_000;
const STRETCH_UNITS = 100_000;

export interface Stretch {
  readonly number: number;
  /** Position of its first message. */
  readonly first: number;
  /** In hexadecimal. */
  readonly grams: string;
  /** Each once, in lines. */
  readonly words: string;
  readonly folded: string;
}

export interface Stretches {
  /** The next message. */
  add(folded: string): void;
  /** Gives stretches away that are full; at the end the last one too. */
  take(isEnd: boolean): readonly Stretch[];
}

export const createStretches = (): Stretches => {
  let [number, first, units] = [0, 0, 0];
  let lines: string[] = [];
  let words = new Set<string>();
  let full: Stretch[] = [];
  const close = (): void => {
    if (lines.length === 0) return;
    const grams = Buffer.alloc(GRAM_BYTES);
    for (const word of words) addGrams(grams, word);
    full.push({
      number,
      first,
      grams: grams.toString('hex'),
      words: [...words].join('\n'),
      folded: lines.join('\n'),
    });
    [number, first, units] = [number + 1, first + lines.length, 0];
    lines = [];
    words = new Set();
  };
  return {
    add: (folded) => {
      lines.push(folded);
      units += folded.length;
      for (const word of foldedWords(folded)) words.add(word);
      if (lines.length >= STRETCH_MESSAGES || units >= STRETCH_UNITS) close();
    },
    take: (isEnd) => {
      if (isEnd) close();
      const given = full;
      full = [];
      return given;
    },
  };
};
