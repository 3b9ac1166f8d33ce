import { describe, expect, it } from 'vitest';
import { Purpose, Reference, visibleCharacters } from './primitives.js';

describe('what can be seen of a text', () => {
  it('counts letters, digits and signs of any script, and nothing that is drawn as nothing', () => {
    expect(visibleCharacters('ES-2026 014')).toBe(10);
    expect(visibleCharacters('पहचान 案件')).toBe(6);
    const unseen = [
      '',
      '   ',
      '\u200b\u200b\u200b',
      '\u2060\ufeff\u00ad',
      '\u3164\u115f\uffa0',
      '\u2800\u2800\u2800',
      '\u0301\u0301\u0301',
    ];
    for (const text of [...unseen, '\u{e0061}\u{e0062}\u{e0063}'])
      expect(visibleCharacters(text), JSON.stringify(text)).toBe(0);
  });

  it('makes a purpose or a reference of invisible characters no better than an empty one', () => {
    for (const text of ['', '\u200b\u200b\u200b\u200b', ' \u2800 \u2800 ', 'a\u200b\u200b\u200b'])
      expect(Purpose.safeParse(text).success, JSON.stringify(text)).toBe(false);
    expect(Reference.safeParse('\u200b').success).toBe(false);
    for (const text of ['identify the lamp', 'ID 7', '身份识别']) expect(Purpose.safeParse(text).success).toBe(true);
  });
});
