import { expect, it } from 'vitest';
import { namePlace } from './draw.js';

it('keeps the name of a node in the picture, and leaves that of a node outside with it', () => {
  const picture = { width: 400, height: 300 };
  expect(namePlace({ x: 200, y: 100 }, 9, 80, picture)).toEqual({ x: 200, y: 113 });
  expect(namePlace({ x: 5, y: 100 }, 9, 80, picture).x).toBe(44);
  expect(namePlace({ x: 398, y: 100 }, 9, 80, picture).x).toBe(356);
  expect(namePlace({ x: 200, y: 290 }, 9, 80, picture).y).toBe(266);
  expect(namePlace({ x: -30, y: 100 }, 9, 80, picture).x).toBe(-30);
  expect(namePlace({ x: 5, y: 100 }, 9, 500, picture).x).toBe(5);
});
