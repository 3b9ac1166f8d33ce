// The drawn world is benign by construction (design, section 1): every word it may write is on a list that somebody read,
// every number and address lies in a reserved range, every shape and thing is on a list without people.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/random.js';
import { MOTIF_NAMES } from '../texture/motif.js';
import * as words from '../text/words.js';
import { createPlan } from './plan.js';
import { drawPaper } from './papers.js';
import { AROUND_DEG, TOWNS } from './towns.js';

const READ_WORDS = new Set(
  readFileSync(new URL('./read-words.txt', import.meta.url), 'utf8')
    .split(/\s+/)
    .filter(Boolean),
);

/** Everything textual that a world of this seed writes: papers, remarks in pictures, names, paths. */
const allText = (seed: number): string[] => {
  const plan = createPlan('medium', seed);
  const random = createRandom(`scan/${seed}`);
  const remarks = Array.from({ length: 800 }, () =>
    [
      words.remark(random),
      words.sentence(random),
      words.greeting(random),
      words.stampLine(random),
      words.cardLine(random),
      words.contact(random),
    ].join('\n'),
  );
  const papers = plan.files.flatMap((file) =>
    file.kind === 'paper' ? [drawPaper(createRandom(file.seed)).data.toString('latin1')] : [],
  );
  const names = [
    // Names in caches are random digits and letters.
    ...plan.files.map(({ path }) => path).filter((path) => !/cache/i.test(path)),
    ...plan.cast.agencies.map(({ name }) => name),
    ...plan.cast.cases.map(({ title }) => title),
    ...plan.cast.exhibits.flatMap(({ title, camera }) => [title, camera.make, camera.model]),
  ];
  return [...remarks, ...papers, ...names];
};

const texts = [21, 22].flatMap(allText);

describe('what the drawn world writes', () => {
  it('uses only words that were read and found harmless', () => {
    const unknown = new Set<string>();
    for (const text of texts)
      for (const word of text
        .normalize('NFC')
        .toLowerCase()
        .match(/\p{L}{3,}/gu) ?? [])
        if (!READ_WORDS.has(word)) unknown.add(word);
    expect([...unknown]).toEqual([]);
  });

  it('names only reserved hosts and addresses', () => {
    for (const text of texts) {
      for (const [, host = ''] of text.matchAll(/(?:https?:\/\/|@)([\w.-]+)/g))
        expect(host).toMatch(/(^|\.)example\.(org|net|com)$/);
      for (const [address] of text.matchAll(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g)) expect(address).toMatch(/^192\.0\.2\./);
    }
  });

  it('gives only telephone numbers that are reserved for fiction', () => {
    for (const text of texts)
      for (const [, number = ''] of text.matchAll(/(?:call|phone|tel|mobile)\D{0,3}([\d -]{6,})/gi))
        expect(number).toMatch(/^(07700 900\d{3}|555-01\d\d)/);
  });

  it('places cameras around the squares of towns only', () => {
    expect(AROUND_DEG).toBeLessThan(0.01);
    const source = readFileSync(new URL('./camera-tags.ts', import.meta.url), 'utf8');
    expect(source.match(/latitude:.*|position:.*/g)).toEqual([
      'latitude: latitude + random.range(-AROUND_DEG, AROUND_DEG),',
      'position: around(camera, random) } : {}),',
    ]);
    for (const { name, latitude, longitude } of TOWNS)
      expect([name, latitude > 35 && latitude < 60, longitude > -10 && longitude < 20]).toEqual([name, true, true]);
  });

  it('draws shapes without people', () => {
    expect([...MOTIF_NAMES].sort()).toEqual([
      'boat',
      'branch',
      'butterfly',
      'cloud',
      'damask',
      'diamond',
      'fish',
      'flower',
      'house',
      'leaf',
      'mushroom',
      'rings',
      'spiral',
      'star',
      'tree',
    ]);
  });
});
