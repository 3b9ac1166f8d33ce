import { describe, expect, it } from 'vitest';
import {
  bytes,
  count,
  dimensions,
  duration,
  exactDuration,
  exhibitName,
  measure,
  offset,
  rate,
  share,
  sourceTime,
  splitTail,
  zonedInstant,
} from './format.js';

const thin = (text: string): string => text.replaceAll('_', '\u202f').replaceAll('~', '\u00a0');

describe('format', () => {
  it('says the whole of a stretch of time where every second counts', () => {
    expect(exactDuration(0.4)).toBe(thin('0~s'));
    expect(exactDuration(43)).toBe(thin('43~s'));
    expect(exactDuration(3603)).toBe(thin('1~h 3~s'));
    expect(exactDuration(86_400 * 2 + 245)).toBe(thin('2~d 4~min 5~s'));
  });

  it('groups thousands with a narrow no-break space', () => {
    expect(count(0)).toBe('0');
    expect(count(999)).toBe('999');
    expect(count(1204)).toBe(thin('1_204'));
    expect(count(360112)).toBe(thin('360_112'));
    expect(count(-1234567)).toBe(thin('−1_234_567'));
    expect(count(1234.5678)).toBe(thin('1_234.5678'));
  });

  it('rounds neither a miss nor a find away', () => {
    expect(share(5, 5)).toBe(thin('100~%'));
    expect(share(9999, 10_000)).toBe(thin('99.9~%'));
    expect(share(1, 10_000)).toBe(thin('0.1~%'));
    expect(share(0, 5)).toBe(thin('0.0~%'));
    expect(share(0, 0)).toBe('–');
  });

  it('writes sizes in decimal units with three figures', () => {
    expect(bytes(0)).toBe(thin('0~B'));
    expect(bytes(999)).toBe(thin('999~B'));
    expect(bytes(1_234_567)).toBe(thin('1.23~MB'));
    expect(bytes(999_999)).toBe(thin('1.00~MB'));
    expect(bytes(5.1e12)).toBe(thin('5.10~TB'));
  });

  it('writes times left as a person says them', () => {
    expect(duration(0.4)).toBe(thin('0~s'));
    expect(duration(89)).toBe(thin('89~s'));
    expect(duration(660)).toBe(thin('11~min'));
    expect(duration(3599)).toBe(thin('1~h~00~min'));
    expect(duration(3840)).toBe(thin('1~h~04~min'));
    expect(duration(3 * 86400 + 7200)).toBe(thin('3~d~02~h'));
  });

  it('writes rates and measures without exponents', () => {
    expect(rate(0.44)).toBe('0.4');
    expect(rate(14.4)).toBe('14');
    expect(measure(31)).toBe('31');
    expect(measure(17.94)).toBe('17.9');
    expect(measure(0.0123)).toBe('0.012');
  });

  it('keeps a source time as it was written and says when it has no zone', () => {
    const base = { kind: 'DateTimeOriginal', precisionMs: 1000, basis: 'exif' as const };
    expect(sourceTime({ ...base, text: '2024:05:01 10:00:00', offsetMinutes: null }, 'no zone')).toBe(
      '2024:05:01 10:00:00 (no zone)',
    );
    expect(sourceTime({ ...base, text: '2024:05:01 10:00:00', offsetMinutes: 120 }, 'no zone')).toBe(
      '2024:05:01 10:00:00 +02:00',
    );
    expect(sourceTime({ ...base, text: '2024-05-01T10:00:00Z', offsetMinutes: 0 }, 'no zone')).toBe(
      '2024-05-01T10:00:00Z',
    );
    expect(offset(-210)).toBe('−03:30');
  });

  it('cuts in the middle and names dimensions', () => {
    expect(splitTail('abcdef', 2)).toEqual(['abcd', 'ef']);
    expect(splitTail('ab', 5)).toEqual(['', 'ab']);
    expect(dimensions(4032, 3024)).toBe(thin('4_032 × 3_024'));
    expect(dimensions(null, 1)).toBeNull();
  });

  it('names an exhibit once', () => {
    expect(exhibitName('ES-2026-014', '7')).toBe('ES-2026-014 / 7');
    expect(exhibitName('ES-2026-014', 'ES-2026-014-B')).toBe('ES-2026-014-B');
  });
});

it('says of an event of ours in which zone its time is told', () => {
  expect(zonedInstant('2026-03-02T13:05:09Z')).toMatch(/^2026-03-0[123] \d\d:\d\d:09 [+−]\d\d:\d\d$/);
});
