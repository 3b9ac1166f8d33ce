import type { FastifyRequest } from 'fastify';
import { expect, it } from 'vitest';
import { BY_NAME_LIMIT, senderOf } from './sign-in-limits.js';

it('takes the network of one line for one sender', () => {
  expect(senderOf('192.0.2.7')).toBe('192.0.2.7');
  expect(senderOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
  expect(senderOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
  expect(senderOf('2001:0DB8:1:2::9')).toBe('2001:db8:1:2');
  expect(senderOf('2001:db8::1')).toBe('2001:db8:0:0');
  expect(senderOf('::1')).toBe('0:0:0:0');
});

it('gives a name the same tries from every address of one line', () => {
  const keyOf = (ip: string, login: string): string =>
    BY_NAME_LIMIT.keyGenerator({ ip, body: { login } } as FastifyRequest);
  expect(keyOf('2001:db8:1:2::9', 'ann')).toBe(keyOf('2001:db8:1:2:3:4:5:6', 'ann'));
  expect(keyOf('2001:db8:1:2::9', 'ann')).not.toBe(keyOf('2001:db8:1:3::9', 'ann'));
  expect(keyOf('2001:db8:1:2::9', 'ann')).not.toBe(keyOf('2001:db8:1:2::9', 'ben'));
});
