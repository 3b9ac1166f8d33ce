// The socket between who searches by a picture and the matcher: an answer, and null for every way of there being none.
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { localFeatures, pdq, type Signal } from '@redthread/core/signals';
import { answerProposals, askProposals, type ProposalDoor } from './proposal-channel.js';

const signals: readonly Signal[] = [pdq.examples[0]!.a, localFeatures.examples[0]!.a];

let folder: string;
let door: ProposalDoor | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'redthread-ask-'));
});
afterEach(async () => {
  await door?.close();
  door = null;
  rmSync(folder, { recursive: true });
});

it('carries signals there and contents back, to our own user alone', async () => {
  const asked: (readonly Signal[])[] = [];
  door = await answerProposals(folder, async (given) => {
    asked.push(given);
    return [3, 2 ** 40];
  });
  expect(statSync(join(folder, 'index/matcher.sock')).mode & 0o777).toBe(0o600);
  expect(await Promise.all([askProposals(folder, signals), askProposals(folder, [])])).toEqual([
    [3, 2 ** 40],
    [3, 2 ** 40],
  ]);
  expect(asked.find(({ length }) => length > 0)?.map(({ method, value }) => [method, [...value]])).toEqual(
    signals.map(({ method, value }) => [method, [...value]]),
  );
});

it('answers null where nobody is there, nobody knows yet, or the question fails', async () => {
  expect(await askProposals(folder, signals)).toBeNull();
  expect(await askProposals(join(folder, 'x'.repeat(120)), signals)).toBeNull();
  door = await answerProposals(folder, async ([first]) => {
    if (first === undefined) throw new Error('no index');
    return null;
  });
  expect(await askProposals(folder, signals)).toBeNull();
  expect(await askProposals(folder, [])).toBeNull();
  expect(await askProposals(folder, [{ ...signals[0]!, value: new Uint8Array(3) }])).toBeNull();
  await door.close();
  door = null;
  expect(await askProposals(folder, signals)).toBeNull();
});

it('takes the place of one that was killed, and does without where the path is too long for a socket', async () => {
  door = await answerProposals(folder, async () => [1]);
  await door.close();
  writeFileSync(join(folder, 'index/matcher.sock'), '');
  door = await answerProposals(folder, async () => [2]);
  expect(await askProposals(folder, [])).toEqual([2]);
  await (await answerProposals(join(folder, 'x'.repeat(120)), async () => [1])).close();
});
