import { expect, it } from 'vitest';
import { inSteps, lastOf } from './steps.js';

it('does everything, in steps of some dozens, in its order', () => {
  const done: number[] = [];
  function* work(): Generator<undefined, string> {
    yield* inSteps(Array.from({ length: 1_000 }).keys(), (one) => done.push(one));
    return 'end';
  }
  const steps = work();
  steps.next();
  expect(done.length).toBeGreaterThan(0);
  expect(done.length).toBeLessThan(200);
  expect(lastOf(steps)).toBe('end');
  expect(done).toEqual([...Array.from({ length: 1_000 }).keys()]);
});
