// What is sealed of an event: the same value has one form and one hash, a clear text is bound by its commitment and erased without
// changing either.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type Json } from './canonical-json.js';
import { fromHex, sameBytes, toHex, type Digest } from './digest.js';
import { AUDIT_EVENTS, isTextField } from './events.js';
import { commitmentTo, eventHash, sealedForm, textsOf, type RecordedEvent } from './sealed-event.js';

const digest: Digest = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const LOG = '11111111-1111-4111-8111-111111111111';
const event: RecordedEvent = {
  id: '22222222-2222-4222-8222-222222222222',
  at: '2026-03-14T09:26:53.589793Z',
  user: '33333333-3333-4333-8333-333333333333',
  login: 'vera',
  type: 'list-import',
  objectKind: 'list',
  objectId: '44444444-4444-4444-8444-444444444444',
  purpose: 'postcards, ES-2026-014',
  request: '55555555-5555-4555-8555-555555555555',
  detail: { name: 'baseline', version: '7', polarity: 'other', entries: 12, sha256: 'ab' },
  row: '17/742',
};
const salt = Uint8Array.from({ length: 16 }, (_, i) => i);
const commitmentsOf = (of: RecordedEvent): Record<string, string> =>
  Object.fromEntries([...textsOf(of)].map(([field, text]) => [field, commitmentTo(digest, salt, field, text)]));

describe('canonical JSON', () => {
  it('is one text a value, whatever order its keys were written in', () => {
    const shuffled = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(shuffled)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, member]) => [key, shuffled(member)]),
            )
          : value;
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value as Json);
        expect(canonicalJson(shuffled(value) as Json)).toBe(text);
        expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
      }),
    );
  });

  it('is that of RFC 8785 for its examples, and nothing for what JSON does not hold', () => {
    expect(
      canonicalJson({ numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 1e-27], literals: [null, true, false] }),
    ).toBe('{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27]}');
    expect(
      canonicalJson({ '\u20ac': 'Euro', '\r': 'return', '1': 'one', '\ud83d\ude00': 'face', '\ufb33': 'dalet' }),
    ).toBe('{"\\r":"return","1":"one","€":"Euro","😀":"face","\ufb33":"dalet"}');
    for (const value of [NaN, Infinity, undefined]) expect(() => canonicalJson(value as Json)).toThrow(TypeError);
  });
});

describe('the sealed form', () => {
  it('holds commitments in the place of every clear text, and everything else as it was', () => {
    const form = sealedForm(LOG, 9, event, commitmentsOf(event));
    const text = canonicalJson(form);
    for (const word of ['vera', 'postcards', 'baseline', '742']) expect(text).not.toContain(word);
    expect(form).toMatchObject({
      v: 1,
      log: LOG,
      number: 9,
      type: 'list-import',
      object: { kind: 'list', id: event.objectId },
      detail: { polarity: 'other', entries: 12, sha256: 'ab', name: { commitment: expect.any(String) as string } },
    });
  });

  it('stays the same when clear texts are erased', () => {
    const commitments = commitmentsOf(event);
    const { name: _name, version: _version, ...detail } = event.detail;
    const erased: RecordedEvent = { ...event, login: null, purpose: null, detail };
    expect(sealedForm(LOG, 9, erased, commitments)).toEqual(sealedForm(LOG, 9, event, commitments));
  });

  it('changes its hash with any part of the event', () => {
    const commitments = commitmentsOf(event);
    const whole = eventHash(digest, sealedForm(LOG, 9, event, commitments));
    const changed: Partial<RecordedEvent>[] = [
      { id: LOG },
      { at: '2026-03-14T09:26:53.589794Z' },
      { user: null },
      { type: 'view' },
      { objectKind: 'media' },
      { objectId: LOG },
      { request: 'x' },
      { detail: { ...event.detail, entries: 13 } },
      { detail: { ...event.detail, added: 'plain' } },
    ];
    for (const change of changed)
      expect(sameBytes(eventHash(digest, sealedForm(LOG, 9, { ...event, ...change }, commitments)), whole)).toBe(false);
    expect(sameBytes(eventHash(digest, sealedForm(LOG, 8, event, commitments)), whole)).toBe(false);
    for (const field of Object.keys(commitments)) {
      const other = { ...commitments, [field]: toHex(digest('other')) };
      expect(sameBytes(eventHash(digest, sealedForm(LOG, 9, event, other)), whole)).toBe(false);
    }
  });

  it('names no object in clear that has no id of ours', () => {
    expect([...textsOf({ ...event, objectId: 'Joost' }).keys()]).toContain('object');
    expect([...textsOf(event).keys()]).toEqual(['login', 'purpose', 'detail.name', 'detail.version', 'row']);
  });
});

describe('a commitment', () => {
  it('binds salt, field and text together', () => {
    const one = commitmentTo(digest, salt, 'login', 'vera');
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(commitmentTo(digest, salt, 'purpose', 'vera')).not.toBe(one);
    expect(commitmentTo(digest, salt, 'login', 'vern')).not.toBe(one);
    expect(
      commitmentTo(
        digest,
        salt.map((byte) => byte ^ 1),
        'login',
        'vera',
      ),
    ).not.toBe(one);
  });
});

describe('what is clear text', () => {
  it('is said of each parameter that takes any string, and of everything in a type that is not known', () => {
    expect(isTextField('case-add', 'reference')).toBe(true);
    expect(isTextField('list-import', 'sha256')).toBe(false);
    expect(isTextField('view', 'count')).toBe(false);
    expect(isTextField('of a later version', 'whatever')).toBe(true);
    for (const { words } of Object.values<{ words: Readonly<Record<string, string>> }>(AUDIT_EVENTS))
      for (const wording of Object.values(words)) expect(['text', 'plain']).toContain(wording);
  });
});

describe('hex', () => {
  it('comes back as it was, and is refused when it is none', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => sameBytes(fromHex(toHex(bytes)), bytes)));
    for (const text of ['0', 'AB', 'zz']) expect(() => fromHex(text)).toThrow(RangeError);
  });
});
