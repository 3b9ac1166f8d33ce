// A folder without a store: commands that only read say so and leave it as it was; a founding that would be refused makes nothing.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { programOn, type Program } from './program.js';

let folder: string;
let program: Program;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'redthread-none-'));
  program = programOn(join(folder, 'data'));
});
afterAll(async () => {
  await program.close();
  rmSync(folder, { recursive: true, force: true });
});

const left = (): readonly string[] => (existsSync(join(folder, 'data')) ? readdirSync(join(folder, 'data')) : []);

it.each([
  [['funnel']],
  [['case', 'list']],
  [['search', 'lamp']],
  [['ingest', '/tmp', '--case', 'ES-1', '--exhibit', '1']],
  [['verify']],
  [['login']],
  [['worker']],
])('%j names the folder, and makes nothing', async (args) => {
  const { code, stderr } = await program.run(args);
  expect(stderr).toMatch(/^STORE_MISSING: .*no store at .*data\n.*redthread serve/s);
  expect(code).toBe(1);
  expect(left()).toEqual([]);
});

it.each(['/dev/null', '/dev/null/x', '/proc/x'])(
  'synth --out %s draws nothing, and says which place it is',
  async (out) => {
    const { code, stderr } = await program.run(['synth', '--scale', 'tiny', '--out', out]);
    expect(stderr).toMatch(new RegExp(`^ARGUMENT_INVALID: .*${out} is no folder that can be written into`, 's'));
    expect(code).toBe(2);
  },
);

it.each([
  [['--agency', 'Norte', '--country', 'ES'], /no terminal/],
  [['--no-password'], /--agency NAME/],
  [['--agency', 'Norte', '--country', 'Spain', '--no-password'], /country/],
  [['--agency', 'Norte', '--country', 'ES', '--role', 'officer', '--no-password'], /administrator/],
])('user add %j is refused before a store is made', async (args, why) => {
  const { code, stderr } = await program.run(['user', 'add', 'anna', ...args]);
  expect(stderr).toMatch(why);
  expect(code).toBe(2);
  expect(left()).toEqual([]);
});
