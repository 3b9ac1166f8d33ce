// docs/security.md: every test that it names as proof is there, and no point of the standard was left out or said twice.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const PAGE = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
/** Points of OWASP ASVS 4.0.3 at level 2, by chapter. */
const POINTS = { 1: 38, 2: 48, 3: 17, 4: 9, 5: 30, 6: 13, 7: 12, 8: 15, 9: 7, 10: 5, 11: 8, 12: 15, 13: 13, 14: 23 };

const proofs = [...PAGE.matchAll(/`([\w/.-]+\.ts)`: "([^"]+)"/g)].map(([, file = '', name = '']) => ({ file, name }));
const points = [...PAGE.matchAll(/^(?:\| |- )(\d+\.\d+\.\d+) (.*)$/gm)].map(([, id = '', rest = '']) => ({ id, rest }));

it('names tests that are there', () => {
  expect(proofs.length).toBeGreaterThan(100);
  const missing = proofs.filter(({ file, name }) => {
    if (!existsSync(join(ROOT, file))) return true;
    const text = readFileSync(join(ROOT, file), 'utf8');
    return !["'", '"', '`'].some((quote) => text.includes(`${quote}${name}${quote}`));
  });
  expect(missing).toEqual([]);
});

it('says each point of the standard once, and how it stands', () => {
  const perChapter: Record<string, number> = {};
  for (const { id } of points) perChapter[Number.parseInt(id, 10)] = (perChapter[Number.parseInt(id, 10)] ?? 0) + 1;
  expect(perChapter).toEqual(POINTS);
  expect(new Set(points.map(({ id }) => id)).size).toBe(points.length);
  const stateOf = (rest: string): string | undefined =>
    /(?:\| |^)(met|\*\*open\*\*|not applicable)(?: \||:)/.exec(rest)?.[1];
  expect(points.filter(({ rest }) => stateOf(rest) === undefined)).toEqual([]);
  const counted = (state: string): number => points.filter(({ rest }) => stateOf(rest) === state).length;
  expect(PAGE).toContain(
    `**${counted('met')} met, ${counted('**open**')} open, ${counted('not applicable')} not applicable.**`,
  );
});

it('proves what it calls met in the chapters that are gone through, or says why there is no test', () => {
  const bare = PAGE.split('\n').filter((line) => /^\| \d.*\| met \| *\|$/.test(line));
  expect(bare).toEqual([]);
});
