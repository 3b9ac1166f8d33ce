import { fail } from '@redthread/core/errors';
import { expect, it } from 'vitest';
import { createSignInLimits, senderOf } from './sign-in-limits.js';

const right = async () => 'in';
const wrong = async (): Promise<string> => {
  throw fail('SIGN_IN_FAILED', 'wrong');
};
const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'in',
    (error: unknown) => (error as { code?: string }).code ?? 'other',
  );

it('takes the network of one line for one sender', () => {
  expect(senderOf('192.0.2.7')).toBe('192.0.2.7');
  expect(senderOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
  expect(senderOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
  expect(senderOf('2001:0DB8:1:2::9')).toBe('2001:db8:1:2');
  expect(senderOf('2001:db8::1')).toBe('2001:db8:0:0');
  expect(senderOf('::1')).toBe('0:0:0:0');
});

it('counts failures only', async () => {
  const limits = createSignInLimits();
  for (let i = 0; i < 300; i += 1) expect(await codeOf(limits.count('192.0.2.7', 'ana', right))).toBe('in');
  const unreachable = async (): Promise<string> => {
    throw new Error('no database');
  };
  for (let i = 0; i < 20; i += 1) expect(await codeOf(limits.count('192.0.2.7', 'ana', unreachable))).toBe('other');
  for (let i = 0; i < 10; i += 1) expect(await codeOf(limits.count('192.0.2.7', 'ana', wrong))).toBe('SIGN_IN_FAILED');
  expect(await codeOf(limits.count('192.0.2.7', 'ana', right))).toBe('TOO_MANY_REQUESTS');
  expect(await codeOf(limits.count('192.0.2.7', 'ben', right))).toBe('in');
  expect(await codeOf(limits.count('192.0.2.8', 'ana', right))).toBe('in');
});

it('lets no more through at once than one after another, and forgets after a minute', async () => {
  let nowMs = 0;
  const limits = createSignInLimits(() => nowMs);
  const burst = (count: number) =>
    Promise.all(Array.from({ length: count }, (_, i) => codeOf(limits.count('192.0.2.7', `name-${i}`, wrong))));
  expect((await burst(150)).filter((code) => code === 'TOO_MANY_REQUESTS')).toHaveLength(50);
  nowMs = 60_000;
  expect(await burst(1)).toEqual(['SIGN_IN_FAILED']);
});

it('lets many addresses try no more on one name in an hour than a hundred times, and its own people in from theirs', async () => {
  let nowMs = 0;
  const limits = createSignInLimits(() => nowMs);
  expect(await codeOf(limits.count('203.0.113.1', 'ana', right))).toBe('in');
  const codes: string[] = [];
  for (let i = 0; i < 110; i += 1) codes.push(await codeOf(limits.count(`192.0.2.${i}`, 'ana', wrong)));
  expect(codes.filter((code) => code === 'SIGN_IN_FAILED')).toHaveLength(100);
  expect(await codeOf(limits.count('192.0.2.200', 'ana', right))).toBe('TOO_MANY_REQUESTS');
  expect(await codeOf(limits.count('203.0.113.1', 'ana', right))).toBe('in');
  // A name that nobody has is counted alike.
  for (let i = 0; i < 100; i += 1) await codeOf(limits.count(`192.0.2.${i}`, 'nobody', wrong));
  expect(await codeOf(limits.count('192.0.2.200', 'nobody', wrong))).toBe('TOO_MANY_REQUESTS');
  nowMs = 3_600_000;
  expect(await codeOf(limits.count('192.0.2.200', 'ana', right))).toBe('in');
});

it('does not forget what was counted of one name for a flood of others from one address', async () => {
  const limits = createSignInLimits(() => 0);
  for (let i = 0; i < 100; i += 1) await codeOf(limits.count(`192.0.2.${i}`, 'ana', wrong));
  let judged = 0;
  for (let i = 0; i < 100_100; i += 1)
    if ((await codeOf(limits.count('198.51.100.1', `name ${i}`, wrong))) === 'SIGN_IN_FAILED') judged += 1;
  expect(judged).toBe(100);
  expect(await codeOf(limits.count('192.0.2.200', 'ana', wrong))).toBe('TOO_MANY_REQUESTS');
});

it('lets one sender have a hundred sign-ins at a provider begun in a minute, whoever else begins or ends one', async () => {
  let nowMs = 0;
  const limits = createSignInLimits(() => nowMs);
  const begin = () => codeOf(Promise.resolve().then(() => limits.begin('192.0.2.7')));
  for (let i = 0; i < 300; i += 1) {
    limits.begin('192.0.2.7');
    limits.ended('192.0.2.7');
  }
  for (let i = 0; i < 100; i += 1) expect(await begin()).toBe('in');
  expect(await begin()).toBe('TOO_MANY_REQUESTS');
  expect(await codeOf(limits.count('192.0.2.7', 'ana', right))).toBe('in');
  limits.begin('192.0.2.8');
  limits.ended('192.0.2.7');
  expect([await begin(), await begin()]).toEqual(['in', 'TOO_MANY_REQUESTS']);
  nowMs = 60_000;
  expect(await begin()).toBe('in');
});
