// A list whose files are damaged stops nothing: it is set aside with its code, those whom it concerns are told, an answer says that it was not
// asked, and once it is whole again what came in meanwhile is looked up in it.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Funnel, List, Notice, SearchResult } from '../../packages/core/src/contract/index.js';
import { registerFunnelCommands } from '../../packages/server/src/features/funnel/commands.js';
import { registerNoticeCommands } from '../../packages/server/src/features/notices/commands.js';
import { readFunnel } from '../../packages/server/src/features/funnel/index.js';
import { ApiWorld, type Person } from './api-world.js';
import { contextOfPerson } from './api-fixture.js';
import { commandLine, jsonOf } from './command-line.js';
import { hex, openListFixture, type ListFixture } from './list-fixture.js';

const sha256Of = (content: string): string => createHash('sha256').update(content).digest('hex');

let fixture: ListFixture;
let world: ApiWorld;
let anna: Person;
let caseId = '';
let torn: List;
/** Puts the file back that was damaged. */
let mend: () => void;

beforeAll(async () => {
  fixture = await openListFixture();
  world = new ApiWorld(fixture.store);
  const row = await fixture.store.owner.selectFrom('users').select(['id', 'agency_id']).executeTakeFirstOrThrow();
  anna = { id: row.id, agencyId: row.agency_id, login: 'anna' };
  caseId = await world.case(anna, 'ES-1');
  const lists = [
    ['torn', ['lamp', 'chair'].map(sha256Of)],
    ['whole', ['lamp', 'table'].map(sha256Of)],
  ] as const;
  for (const [name, digests] of lists) {
    const list = await fixture.imported(
      [fixture.fileOf(`${name}.txt`, `${digests.join('\n')}\n`)],
      ...['--name', name, '--polarity', 'other', '--list-version', '1'],
    );
    if (name === 'torn') torn = list;
  }
  const folder = fixture.store.lists.folders.of(torn.id).digestsFolder;
  const run = join(folder, readdirSync(folder).find((name) => name.endsWith('.run')) ?? '');
  const bytes = readFileSync(run);
  writeFileSync(run, bytes.subarray(0, bytes.length - 9));
  mend = () => writeFileSync(run, bytes);
});
afterAll(() => fixture.close());

const onLists = async (content: string): Promise<string[]> => {
  const rows = await fixture.store.owner
    .selectFrom('list_hits as h')
    .innerJoin('lists as l', 'l.id', 'h.list_id')
    .innerJoin('media as m', 'm.id', 'h.media_id')
    .where('m.sha256', '=', Buffer.from(sha256Of(content), 'hex'))
    .select('l.name')
    .orderBy('l.name')
    .execute();
  return rows.map(({ name }) => name);
};
const takeIn = async (content: string, exhibit: string): Promise<void> => {
  await world.exhibit(anna, caseId, exhibit, [{ content }]);
  const id = await world.media(anna.agencyId, content);
  await fixture.store.worker.transaction().execute((trx) => fixture.store.lists.mark(trx, [id]));
};
const searched = async (hash: string): Promise<SearchResult> =>
  jsonOf<SearchResult>((await fixture.redthread('search', hash, '--json')).out)[0]!;
const shown = async (name: string): Promise<List> =>
  jsonOf<List>((await fixture.redthread('list', 'show', name, '--json')).out)[0]!;
const code = 'INDEX_FILE_INVALID';

it('lets everything else go on, and is set aside with its code', async () => {
  await takeIn('lamp', '1');
  expect(await onLists('lamp')).toEqual(['whole']);
  expect((await shown('torn')).damage).toMatchObject({ code });
  expect((await shown('whole')).damage).toBeNull();
});

it('is told to the agency and to whoever runs the instance, once', async () => {
  await takeIn('table', '2');
  const redthread = commandLine(fixture.data, [registerNoticeCommands]);
  const notices = jsonOf<Notice>((await redthread('notices', '--json')).out).filter(
    ({ kind }) => kind === 'list-damaged',
  );
  // Anna is both.
  expect(notices.map(({ detail }) => detail)).toEqual(
    expect.arrayContaining([{ code }, { list: 'torn', version: '1', code }]),
  );
  expect(notices).toHaveLength(2);
  expect((await redthread('notices')).out.join('\n')).toContain('redthread list check');
});

it('is named by every answer that would need it, and by the record', async () => {
  const { listsAsked, listsUnasked, lists } = await searched(sha256Of('lamp'));
  expect(lists).toMatchObject([{ name: 'whole' }]);
  expect(listsAsked.map(({ name }) => name)).toEqual(['whole']);
  expect(listsUnasked).toEqual([{ name: 'torn', version: '1', code }]);
  const { notes } = await fixture.redthread('search', hex('9', 64));
  expect(notes.join('\n')).toMatch(/none of the 1 lists[^]*LIST_DAMAGED: the list torn 1 could not be asked/);
  const { detail } = await fixture.store.owner
    .selectFrom('audit_events')
    .select('detail')
    .where('type', '=', 'search')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  expect((detail as { lists: string[] }).lists).toEqual(
    expect.arrayContaining([expect.stringMatching(/^whole 1 of/), `torn 1 could not be asked: ${code}`]),
  );
  const funnel: Funnel = await readFunnel(fixture.store, contextOfPerson(anna), { kind: 'case', id: caseId });
  expect(funnel.listsUnasked).toMatchObject([{ name: 'torn', version: '1', code }]);
  const said = await commandLine(fixture.data, [registerFunnelCommands])('funnel', '--case', 'ES-1');
  expect(said.out.join('\n')).toContain('LIST_DAMAGED: the list torn 1 could not be asked since');
});

it('is taken into use again when it is whole, with what came meanwhile', async () => {
  const check = async () => (await fixture.redthread('list', 'check')).out;
  expect(await check()).toEqual([expect.stringContaining(`torn 1: damaged (${code})`), 'whole 1: whole']);
  mend();
  expect(await check()).toEqual(['torn 1: whole again, and in use; 1 media stand on it', 'whole 1: whole']);
  expect(await onLists('lamp')).toEqual(['torn', 'whole']);
  expect((await shown('torn')).damage).toBeNull();
  expect((await searched(sha256Of('chair'))).listsUnasked).toEqual([]);
  await takeIn('chair', '3');
  expect(await onLists('chair')).toEqual(['torn']);
});
