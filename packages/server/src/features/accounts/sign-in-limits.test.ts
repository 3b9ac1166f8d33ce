import { expect, it } from 'vitest';
import { senderOf } from './sign-in-limits.js';

it('takes the network of one line for one sender', () => {
  expect(senderOf('192.0.2.7')).toBe('192.0.2.7');
  expect(senderOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
  expect(senderOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
  expect(senderOf('2001:0DB8:1:2::9')).toBe('2001:db8:1:2');
  expect(senderOf('2001:db8::1')).toBe('2001:db8:0:0');
  expect(senderOf('::1')).toBe('0:0:0:0');
});
