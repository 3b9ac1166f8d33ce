import { describe, expect, it } from 'vitest';
import { drawTune, TUNE_RATE_HZ } from '../film/tune.js';
import { filmPairs, type TruthFile } from '../truth/index.js';
import { filmFrame, planFilms, type FilmPlan } from './films.js';
import { createPlan } from './plan.js';

const filmsOf = (seed: number): FilmPlan[] => {
  const { cast, library } = createPlan('small', seed);
  return planFilms('small', cast, library);
};

describe('the films of an operation', () => {
  it('follow from the seed, and none of two lies at one path', () => {
    expect(filmsOf(5)).toEqual(filmsOf(5));
    const paths = filmsOf(5).flatMap(({ copies }) => copies.map(({ exhibit, path }) => `${exhibit}/${path}`));
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('go through different rooms, and are each with both agencies', () => {
    const { cast } = createPlan('small', 7);
    const films = filmsOf(7);
    expect(new Set(films.map(({ room }) => room)).size).toBe(films.length);
    for (const { copies } of films) {
      const agencies = copies.map(
        ({ exhibit }) => cast.exhibits.find(({ reference }) => reference === exhibit)?.agency,
      );
      expect(new Set(agencies).size).toBe(cast.agencies.length);
    }
  });

  it('have pairs in the truth: of one film, and by sound only where both have one', () => {
    const files = filmsOf(1).flatMap((film) =>
      film.copies.map(({ edit, exhibit, path }): TruthFile => ({
        ...{ exhibit, path, containers: [], sha256: `${film.id} ${edit}`, bytes: 1 },
        kind: edit === 'sound alone' ? 'sound' : 'film',
        frames: [filmFrame(film).id],
        ...{ edits: [], floor: true, device: null, fault: null, film: edit },
      })),
    );
    const pairs = filmPairs({ files });
    expect(pairs).toHaveLength(8);
    expect(pairs.some(([a, b]) => [a.film, b.film].sort().join() === 'cropped,sound alone')).toBe(false);
  });
});

describe('drawn sound', () => {
  it('is the same for one seed, another for another, and heard', () => {
    const [tune, again, other] = ['a', 'a', 'b'].map((seed) => drawTune(seed, 2));
    expect(tune!.equals(again!)).toBe(true);
    expect(tune!.equals(other!)).toBe(false);
    expect(tune!.length).toBe(2 * 2 * TUNE_RATE_HZ);
    const loudest = Math.max(...Array.from({ length: tune!.length / 2 }, (_, i) => Math.abs(tune!.readInt16LE(2 * i))));
    expect(loudest).toBeGreaterThan(3_000);
    expect(loudest).toBeLessThan(32_767);
  });
});
