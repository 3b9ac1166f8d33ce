import { expect, it } from 'vitest';
import { filmFrames, filmParts, soundWords } from '../signals/index.js';
import { FILM_INDEX_METHODS } from './film-candidates.js';

it('asks for the signals as they are stored, whichever version of a method reads them', () => {
  const stored = [filmFrames, filmParts, soundWords].map(({ examples }) => {
    const { method, version } = examples[0]!.a;
    return { name: method, version };
  });
  expect(FILM_INDEX_METHODS.map(({ name, version }) => ({ name, version }))).toEqual(stored);
});
