// Shorthand for the shipped data: a code with its titles and texts in English and Spanish.
import type { MapEntry, SchemeCode } from '../../contract/schemes.js';

type Words = readonly [en: string, es: string];

export const code = (name: string, polarity: SchemeCode['polarity'], title: Words, text: Words): SchemeCode => ({
  code: name,
  polarity,
  title: { en: title[0], es: title[1] },
  text: { en: text[0], es: text[1] },
});

export const to = (from: string, target: string): MapEntry => ({ from, to: target });
export const cannot = (from: string, [en, es]: Words): MapEntry => ({ from, cannot: { en, es } });
