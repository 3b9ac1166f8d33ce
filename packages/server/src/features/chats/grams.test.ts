import { describe, expect, it } from 'vitest';
import { foldedWords, foldText } from '@redthread/core/chats';
import { addGrams, GRAM_BYTES, gramsOf } from './grams.js';
import { createStretches, STRETCH_MESSAGES } from './import/stretches.js';

const has = (grams: Uint8Array, part: string): boolean =>
  gramsOf(part).every((bit) => ((grams[bit >>> 3]! >> (bit & 7)) & 1) === 1);

describe('the bits of words', () => {
  it('let every part of every word through', () => {
    const words = foldedWords(foldText('Ein Xylographenwerk über Ærøskøbing, 郵便切手 und 🦉🦉🦉 +999 555 0001'));
    const grams = new Uint8Array(GRAM_BYTES);
    for (const word of words) addGrams(grams, word);
    for (const word of words)
      for (let from = 0; from < word.length; from += 1)
        for (let to = from + 1; to <= word.length; to += 1) expect(has(grams, word.slice(from, to))).toBe(true);
    expect(has(grams, 'quodlibet')).toBe(false);
  });
});

describe('stretches', () => {
  it('hold each message in one line, in order, and their words once', () => {
    const stretches = createStretches();
    for (let i = 0; i < STRETCH_MESSAGES + 2; i += 1) stretches.add(i % 2 === 0 ? 'alte briefmarke' : '');
    const [first, ...none] = stretches.take(false);
    expect(none).toEqual([]);
    const [last] = stretches.take(true);
    expect([first!.first, last!.first, last!.folded]).toEqual([0, STRETCH_MESSAGES, 'alte briefmarke\n']);
    expect(first!.folded.split('\n')).toHaveLength(STRETCH_MESSAGES);
    expect(first!.words).toBe('alte\nbriefmarke');
    expect(has(Buffer.from(first!.grams, 'hex'), 'riefmark')).toBe(true);
    expect(stretches.take(true)).toEqual([]);
  });

  it('of a message without text is an empty line', () => {
    const stretches = createStretches();
    stretches.add('');
    expect(stretches.take(true)).toMatchObject([{ first: 0, folded: '', words: '' }]);
  });
});
