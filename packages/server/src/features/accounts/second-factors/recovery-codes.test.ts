import { expect, it } from 'vitest';
import { newRecoveryCodes, RECOVERY_CODES, recoveryHash } from './recovery-codes.js';

it('makes ten different codes of 80 bits in groups that can be read out', () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes).size).toBe(RECOVERY_CODES);
  for (const code of codes) expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
});

it('knows a code however it was typed, and for its person alone', () => {
  const code = '01ab-cdef-ghjk-mnpq';
  const hash = recoveryHash('anna', code);
  for (const typed of ['01ABCDEFGHJKMNPQ', 'O1ab cdef ghjk mnpq', 'olab-cdef-ghjk-mnpq'])
    expect(recoveryHash('anna', typed)).toEqual(hash);
  expect(recoveryHash('bert', code)).not.toEqual(hash);
});
