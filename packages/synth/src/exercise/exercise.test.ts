// The exercise asks for every code, repeats itself by its seed, and shows nothing where nothing can be told.
import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { drawExercise, MOST_CODES, planExercise } from './exercise.js';

const codes = ['0', '1', '2', '3', '4', '5'];

describe('an exercise', () => {
  it.each([2, 5, 6, 30])('of %i codes asks for each, and for "cannot say"', (n) => {
    const all = Array.from({ length: n }, (_, i) => `c${i}`);
    const { questions, signs } = planExercise('7', all);
    expect(new Set(questions.map(({ answer }) => answer))).toEqual(new Set([...all, null]));
    expect(questions.length).toBeGreaterThanOrEqual(12);
    expect(new Set(signs.map(({ words }) => words.en)).size).toBe(n);
  });

  it('tells as many codes apart as a scheme may have', () => {
    expect(MOST_CODES).toBe(64);
    const all = Array.from({ length: MOST_CODES }, (_, i) => `c${i}`);
    expect(new Set(planExercise('x', all).signs.map(({ words }) => words.en)).size).toBe(MOST_CODES);
  });

  it('lets the first of two signs count', () => {
    for (const { signs, answer } of planExercise('8', codes).questions)
      if (signs.length === 2) expect(answer).toBe(codes[Math.min(...signs)]);
  });

  it('follows from its seed', () => {
    expect(planExercise('7', codes)).toEqual(planExercise('7', codes));
    expect(planExercise('7', codes)).not.toEqual(planExercise('9', codes));
  });
});

describe('its pictures', () => {
  it('are the same for the same seed, and dark where nothing can be told', async () => {
    const exercise = planExercise('7', codes);
    const dark = exercise.questions.findIndex(({ answer }) => answer === null);
    const light = exercise.questions.findIndex(({ answer }) => answer !== null);
    const mean = async (number: number): Promise<number> => {
      const bytes = await drawExercise('7', exercise, number);
      expect(bytes?.equals((await drawExercise('7', exercise, number)) ?? Buffer.alloc(0))).toBe(true);
      const { channels } = await sharp(bytes ?? Buffer.alloc(0)).stats();
      return channels[0]?.mean ?? -1;
    };
    expect(await mean(dark)).toBeLessThan(25);
    expect(await mean(light)).toBeGreaterThan(80);
    expect(await drawExercise('7', exercise, exercise.questions.length)).toBeNull();
  });
});
