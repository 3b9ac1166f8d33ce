import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { drawWorldChats } from './chats.js';
import { createPlan } from './plan.js';
import { variantPath } from './tasks.js';

const staging = mkdtempSync(join(tmpdir(), 'redthread-chats-'));
afterAll(() => rmSync(staging, { recursive: true, force: true }));

const chatsOf = async (seed: number) => {
  const plan = createPlan('small', seed);
  for (const { id } of plan.variants) writeFileSync(variantPath(staging, id), `picture ${id} of ${seed}`);
  return { plan, chats: await drawWorldChats(staging, plan) };
};

describe('the chats of an operation', () => {
  it('follow from the seed', async () => {
    expect((await chatsOf(7)).chats).toEqual((await chatsOf(7)).chats);
  });
  it.each([1, 2, 3, 7])(
    'are told by phones of both agencies, and hang together by people and pictures (seed %i)',
    async (seed) => {
      const { plan, chats } = await chatsOf(seed);
      const { exports, groups, postings } = chats.truth;
      for (const { id } of groups) {
        const told = exports.filter(({ group }) => group === id);
        const agencies = told.map(
          ({ exhibit }) => plan.cast.exhibits.find(({ reference }) => reference === exhibit)!.agency,
        );
        expect(new Set(agencies).size).toBe(2);
        for (const { entries } of told) expect(entries.length).toBeGreaterThan(30);
      }
      const sentOn = postings.filter(
        ({ frame }) => new Set(postings.filter((of) => of.frame === frame).map(({ group }) => group)).size === 2,
      );
      expect(new Set(sentOn.map(({ frame }) => frame)).size).toBeGreaterThanOrEqual(3);
      for (const { frame } of sentOn) expect(postings.find((of) => of.frame === frame)!.group).toBe('swap');
    },
  );
  it('lie at paths of their own, and their files are those that the text names', async () => {
    const { chats } = await chatsOf(7);
    const paths = chats.files.flatMap(({ exhibit, path, inside }) => [
      `${exhibit}/${path}`,
      ...inside.map((file) => `${exhibit}/${path}/${file.path}`),
    ]);
    expect(new Set(paths).size).toBe(paths.length);
    for (const { exhibit, path, entries } of chats.truth.exports) {
      expect(paths).toContain(`${exhibit}/${path}`);
      const folder = path.slice(0, path.lastIndexOf('/'));
      for (const { attachment } of entries)
        if (attachment !== null)
          expect(paths.includes(`${exhibit}/${folder}/${attachment.name}`)).toBe(attachment.state === 'present');
    }
  });
});
