import { expect, it } from 'vitest';
import { GRADES, GRADES_FOUND } from '../domain/index.js';
import { METHODS } from './registry.js';

it('offers the grades that the methods show in their examples, and no others', () => {
  const shown = new Set(METHODS.flatMap(({ examples }) => examples.map(({ grade }) => grade)));
  expect(GRADES_FOUND).toEqual(GRADES.filter((grade) => shown.has(grade)));
});
