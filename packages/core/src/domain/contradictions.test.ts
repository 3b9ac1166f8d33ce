import { describe, expect, it } from 'vitest';
import { ASSERTION_TYPES, ASSERTION_TYPE_NAMES, whyNotRelated } from './assertion-types.js';
import { contradictionsIn, type Asserted } from './contradictions.js';
import { readExternalId } from './external-id.js';
import { readStatedTime } from './source-interval.js';

const NONE = { from: null, to: null };
const said = (
  id: string,
  type: Asserted['type'],
  from: string,
  to: string,
  valid: Asserted['valid'] = NONE,
): Asserted => ({
  id,
  type,
  from,
  to,
  valid,
});
const times = (from: string, to: string) => ({ from: readStatedTime(from), to: readStatedTime(to) });
const alone = (id: string) => id;

describe('contradictions', () => {
  it('are two persons of one series, unless the two are one', () => {
    const both = [said('1', 'identified-as', 's', 'p'), said('2', 'identified-as', 's', 'q')];
    expect(contradictionsIn(both, alone)).toEqual([
      { rule: 'two-persons', assertions: ['1', '2'], certainty: 'certain' },
    ]);
    expect(contradictionsIn(both, (id) => (id === 'q' ? 'p' : id))).toEqual([]);
    const merged = [said('1', 'identified-as', 's', 'p'), said('2', 'identified-as', 't', 'q')];
    expect(contradictionsIn(merged, alone)).toEqual([]);
    expect(contradictionsIn(merged, (id) => (id === 't' ? 's' : id))).toHaveLength(1);
  });

  it('are two places at once: certain, or possible where a zone is missing; never from a time that nobody wrote', () => {
    const at = (id: string, place: string, valid: Asserted['valid']) => said(id, 'located-at', 'p', place, valid);
    const noon = times('2025-07-01T11:00Z', '2025-07-01T13:00Z');
    const here = at('1', 'here', noon);
    expect(contradictionsIn([here, at('2', 'there', noon)], alone)).toMatchObject([{ certainty: 'certain' }]);
    const noZone = times('2025-07-01T20:00', '2025-07-01T21:00');
    expect(contradictionsIn([here, at('2', 'there', noZone)], alone)).toMatchObject([{ certainty: 'possible' }]);
    expect(contradictionsIn([here, at('2', 'there', NONE)], alone)).toEqual([]);
    expect(contradictionsIn([here, at('2', 'here', noon)], alone)).toEqual([]);
  });

  it('are one and the same, and not the same', () => {
    expect(contradictionsIn([said('1', 'different-from', 'p', 'q')], () => 'p')).toMatchObject([
      { rule: 'same-and-different', assertions: ['1'] },
    ]);
    expect(contradictionsIn([said('1', 'different-from', 'p', 'q')], alone)).toEqual([]);
  });
});

describe('what may be related', () => {
  it('stands in one table, in which a merge relates two of one kind', () => {
    for (const name of ASSERTION_TYPE_NAMES) {
      const { from, to, merges, symmetric, sameKind } = ASSERTION_TYPES[name];
      for (const start of from)
        for (const end of to) expect(whyNotRelated(name, start, end) === null).toBe(sameKind !== true || start === end);
      if (symmetric === true) expect([name, [...from]]).toEqual([name, [...to]]);
      if (merges === true) expect(symmetric).toBe(true);
    }
    expect(whyNotRelated('same-as', 'person', 'place')).toContain('one kind');
    expect(whyNotRelated('member-of', 'person', 'series')).toContain('starts at media');
    expect(whyNotRelated('knows', 'person', 'place')).toContain('leads to person');
  });
});

describe('an external id', () => {
  it('of a known type has its issuer and its form', () => {
    expect(readExternalId(undefined, 'imei', '49-015420-323751-8')).toEqual({
      id: { issuer: 'GSMA', type: 'imei', value: '490154203237518' },
    });
    expect(readExternalId(undefined, 'imei', '490154203237519')).toHaveProperty('refused');
    expect(readExternalId('somebody', 'imei', '490154203237518')).toHaveProperty('refused');
    expect(readExternalId(undefined, 'phone-number', '+34 600 000 000')).toMatchObject({
      id: { value: '+34600000000' },
    });
    expect(readExternalId(undefined, 'phone-number', '600 000 000')).toHaveProperty('refused');
  });

  it('of another type needs the name of its issuer, and stays as it was written', () => {
    expect(readExternalId(undefined, 'file-number', 'AB 7')).toHaveProperty('refused');
    expect(readExternalId('Unit of Alpha', 'file-number', ' AB 7 ')).toEqual({
      id: { issuer: 'Unit of Alpha', type: 'file-number', value: 'AB 7' },
    });
    expect(readExternalId(undefined, 'constructor', 'x')).toHaveProperty('refused');
  });
});
