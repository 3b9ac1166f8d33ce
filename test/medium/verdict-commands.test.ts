// The commands of schemes and verdicts as people and scripts use them: codes, refusals, the test as a folder, JSON.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CANNOT_SAY } from '@redthread/core/contract';
import { registerSchemeCommands } from '../../packages/server/src/features/schemes/commands.js';
import { registerVerdictCommands } from '../../packages/server/src/features/verdicts/commands.js';
import { signShown } from '../e2e/support/drawn-signs.js';
import { openFixture, type ApiFixture } from './api-fixture.js';
import { sha256Of } from './api-world.js';
import { commandLine, jsonOf } from './command-line.js';

let api: ApiFixture;
const sha256 = sha256Of('room');

const COMMANDS = [registerSchemeCommands, registerVerdictCommands];

/** Runs one command line as anna, and answers what it printed on stdout. */
const redthread = async (...words: string[]): Promise<string[]> =>
  (await commandLine(join(api.folder, 'data'), COMMANDS)(...words, '--as', 'anna')).out;

beforeAll(async () => {
  api = await openFixture();
  const person = await api.person(await api.world.agency('Unit'), 'anna', ['administrator', 'coordinator', 'officer']);
  await api.world.exhibit(person, await api.world.case(person, 'ES-1'), '1', [{ content: 'room' }]);
});
afterAll(() => api.close());

describe('scheme', () => {
  it('maps and derives, or says why there is no code', async () => {
    expect(jsonOf(await redthread('scheme', 'map', 'vic-us@2.0:1', 'vic-uk@2.0', '--json'))).toMatchObject([
      { from: 'vic-us@2.0:1', to: null, cannot: { en: expect.any(String), es: expect.any(String) } },
    ]);
    expect(await redthread('scheme', 'map', 'vic-us@1.3:0', 'vic-us@2.0')).toEqual(['vic-us@1.3:0  vic-us@2.0:5']);
    const facts = join(api.folder, 'facts.json');
    writeFileSync(facts, '{"age":["adult"]}');
    expect(await redthread('scheme', 'derive', facts, 'interpol-baseline@1')).toEqual([
      'interpol-baseline@1:not-baseline',
    ]);
    expect((await redthread('scheme', 'derive', facts, 'vic-canada@2.0'))[0]).toContain('no code of vic-canada@2.0');
  });

  it('refuses a bare code, and names what is wrong with a file by its place', async () => {
    await expect(redthread('scheme', 'map', '1', 'vic-uk@2.0')).rejects.toMatchObject({ code: 'CODE_BARE' });
    const file = join(api.folder, 'schemes.json');
    writeFileSync(file, '{"format":"redthread-schemes/1","schemes":[{"id":"Stamps"}]}');
    for (const command of ['check', 'load'])
      await expect(redthread('scheme', command, file)).rejects.toMatchObject({
        code: command === 'load' ? 'FORBIDDEN' : 'SCHEME_INVALID',
        ...(command === 'load' ? {} : { pointer: '/schemes/0/id' }),
      });
  });
});

describe('verdict', () => {
  it('asks for the test, takes it as a folder, and counts for nothing what nobody looked at', async () => {
    await expect(redthread('verdict', 'vote', sha256, 'vic-default@2.0:0')).rejects.toMatchObject({
      code: 'COMPETENCE_REQUIRED',
    });
    const out = join(api.folder, 'test');
    await redthread('verdict', 'test', 'vic-default@2.0', '--out', out);
    const { signs } = JSON.parse(readFileSync(join(out, 'test.json'), 'utf8')) as {
      signs: { sign: { en: string }; code: string }[];
    };
    const lines = readFileSync(join(out, 'answers.csv'), 'utf8').trim().split('\n');
    const answered: string[] = [lines[0] ?? ''];
    for (const line of lines.slice(1)) {
      const name = line.split(',')[0] ?? '';
      const shown = await signShown(
        readFileSync(join(out, name)),
        signs.map(({ sign }) => sign.en),
      );
      answered.push(`${name},${shown === null ? CANNOT_SAY : (signs[shown]?.code ?? '')}`);
    }
    writeFileSync(join(out, 'answers.csv'), answered.join('\n'));
    expect((await redthread('verdict', 'answer', out))[0]).toMatch(/passed, 12 of 12, until 20\d\d-/);

    const [cast] = jsonOf<{ votes: { id: string; seen: string }[] }>(
      await redthread('verdict', 'vote', sha256, 'vic-default@2.0:0', '--note', 'an empty room', '--json'),
    );
    expect(cast).toMatchObject({ votes: [{ seen: 'not-looked' }], kept: [], state: { state: 'waiting', code: null } });
    const [all] = jsonOf(await redthread('verdict', 'list', sha256, '--json'));
    expect(all).toMatchObject({ votes: [{ code: 'vic-default@2.0:0', note: 'an empty room' }], listHits: [] });
    expect(jsonOf(await redthread('verdict', 'queue', '--json'))).toEqual([]);

    const id = cast?.votes[0]?.id ?? '';
    expect(await redthread('verdict', 'retract', id, '--reason', 'the wrong key')).toEqual([`taken back ${id}`]);
    await expect(redthread('verdict', 'retract', id, '--reason', 'the wrong key')).rejects.toMatchObject({
      code: 'VOTE_RETRACTED',
    });
    expect(await redthread('verdict', 'rule', '--quorum', '3')).toEqual(['Unit: vic-default@2.0, 3 undisputed']);
    await expect(redthread('verdict', 'list', 'ab'.repeat(32))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
