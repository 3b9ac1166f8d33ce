// What README shows of the output is what the contract says.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PairLine } from '@redthread/core/contract';

const README = readFileSync(new URL('../../../../../README.md', import.meta.url), 'utf8');

it('prints no example that the contract would refuse', () => {
  const examples = [...README.matchAll(/```json\n([^]*?)```/g)].map(([, json]) => JSON.parse(json ?? '') as unknown);
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) expect(PairLine.strict().parse(example)).toEqual(example);
});
