import { expect, it } from 'vitest';
import { circleText, dayAfter, Near, readCircle, readTaken, Written } from './where-and-when.js';

it('reads circles, and nothing that is not on the earth', () => {
  expect(readCircle('41.385,-2.173,1200')).toEqual({ latitudeDeg: 41.385, longitudeDeg: -2.173, radiusM: 1200 });
  for (const text of ['91,0,1', '0,181,1', '41.385,2.173', 'a,b,c', '41.385,2.173,-5'])
    expect(Near.safeParse(text).success).toBe(false);
  expect(circleText({ latitudeDeg: 41.3850001, longitudeDeg: 2, radiusM: 99.2 })).toBe('41.385,2,100');
});

it('reads lanes and periods of one length, the earlier first', () => {
  expect(readTaken('capture:2021-05..2021-07')).toEqual({ lane: 'capture', from: '2021-05', to: '2021-07' });
  expect(readTaken('archive:0000..2107')).toEqual({ lane: 'archive', from: '0000', to: '2107' });
  for (const text of ['capture:2021..2021-07', 'capture:2022..2021', 'sometime:2021..2021', '2021..2022'])
    expect(Written.safeParse(text).success).toBe(false);
});

it('knows the day before and after, over years and in year 0', () => {
  expect([dayAfter('2021-12-31', 1), dayAfter('2024-03-01', -1), dayAfter('0000-01-01', 1)]).toEqual([
    '2022-01-01',
    '2024-02-29',
    '0000-01-02',
  ]);
});
