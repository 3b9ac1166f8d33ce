import { describe, expect, it } from 'vitest';
import { groupOf } from './commands.js';
import { openPending, sealPending } from './pending.js';
import { countsAsSecondFactor, redirectUriOf } from './sign-in.js';

describe('the address that a provider sends people back to', () => {
  const opened = (host: string, protocol = 'http') => ({ protocol, host });

  it('is that of the public address, whatever a request says', () => {
    expect(redirectUriOf('https://hub.example.org', opened('evil.example'))).toBe(
      'https://hub.example.org/sign-in/provider',
    );
  });

  it('is believed of this machine where none is configured, and of no other', () => {
    expect(redirectUriOf(null, opened('localhost:4480'))).toBe('http://localhost:4480/sign-in/provider');
    expect(redirectUriOf(null, opened('127.0.0.1:4480', 'https'))).toBe('https://127.0.0.1:4480/sign-in/provider');
    for (const host of ['hub.example.org', '127.0.0.1.example.org', '192.0.2.1', ''])
      expect(() => redirectUriOf(null, opened(host))).toThrow('PROVIDER_ADDRESS');
  });
});

describe('what a sign-in waits with', () => {
  const pending = {
    state: 's',
    nonce: 'n',
    verifier: 'v',
    redirectUri: 'http://localhost/sign-in/provider',
    provider: 'p',
    session: null,
    begunAtMs: 1_000_000,
  };

  it('is opened as it was sealed, for ten minutes', () => {
    const sealed = sealPending(pending);
    expect(sealed).not.toContain(Buffer.from('"state"').toString('base64url').slice(1, -1));
    expect(openPending(sealed, 1_000_000 + 600_000)).toEqual(pending);
    expect(openPending(sealed, 1_000_000 + 600_001)).toBeNull();
  });

  it('is nothing where one bit of it was changed', () => {
    const sealed = Buffer.from(sealPending(pending), 'base64url');
    for (let at = 0; at < sealed.length; at += 7) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(openPending(changed.toString('base64url'), 1_000_000)).toBeNull();
    }
    for (const none of [undefined, '', 'x', 'y'.repeat(3_000)]) expect(openPending(none)).toBeNull();
  });
});

it('counts as a second factor what the agency has written down, and nothing else', () => {
  const rule = { factor_acr: ['urn:two'], factor_amr: ['otp', 'hwk'] };
  expect(countsAsSecondFactor(rule, { acr: 'urn:two', amr: [] })).toBe(true);
  expect(countsAsSecondFactor(rule, { acr: null, amr: ['pwd', 'hwk'] })).toBe(true);
  expect(countsAsSecondFactor(rule, { acr: 'otp', amr: ['urn:two', 'mfa'] })).toBe(false);
  expect(countsAsSecondFactor({ factor_acr: [], factor_amr: [] }, { acr: 'urn:two', amr: ['mfa'] })).toBe(false);
});

it('reads a group and its roles, of which the name of the group may hold =', () => {
  expect(groupOf('cn=vid,ou=units=officer,reviewer', { all: ['auditor'] })).toEqual({
    all: ['auditor'],
    'cn=vid,ou=units': ['officer', 'reviewer'],
  });
  for (const text of ['vid', '=officer', 'vid=', 'vid=officer,'])
    expect(() => groupOf(text, {})).toThrow('ARGUMENT_INVALID');
});
