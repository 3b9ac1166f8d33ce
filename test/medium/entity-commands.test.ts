// The commands of series and entities as people and scripts use them.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerEntityCommands } from '../../packages/server/src/features/entities/commands.js';
import { registerSeriesCommands } from '../../packages/server/src/features/entities/series-commands.js';
import { openFixture, type ApiFixture } from './api-fixture.js';
import { sha256Of } from './api-world.js';
import { commandLine, jsonOf } from './command-line.js';

let api: ApiFixture;
const sha256 = sha256Of('room');

const COMMANDS = [registerSeriesCommands, registerEntityCommands];

/** Runs one command line as anna, and answers what it printed on stdout. */
const redthread = async (...words: string[]): Promise<string[]> =>
  (await commandLine(join(api.folder, 'data'), COMMANDS)(...words, '--as', 'anna')).out;
const why = ['--reason', 'as the report says'] as const;

beforeAll(async () => {
  api = await openFixture();
  const person = await api.person(await api.world.agency('Unit'), 'anna', ['administrator', 'coordinator', 'officer']);
  api.world.traits('room small', { stack: 'room' });
  await api.world.exhibit(person, await api.world.case(person, 'ES-1'), '1', [
    { content: 'room' },
    { content: 'room small' },
  ]);
});
afterAll(() => api.close());

describe('series', () => {
  it('goes from its first member to the person that was found', async () => {
    const [id = ''] = await redthread('series', 'create', 'Yellow room', '--case', 'ES-1');
    const [media = ''] = await redthread('series', 'add', id, sha256, ...why);
    expect((await redthread('series', 'suggest', id)).join('\n')).toContain('In one stack with a member.');
    expect(jsonOf(await redthread('series', 'add', id, media, '--stack', ...why, '--json'))).toMatchObject([
      { added: [expect.any(String)], already: [media] },
    ]);
    expect(await redthread('series', 'status', id, 'being-worked', '--worked-by', 'Porto')).toEqual([
      'Yellow room: being-worked',
    ]);
    const [person = ''] = await redthread('entity', 'add', 'person', '--role', 'victim', '--age', '8-10@2020-06-15');
    expect(await redthread('series', 'identify', id, person, ...why)).toEqual(['Yellow room: identified']);
    await redthread('entity', 'id', id, 'icse-series', '12345');
    const shown = (await redthread('series', 'show', id)).join('\n');
    for (const words of ['series Yellow room, identified', 'INTERPOL icse-series 12345', 'worked by Porto', media])
      expect(shown).toContain(words);
    expect(await redthread('series', 'remove', id, media, ...why)).toEqual([`taken out ${media}`]);
    expect(
      jsonOf<{ members: { total: number } }>(await redthread('series', 'show', id, '--json'))[0]?.members.total,
    ).toBe(1);
    expect((await redthread('series', 'list', '--state', 'identified', '--find', '12345')).join()).toContain(
      'Yellow room',
    );
    expect((await redthread('entity', 'show', person, '--at', '2025-06-15')).join('\n')).toContain(
      'then 12 to 16 years old',
    );
  });
});

describe('entity', () => {
  it('is related, merged, split and taken back', async () => {
    const [one = ''] = await redthread('entity', 'add', 'account', '--name', 'first');
    const [two = ''] = await redthread('entity', 'add', 'account', '--name', 'second');
    expect((await redthread('entity', 'merge', one, two, ...why))[0]).toMatch(/^one now /);
    expect((await redthread('entity', 'show', one)).join('\n')).toContain('is one with account second of Unit');
    expect((await redthread('entity', 'split', two, one, ...why))[0]).toMatch(/^taken back /);
    expect((await redthread('entity', 'show', one)).join('\n')).not.toContain('is one with');
    const [said] = jsonOf<{ id: string }>(
      await redthread('entity', 'relate', `media:${sha256}`, 'sent-by', one, ...why, '--evidence', 'page 2', '--json'),
    );
    expect(await redthread('entity', 'retract', said?.id ?? '', ...why)).toEqual([`taken back ${said?.id ?? ''}`]);
    expect((await redthread('entity', 'list', '--kind', 'account', '--json')).length).toBe(2);
  });

  it.each([
    [['add', 'ghost'], 'ARGUMENT_INVALID'],
    [['add', 'person', '--age', 'ten'], 'ARGUMENT_INVALID'],
    [['add', 'person', '--case', 'ES-9'], 'CASE_UNKNOWN'],
    [['show', 'somebody'], 'ARGUMENT_INVALID'],
    [['relate', `media:${sha256}`, 'knows', crypto.randomUUID(), ...why], 'NOT_FOUND'],
    [['relate', `media:${sha256}`, 'likes', crypto.randomUUID(), ...why], 'ARGUMENT_INVALID'],
    [['merge', crypto.randomUUID(), crypto.randomUUID(), '--reason', ''], 'ARGUMENT_INVALID'],
  ])('%j is refused with %s', async (words, code) => {
    await expect(redthread('entity', ...words)).rejects.toMatchObject({ code });
  });
});
