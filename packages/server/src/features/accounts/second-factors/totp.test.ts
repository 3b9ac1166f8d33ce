import { describe, expect, it } from 'vitest';
import { checkCode, codeAt, secretWords } from './totp.js';

/** The secret of RFC 6238, appendix B, with what a stored key has more. */
const KEY = Buffer.concat([Buffer.from('12345678901234567890'), Buffer.alloc(12, 7)]);
const STEP_MS = 30_000;
const NOW = 1_111_111_111_000;

describe('codes of an app', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ])('are those of RFC 6238 at %d s', (seconds, code) => {
    expect(codeAt(KEY, seconds * 1000)).toBe(code);
  });

  it('count now, a step before and a step after', () => {
    for (const steps of [-1, 0, 1])
      expect(checkCode(KEY, codeAt(KEY, NOW + steps * STEP_MS), 0, NOW)).toEqual({
        state: 'right',
        step: Math.floor(NOW / STEP_MS) + steps,
      });
  });

  it('count once: neither the same step again nor one before it', () => {
    const step = Math.floor(NOW / STEP_MS);
    expect(checkCode(KEY, codeAt(KEY, NOW), step, NOW).state).toBe('wrong');
    expect(checkCode(KEY, codeAt(KEY, NOW - STEP_MS), step, NOW).state).toBe('wrong');
  });

  it('say that a clock is off, by how much, and do not count', () => {
    expect(checkCode(KEY, codeAt(KEY, NOW - 10 * 60_000), 0, NOW)).toEqual({ state: 'clock-off', minutes: 10 });
    expect(checkCode(KEY, codeAt(KEY, NOW - 60 * 60_000), 0, NOW).state).toBe('wrong');
  });

  it('say nothing of the future: who guessed a code of the next half hour would only have to wait for it', () => {
    for (let steps = 2; steps <= 60; steps += 1)
      expect(checkCode(KEY, codeAt(KEY, NOW + steps * STEP_MS), 0, NOW)).toEqual({ state: 'wrong' });
  });

  it('come from a secret that apps can read', () => {
    expect(secretWords(KEY, 'anna')).toEqual({
      secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
      address:
        'otpauth://totp/Redthread:anna?issuer=Redthread&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&algorithm=SHA1&digits=6&period=30',
    });
  });
});
