import { expect, it } from 'vitest';
import { piecesOf } from './marked-text.js';

const say = (text: string, marks: readonly { start: number; end: number }[]): string =>
  piecesOf(text, marks)
    .map((piece) => (piece.mark === null ? piece.text : `[${piece.text}]`))
    .join('');

it('divides a text at its marks, in their order', () => {
  expect(
    say('call +999 1 or +999 2', [
      { start: 15, end: 21 },
      { start: 5, end: 11 },
    ]),
  ).toBe('call [+999 1] or [+999 2]');
  expect(say('stamps', [])).toBe('stamps');
  expect(say('stamps', [{ start: 0, end: 6 }])).toBe('[stamps]');
  expect(say('', [])).toBe('');
});

it('loses nothing where marks overlap, are empty or lie outside', () => {
  const marks = [
    { start: 0, end: 4 },
    { start: 2, end: 6 },
    { start: 5, end: 5 },
    { start: 4, end: 99 },
  ];
  expect(say('stamps', marks)).toBe('[stam]ps');
});
