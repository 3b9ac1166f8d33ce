// signals, compare and match as a person and a program read them: names, turns, and what could not be read.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PairLine, SignalsLine } from '@redthread/core/contract';
import type { Io } from '../../packages/server/src/app/cli/io.js';
import { runCompare, runMatch, runSignals } from '../../packages/server/src/features/compare/run.js';
import { recordingIo, type Said } from './command-line.js';
import { drawn } from './media-pictures.js';

let folder: string;
const at = (...parts: string[]): string => join(folder, ...parts);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'redthread-compare-'));
  for (const name of ['A', 'B']) mkdirSync(at(name));
  const picture = await drawn(800, 600).png().toBuffer();
  writeFileSync(at('A', 'IMG_0001.png'), picture);
  writeFileSync(at('B', 'IMG_0001.png'), await drawn(800, 600).rotate(90).png().toBuffer());
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = async (work: (io: Io) => Promise<number>) => {
  const said: Said = { out: [], notes: [] };
  const json: unknown[] = [];
  const code = await work(recordingIo(said, (value) => json.push(value)));
  return { code, lines: said.out, json, notes: said.notes.join('\n') };
};

describe('a turned copy', () => {
  it('is told alike by compare and match, of one folder and of two', async () => {
    const [a, b] = [at('A', 'IMG_0001.png'), at('B', 'IMG_0001.png')];
    const compared = (await run((io) => runCompare(io, a, b, { json: true }))).json;
    expect(PairLine.parse(compared[0]).reasons[0]?.where).toEqual({
      a: { orientation: 'upright' },
      b: { orientation: 'rotate90' },
    });
    expect((await run((io) => runMatch(io, folder, { json: true }))).json).toEqual(compared);
    expect((await run((io) => runMatch(io, at('A'), { against: at('B'), json: true }))).json).toEqual(compared);
  });

  it('is named by its path in the folder, and by the side to which it is turned', async () => {
    const { lines } = await run((io) => runMatch(io, folder, {}));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/same content +A\/IMG_0001\.png +B\/IMG_0001\.png .* turned 90° to the right$/);
    const two = await run((io) => runMatch(io, at('A'), { against: at('B') }));
    expect(two.notes).toContain(`left: ${at('A')}, right: ${at('B')}`);
  });

  it('lists with --all what was measured', async () => {
    const { lines } = await run((io) => runMatch(io, folder, { all: true }));
    expect(lines.join('\n')).toMatch(/method .* evidence .*\n[^]*luma-grid v1/);
  });
});

describe('what is no pair', () => {
  it('is a file and itself', async () => {
    const { code, lines, notes } = await run((io) => runMatch(io, at('A', 'IMG_0001.png'), { against: at('A') }));
    expect([code, lines, notes.split('\n').at(-1)]).toEqual([0, [], 'no match']);
  });

  it('is a folder that is not there: a wrong argument', async () => {
    await expect(run((io) => runMatch(io, at('nope'), {}))).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    await expect(run((io) => runMatch(io, at('A'), { against: at('nope') }))).rejects.toThrow(/nope/);
  });

  it('has a line all the same where a list names it and it cannot be read', async () => {
    const pairs = at('pairs.csv');
    writeFileSync(pairs, `${at('none.png')},${at('A', 'IMG_0001.png')}\n`);
    const { code, json } = await run((io) => runCompare(io, undefined, undefined, { pairs, json: true }));
    expect(code).toBe(3);
    expect(PairLine.parse(json[0])).toMatchObject({
      a: at('none.png'),
      grade: 'none',
      notes: [{ code: 'FILE_UNREADABLE' }],
    });
  });
});

it('gives of a long signal its length, and its value when all is asked for', async () => {
  const gridOf = async (full: boolean) => {
    const { json } = await run((io) => runSignals(io, [at('A', 'IMG_0001.png')], { json: true, full }));
    return SignalsLine.parse(json[0]).signals.find(({ method }) => method === 'luma-grid');
  };
  expect(await gridOf(false)).toMatchObject({ value: null, bytes: 4096 });
  expect(String((await gridOf(true))?.value)).toMatch(/^[0-9a-f]{8192}$/);
});
