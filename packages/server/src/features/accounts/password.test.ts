import { expect, it } from 'vitest';
import { hashPassword, passwordIsRight } from './password.js';
import { API_KEY_PREFIX, hashSecret, newSecret } from './secrets.js';

it('keeps argon2id, and knows the right password from a wrong one', async () => {
  const stored = await hashPassword('a long enough password');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwordIsRight(stored, 'a long enough password')).toBe(true);
  expect(await passwordIsRight(stored, 'a long enough passwore')).toBe(false);
  expect(await passwordIsRight(null, 'nobody has this password')).toBe(false);
});

it('refuses a short password', async () => {
  await expect(async () => hashPassword('short')).rejects.toThrow(/ARGUMENT_INVALID/);
});

it('makes secrets of 256 bits that the hash finds again', () => {
  const { secret, hash } = newSecret(API_KEY_PREFIX);
  expect(secret).toMatch(/^rt_[\w-]{43}$/);
  expect(hashSecret(secret)).toEqual(hash);
  expect(newSecret().secret).not.toBe(newSecret().secret);
});
