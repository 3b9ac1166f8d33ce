import { describe, expect, it } from 'vitest';
import { dateReadings } from './date-readings.js';

const read = (text: string): Record<string, string | null> =>
  Object.fromEntries(dateReadings(text).map(({ order, day }) => [order, day]));

describe('dates whose order is open', () => {
  it('reads the first date in each order', () => {
    expect(read('[03/04/21, 10:15:02]')).toEqual({ dmy: '2021-04-03', mdy: '2021-03-04', ymd: '2003-04-21' });
    expect(read('3.4.2021, 10:15')).toEqual({ dmy: '2021-04-03', mdy: '2021-03-04', ymd: null });
    expect(read('2021-04-03 10:15')).toEqual({ dmy: null, mdy: null, ymd: '2021-04-03' });
  });

  it('says where no calendar has the day', () => {
    expect(read('31/02/2021, 1:00')).toEqual({ dmy: null, mdy: null, ymd: null });
    expect(read('11/12/10, 9:05 PM')).toEqual({ dmy: '2010-12-11', mdy: '2010-11-12', ymd: '2011-12-10' });
  });

  it('reads figures of other scripts, and marks between them', () => {
    expect(read('\u200f٠٣\u200f/٠٤\u200f/٢٠٢١')).toEqual({ dmy: '2021-04-03', mdy: '2021-03-04', ymd: null });
    expect(read('०३/०४/२१')).toEqual({ dmy: '2021-04-03', mdy: '2021-03-04', ymd: '2003-04-21' });
  });

  it('says nothing of a text without a date', () => {
    expect(dateReadings('yesterday, 10:15')).toEqual([]);
  });
});
