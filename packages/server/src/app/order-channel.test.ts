// What a child answers to an order: the reply, or why there is none, however that came to be.
import { expect, it } from 'vitest';
import { fail } from '@redthread/core/errors';
import { answerOf } from './order-channel.js';

it('answers with the reply, and with the code of a refusal, also of one that is thrown before there is anything to wait for', async () => {
  const order = { id: 7, order: 'a lamp' };
  expect(await answerOf((what) => Promise.resolve(`${what} is here`), order)).toEqual({
    id: 7,
    ok: true,
    value: 'a lamp is here',
  });
  const refusal = fail('ARGUMENT_INVALID', 'it has passed', { pointer: 'expires' });
  const refused = { id: 7, ok: false, code: 'ARGUMENT_INVALID', detail: 'it has passed', pointer: 'expires' };
  expect(await answerOf(() => Promise.reject(refusal), order)).toEqual(refused);
  const thrown = (): Promise<never> => {
    throw refusal;
  };
  expect(await answerOf(thrown, order)).toEqual(refused);
});
