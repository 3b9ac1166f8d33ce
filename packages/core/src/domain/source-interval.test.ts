import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageAt } from './age.js';
import { intervalOf, overlapOf, readStatedTime, type TimeAsWritten } from './source-interval.js';

const HOUR_MS = 3_600_000;
const stated = (text: string): TimeAsWritten => {
  const time = readStatedTime(text);
  if (time === null) throw new Error(text);
  return time;
};

describe('a stated time', () => {
  it('is as exact as it was written, and has the zone that it was written with or none', () => {
    expect(stated('2025-07-01')).toEqual({ text: '2025-07-01', offsetMinutes: null, precisionMs: 24 * HOUR_MS });
    expect(stated('2025-07-01T10:00Z')).toMatchObject({ offsetMinutes: 0, precisionMs: 60_000 });
    expect(stated('2025-07-01 10:00:30-03:30')).toMatchObject({ offsetMinutes: -210, precisionMs: 1_000 });
  });

  it.each([
    '',
    'yesterday',
    '2025',
    '2025-02-30',
    '2025-07-01T24:00',
    '01/07/2025',
    '2025-07-01T10:00+15:00',
    '2025-13-01',
  ])('"%s" is none', (text) => expect(readStatedTime(text)).toBeNull());

  it('takes the years 0 and 2107 for values', () => {
    expect(intervalOf(stated('0000-01-01T00:00Z'))?.earliestMs).toBe(Date.parse('0000-01-01T00:00:00Z'));
    expect(intervalOf(stated('2107-12-31T23:59Z'))?.latestMs).toBe(Date.parse('2107-12-31T23:59:59.999Z'));
  });

  it('means without a zone everything that some zone makes of it', () => {
    expect(intervalOf(stated('2025-07-01T10:00:00'))).toEqual({
      earliestMs: Date.parse('2025-06-30T20:00:00Z'),
      latestMs: Date.parse('2025-07-02T00:00:00.999Z'),
    });
    expect(intervalOf({ text: '2025:07:01 10:00:00', offsetMinutes: 120, precisionMs: 1000 })?.earliestMs).toBe(
      Date.parse('2025-07-01T08:00:00Z'),
    );
    expect(intervalOf({ text: '0000:00:00 00:00:00', offsetMinutes: null, precisionMs: 1000 })).toBeNull();
  });
});

describe('at once', () => {
  const from = (a: string, b: string) => ({ from: stated(a), to: stated(b) });

  it('is certain, possible or not', () => {
    const noon = from('2025-07-01T11:00Z', '2025-07-01T13:00Z');
    expect(overlapOf(noon, from('2025-07-01T12:00Z', '2025-07-01T18:00Z'))).toBe('certain');
    expect(overlapOf(noon, from('2025-07-01T12:00', '2025-07-01T12:30'))).toBe('possible');
    expect(overlapOf(noon, from('2025-07-03T12:00', '2025-07-03T12:30'))).toBe('none');
  });

  it('is told alike from either side', () => {
    const time = fc
      .date({ min: new Date('2000-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
      .chain((date) =>
        fc.constantFrom('Z', '', '+02:00').map((zone) => stated(`${date.toISOString().slice(0, 16)}${zone}`)),
      );
    fc.assert(
      fc.property(time, time, time, time, (a, b, c, d) => {
        const [x, y] = [
          { from: a, to: b },
          { from: c, to: d },
        ];
        expect(overlapOf(x, y)).toBe(overlapOf(y, x));
      }),
    );
  });
});

describe('the age at a time', () => {
  const band = { minYears: 8, maxYears: 10, at: stated('2020-06-15T12:00Z') };

  it('follows the years, and holds every case', () => {
    expect(ageAt(band, band.at)).toEqual({ min: 7, max: 11 });
    expect(ageAt(band, stated('2025-06-15T12:00Z'))).toEqual({ min: 12, max: 16 });
    expect(ageAt(band, stated('2009-01-01T00:00Z'))?.min).toBeLessThan(0);
    expect(ageAt(band, { text: 'undated', offsetMinutes: null, precisionMs: 1 })).toBeNull();
  });

  it('never leaves out the age of anybody whom the band fits', () => {
    const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2024-12-31'), noInvalidDate: true });
    const years = (born: Date, at: Date): number => {
      const before = new Date(at);
      before.setUTCFullYear(born.getUTCFullYear());
      return at.getUTCFullYear() - born.getUTCFullYear() - (before.getTime() < born.getTime() ? 1 : 0);
    };
    fc.assert(
      fc.property(day, day, day, fc.nat(3), fc.constantFrom('Z', ''), (born, at, then, slack, zone) => {
        const age = years(born, at);
        fc.pre(age >= 0);
        const said = {
          minYears: Math.max(0, age - slack),
          maxYears: age + slack,
          at: stated(`${at.toISOString().slice(0, 16)}${zone}`),
        };
        const found = ageAt(said, stated(`${then.toISOString().slice(0, 16)}Z`));
        expect(found?.min).toBeLessThanOrEqual(years(born, then));
        expect(found?.max).toBeGreaterThanOrEqual(years(born, then));
      }),
    );
  });
});
