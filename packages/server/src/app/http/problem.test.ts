import { describe, expect, it } from 'vitest';
import { asRedthreadError } from './problem.js';

describe('errors at the edge', () => {
  it('a value that PostgreSQL cannot hold is the fault of the request', () => {
    for (const code of ['22021', '22003'])
      expect(asRedthreadError(Object.assign(new Error('invalid byte sequence'), { code })).code).toBe(
        'REQUEST_INVALID',
      );
  });
  it('what we did not foresee is ours, and its message stays in the log', () => {
    const error = asRedthreadError(new Error('password of the owner is x'));
    expect([error.code, error.detail]).toEqual(['INTERNAL', 'see the log under this request id']);
  });
});
