import { describe, expect, it } from 'vitest';
import { foldedWords, foldText, markTerms, searchTerms } from './fold.js';

describe('what is searched', () => {
  it.each([
    ['  Zug  nach\nKöln ', 'zug nach koln'],
    ['STRASSE und Straße', 'strasse und strasse'],
    ['İstanbul’da ılık', 'istanbul’da ilik'],
    ['Łódź, Ærø, Đakovo', 'lodz, aero, dakovo'],
    ['Τέλος', 'τελοσ'],
    ['Ёлка', 'елка'],
    ['מַטְבֵּעַ', 'מטבע'],
    ['طَوَابِع', 'طوابع'],
    ['\u200e\u202aStamp\u202c 🦉\ufe0f', 'stamp 🦉'],
    ['ﬁne', 'fine'],
    ['', ''],
  ])('folds %j', (text, folded) => {
    expect(foldText(text)).toBe(folded);
    expect(foldText(folded)).toBe(folded);
  });

  it('is words, whatever stands between them; signs are words', () => {
    expect(foldedWords(foldText('See https://stamps.example/a-b_c (new!) 🦉 +999 555'))).toEqual([
      'see',
      'https',
      'stamps',
      'example',
      'a',
      'b',
      'c',
      'new',
      '🦉',
      '999',
      '555',
    ]);
    expect(foldedWords(foldText('郵便切手、新しい'))).toEqual(['郵便切手', '新しい']);
  });
});

describe('what somebody looks for', () => {
  it('is words, and phrases in quotation marks, once each', () => {
    expect(searchTerms('Köln "blaue  Mauritius" koln “Zug nach”')).toEqual(['koln', 'blaue mauritius', 'zug nach']);
    expect(searchTerms('"" \u200e')).toEqual([]);
  });

  it('is marked where it stands in the text as it was written', () => {
    const text = 'Der Zu\u0308g nach Köln:\n  Straße 5';
    const marked = (terms: string[]) => markTerms(text, terms).map(({ start, end }) => text.slice(start, end));
    expect(marked(['zug', 'koln'])).toEqual(['Zu\u0308g', 'Köln']);
    expect(marked(['koln: strasse'])).toEqual(['Köln:\n  Straße']);
    expect(marked(['ass', 'strass'])).toEqual(['Straß']);
    expect(marked(['nowhere'])).toEqual([]);
  });

  it('is found in its own folded text, at any length', () => {
    const text = 'a'.repeat(100_000);
    expect(markTerms(text, ['aa'])).toHaveLength(50_000);
  });
});
