import { describe, expect, it } from 'vitest';
import { visible } from './io.js';
import { bold, table } from './table.js';

describe('what reaches the terminal', () => {
  it('spells out control characters and marks of direction', () => {
    expect(visible('a\u001b]0;owned\u0007b\u202egpj.exe')).toBe('a\\u001b]0;owned\\u0007b\\u202egpj.exe');
    expect(visible('\u001b[2J\u001b[H')).toBe('\\u001b[2J\\u001b[H');
  });
  it('lets no name of a file begin a line of its own', () => {
    expect(visible('a\nverified: all whole')).toBe('a\\u000averified: all whole');
    expect(table([{ title: 'path' }], [['a\nb']]).slice(2)).toEqual(['a\\u000ab']);
  });
  it('keeps our own colours and every other letter', () => {
    expect(visible(bold('Kästchen 图片 𝔘', true))).toBe(bold('Kästchen 图片 𝔘', true));
  });
});
