import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { KeyRing } from './key-ring.js';
import { keyId, parseMasterKey } from './master-key.js';
import { newKey, unwrapKey, WRAPPED_BYTES, wrapKey, type KeyPurpose } from './wrap.js';

const use: KeyPurpose = { purpose: 'data', agencyId: 'a', caseId: 'c', mediaId: 'm' };

describe('wrapping', () => {
  it('opens for the same purpose only', () => {
    const [master, key] = [newKey(), newKey()];
    const wrapped = wrapKey(master, key, use);
    expect(wrapped).toHaveLength(WRAPPED_BYTES);
    expect(unwrapKey(master, wrapped, use).equals(key)).toBe(true);
    for (const other of [
      { ...use, agencyId: 'b' },
      { ...use, caseId: 'd' },
      { ...use, mediaId: 'n' },
      { purpose: 'case', agencyId: 'a', caseId: 'c' } as const,
    ])
      expect(() => unwrapKey(master, wrapped, other)).toThrow('VAULT_CORRUPT');
    expect(() => unwrapKey(newKey(), wrapped, use)).toThrow('VAULT_CORRUPT');
  });

  it('does not open when any byte was changed or cut off', () => {
    const [master, key] = [newKey(), newKey()];
    const wrapped = wrapKey(master, key, use);
    for (let index = 0; index < wrapped.length; index += 1) {
      const changed = Buffer.from(wrapped);
      changed[index] = (changed[index] ?? 0) ^ 0x80;
      expect(() => unwrapKey(master, changed, use)).toThrow('VAULT_CORRUPT');
      expect(() => unwrapKey(master, wrapped.subarray(0, index), use)).toThrow('VAULT_CORRUPT');
    }
  });
});

describe('the master key', () => {
  it('is read as hex and as base64, and refused when it is not 32 bytes', () => {
    const bytes = randomBytes(32);
    for (const text of [`${bytes.toString('hex')}\n`, bytes.toString('base64'), bytes.toString('base64url')])
      expect(parseMasterKey(text, 'here').bytes.equals(bytes)).toBe(true);
    for (const text of ['', 'short', bytes.toString('hex').slice(2)])
      expect(() => parseMasterKey(text, 'the-file')).toThrow('the-file');
  });

  it('is named by an id of 16 hex digits that stays the same', () => {
    expect(keyId(Buffer.alloc(32))).toBe('0441797755828087');
  });

  it('tells missing from wrong, and names the ids', () => {
    const key = parseMasterKey('22'.repeat(32), 'test');
    expect(new KeyRing(key, key.id).ready).toBe(true);
    expect(() => new KeyRing(null, 'expected-id').master()).toThrow(/KEY_MISSING.*expected-id/);
    expect(() => new KeyRing(key, 'expected-id').master()).toThrow(new RegExp(`KEY_WRONG.*expected-id.*${key.id}`));
    const damaged = new KeyRing({ flaw: '/k/master.key: too short' }, 'expected-id');
    expect(damaged.ready).toBe(false);
    expect(() => damaged.master()).toThrow(/KEY_DAMAGED.*expected-id.*master\.key: too short/);
    expect(() => new KeyRing(null, null).master()).toThrow('KEY_MISSING');
  });
});
