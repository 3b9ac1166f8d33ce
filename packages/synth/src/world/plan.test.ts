import { describe, expect, it } from 'vitest';
import { isWithinFloor } from '../edit/edits.js';
import { allFrames } from './library.js';
import { nearMisses, truthFrames } from './near-misses.js';
import { createPlan, FILE_COUNTS } from './plan.js';

const SEEDS = [1, 2, 3, 77];

describe('createPlan', () => {
  it('follows from the seed alone', () => {
    expect(createPlan('small', 5)).toEqual(createPlan('small', 5));
    expect(JSON.stringify(createPlan('small', 5))).not.toBe(JSON.stringify(createPlan('small', 6)));
  });

  it.each(['tiny', 'small', 'medium'] as const)('plans as many files as %s promises', (scale) => {
    for (const seed of SEEDS) {
      const plan = createPlan(scale, seed);
      expect(plan.files.length + plan.nested.length).toBe(FILE_COUNTS[scale]);
    }
  });

  it('has two agencies, enough cases and exhibits, and every kind of exhibit', () => {
    for (const seed of SEEDS) {
      const { cast } = createPlan('small', seed);
      expect(new Set(cast.agencies.map(({ country }) => country)).size).toBe(2);
      expect(cast.cases.length).toBeGreaterThanOrEqual(4);
      expect(cast.exhibits.length).toBeGreaterThanOrEqual(8);
      expect(new Set(cast.exhibits.map(({ kind }) => kind))).toEqual(new Set(['folder', 'zip', 'tar.gz']));
      expect(new Set(cast.exhibits.map((exhibit) => exhibit.case)).size).toBe(cast.cases.length);
    }
  });

  it('uses no path of an exhibit twice', () => {
    for (const seed of SEEDS) {
      const { files } = createPlan('medium', seed);
      const paths = files.map(({ exhibit, path }) => `${exhibit}/${path}`.toLowerCase());
      expect(new Set(paths).size).toBe(paths.length);
    }
  });

  it('repeats itself as life does: most files are copies, within the floor and beyond it, across agencies', () => {
    for (const seed of SEEDS) {
      const { files, cast, variants } = createPlan('small', seed);
      const agencyOf = new Map(cast.exhibits.map(({ reference, agency }) => [reference, agency]));
      const pictures = files.filter((file) => file.kind === 'picture');
      const agencies = new Map<string, Set<string>>();
      for (const { variant, exhibit } of pictures)
        agencies.set(variant.frame.id, (agencies.get(variant.frame.id) ?? new Set()).add(agencyOf.get(exhibit) ?? ''));
      expect(agencies.size).toBeLessThan(pictures.length / 3);
      expect([...agencies.values()].filter((held) => held.size > 1).length).toBeGreaterThan(5);
      const rough = variants.filter(({ edits }) => !isWithinFloor(edits)).length;
      expect(rough).toBeGreaterThan(8);
      expect(rough).toBeLessThan(variants.length / 2);
    }
  });

  it('has at least 5 % near-misses of both kinds, and blank, dark and text-only pictures', () => {
    for (const seed of SEEDS) {
      const frames = truthFrames(allFrames(createPlan('small', seed).library), new Map());
      const found = nearMisses(frames);
      const alike = new Set(found.flatMap(({ a, b }) => [a, b]));
      expect(alike.size / frames.length).toBeGreaterThanOrEqual(0.05);
      expect(new Set(found.map(({ why }) => why))).toEqual(new Set(['same room', 'same template']));
      expect(new Set(frames.map(({ kind }) => kind))).toEqual(new Set(['room', 'card', 'text', 'blank', 'dark']));
    }
  });
});
