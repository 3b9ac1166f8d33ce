import { describe, expect, it } from 'vitest';
import type { SourceTime } from '../contract/primitives.js';
import { clockZone } from './clock-zone.js';
import { traceWords } from './words.js';

const taken = (text: string, offsetMinutes: number | null = null): SourceTime => ({
  kind: 'taken',
  text,
  offsetMinutes,
  precisionMs: 1000,
  basis: 'exif',
});
const heard = (text: string): SourceTime => ({ ...taken(text, 0), basis: 'gps' });

describe('the zone of a clock', () => {
  it('is what its own time is ahead of that of the satellites', () => {
    const times = [taken('2026:05:03 14:02:11'), heard('2026:05:03 12:02:08Z')];
    expect(clockZone(times, 4.4)).toEqual({
      offsetMinutes: 120,
      restSeconds: 3,
      statedMinutes: null,
      placeMinutes: 18,
      fitsPlace: true,
    });
    expect(clockZone(times, -120)).toMatchObject({ fitsPlace: false });
    expect(clockZone(times, null)).toMatchObject({ placeMinutes: null, fitsPlace: null });
  });

  it('holds over midnight, by quarters of an hour and around the day line', () => {
    expect(clockZone([taken('2026:05:04 01:46:00', 345), heard('2026:05:03 20:01:30Z')], 85)).toMatchObject({
      offsetMinutes: 345,
      restSeconds: -30,
      statedMinutes: 345,
      fitsPlace: true,
    });
    expect(clockZone([taken('2026:05:04 11:00:00'), heard('2026:05:03 22:00:00Z')], -175)).toMatchObject({
      offsetMinutes: 780,
      fitsPlace: true,
    });
  });

  it('is not said where the difference is of no zone, or a time is none', () => {
    const of = (own: string, gps: string) => clockZone([taken(own), heard(gps)], null);
    expect(of('2026:05:03 14:07:30', '2026:05:03 12:00:00Z')).toBeNull();
    expect(of('2026:05:05 14:00:00', '2026:05:03 12:00:00Z')).toBeNull();
    expect(of('0000:00:00 00:00:00', '2026:05:03 12:00:00Z')).toBeNull();
    expect(of('2026:05:03 25:00:00', '2026:05:03 12:00:00Z')).toBeNull();
    expect(of('2026:02:31 12:00:00', '2026:03:03 12:00:00Z')).toBeNull();
    expect(clockZone([taken('2026:05:03 14:00:00')], null)).toBeNull();
    expect(clockZone([], 4)).toBeNull();
  });

  it('is said in words', () => {
    const value = { ...clockZone([taken('2026:05:03 06:30:00'), heard('2026:05:03 12:00:00Z')], 100) };
    expect(traceWords('clock-zone', value)).toBe(
      'its clock stood at UTC-05:30 by the time of the satellites, no zone stated; no zone in use where it says that it was taken',
    );
  });
});
