import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { askForKey, openKey, sealKey, type HandOver } from './hand-over.js';
import { KeyRing } from './key-ring.js';
import { keyId, parseMasterKey } from './master-key.js';
import type { KeyExpectation, KeyRotation } from './rotation.js';
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
    const expecting = (keyId: string | null) => ({ keyId, rotation: null });
    expect(new KeyRing(key, expecting(key.id)).ready).toBe(true);
    expect(() => new KeyRing(null, expecting('expected-id')).requireReady()).toThrow(/KEY_MISSING.*expected-id/);
    expect(() => new KeyRing(key, expecting('expected-id')).requireReady()).toThrow(
      new RegExp(`KEY_WRONG.*expected-id.*${key.id}`),
    );
    const damaged = new KeyRing({ flaw: '/k/master.key: too short' }, expecting('expected-id'));
    expect(damaged.ready).toBe(false);
    expect(() => damaged.requireReady()).toThrow(/KEY_DAMAGED.*expected-id.*master\.key: too short/);
    expect(() => new KeyRing(null, expecting(null)).requireReady()).toThrow('KEY_MISSING');
  });
});

describe('a ring while the master key is being changed', () => {
  const [old, next] = [parseMasterKey('22'.repeat(32), 'test'), parseMasterKey('33'.repeat(32), 'test')];
  const during = (phase: KeyRotation['phase']): KeyExpectation => ({
    keyId: old.id,
    rotation: { from: old.id, to: next.id, phase, startedAt: '2026-01-01T00:00:00.000Z' },
  });

  it('needs the old key only until rows go over, then both, and names the one that is missing', () => {
    expect(new KeyRing(old, during('handing-over')).ready).toBe(true);
    expect(new KeyRing([old, next], during('rewrapping')).ready).toBe(true);
    expect(new KeyRing([next, old], during('rewrapping')).ready).toBe(true);
    for (const [given, missing] of [
      [old, next],
      [next, old],
    ] as const) {
      const ring = new KeyRing(given, during('rewrapping'));
      expect(ring.state).toEqual({ kind: 'half-rotated', expectedKeyId: missing.id, givenKeyId: given.id });
      expect(() => ring.requireReady()).toThrow(
        new RegExp(`KEY_HALF_ROTATED.*${given.id} was given, key ${missing.id} is missing`),
      );
    }
    const third = parseMasterKey('44'.repeat(32), 'test');
    expect(new KeyRing(third, during('rewrapping')).state.kind).toBe('wrong');
  });

  it('wraps what is new under the key in force, and opens each with the key that it names', () => {
    const ring = new KeyRing([old, next], during('handing-over'));
    const key = newKey();
    const before = ring.wrap(key, use);
    ring.expect(during('rewrapping'));
    const after = ring.wrap(key, use);
    expect([before.master_key_id, after.master_key_id]).toEqual([old.id, next.id]);
    expect([before, after].map((row) => ring.unwrap(row, use).equals(key))).toEqual([true, true]);
    const done = new KeyRing(next, { keyId: next.id, rotation: null });
    expect(() => done.unwrap(before, use)).toThrow(`KEY_MISSING: a key of this store lies under master key ${old.id}`);
  });
});

describe('handing a new master key over', () => {
  const [old, next] = [parseMasterKey('22'.repeat(32), 'test'), parseMasterKey('33'.repeat(32), 'test')];
  const handOver: HandOver = { id: 'r', fromKeyId: old.id, toKeyId: next.id };

  it('gives it to whoever proves that they hold the old one, and to nobody else', () => {
    const { publicKey, proof, privateKey } = askForKey(old, handOver);
    const sealed = sealKey({ old, next }, handOver, { publicKey, proof });
    if (sealed === null) throw new Error('refused');
    expect(openKey(old, handOver, privateKey, sealed)).toEqual(next);
    expect(sealed.includes(next.bytes)).toBe(false);
    const thief = parseMasterKey('55'.repeat(32), 'test');
    const asked = askForKey(thief, handOver);
    expect(sealKey({ old, next }, handOver, asked)).toBeNull();
    expect(sealKey({ old, next }, { ...handOver, id: 's' }, { publicKey, proof })).toBeNull();
    // Neither the old key alone nor another asker opens an answer.
    expect(() => openKey(old, handOver, asked.privateKey, sealed)).toThrow('KEY_WRONG');
    expect(() => openKey(thief, handOver, privateKey, sealed)).toThrow('KEY_WRONG');
  });

  it('refuses an answer that was changed or cut off', () => {
    const { publicKey, proof, privateKey } = askForKey(old, handOver);
    const sealed = sealKey({ old, next }, handOver, { publicKey, proof }) ?? Buffer.alloc(0);
    for (let at = 0; at < sealed.length; at += 7) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => openKey(old, handOver, privateKey, changed)).toThrow('KEY_WRONG');
      expect(() => openKey(old, handOver, privateKey, sealed.subarray(0, at))).toThrow('KEY_WRONG');
    }
  });
});
