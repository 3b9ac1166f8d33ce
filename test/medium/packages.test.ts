// Contribution packages between two agencies: keys, sending over the API and on the command line, what comes in and as what, and what is refused.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  Acknowledgement,
  Contribution,
  ExchangeKey,
  ExchangePeer,
  List,
  ListUpload,
  PackageManifest,
  PackageReceipt,
} from '../../packages/core/src/contract/index.js';
import { registerExportCommands } from '../../packages/server/src/features/exchange/commands.js';
import { registerPackageCommands } from '../../packages/server/src/features/packages/commands.js';
import { registerSendCommand } from '../../packages/server/src/features/packages/send-command.js';
import type { ListEntry } from '../../packages/server/src/formats/lists/index.js';
import { openFixture, type ApiFixture, type Client } from './api-fixture.js';
import { sha256Of, type Person } from './api-world.js';
import { commandLine, jsonOf } from './command-line.js';

let api: ApiFixture;
let [anna, ben]: Client[] = [];
const people: Record<string, Person> = {};
const ids: Record<string, string> = {};
const keys: Record<string, ExchangeKey> = {};

beforeAll(async () => {
  api = await openFixture();
  const { world } = api;
  const [alpha, beta] = [await world.agency('Alpha'), await world.agency('Beta', 'FR')];
  const a = (people['anna'] = await api.person(alpha, 'anna', ['coordinator']));
  const b = (people['ben'] = await api.person(beta, 'ben', ['coordinator']));
  await api.person(alpha, 'olga', ['officer']);
  [anna, ben] = [await api.signIn('anna'), await api.signIn('ben')];
  ids['case'] = await world.case(a, 'A-1');
  ids['exhibit'] = await world.exhibit(a, ids['case'], '7', [
    { content: 'lamp', path: 'DCIM/lamp.jpg' },
    { content: 'lamp', path: 'copy/lamp "2"; ä.jpg' },
    { content: 'chair', path: 'DCIM/chair.jpg' },
  ]);
  await world.list(a, 'Known lamps', ['lamp']);
  for (const [login, code] of [
    ['anna', '2'],
    ['olga', '2'],
  ] as const)
    await api.store.owner
      .insertInto('verdicts')
      .values({
        agency_id: alpha,
        media_id: await world.media(alpha, 'lamp'),
        voter_agency_id: alpha,
        voter_agency: 'Alpha',
        user_id: login === 'anna' ? a.id : (await world.person(alpha, 'otto')).id,
        login,
        scheme: 'vic-default@2.0',
        code,
        seen: 'looked',
        revealed_at: new Date(),
        stack_vote: null,
      })
      .execute();
  await world.exhibit(b, await world.case(b, 'B-1'), '1', [{ content: 'lamp' }, { content: 'table' }]);
});
afterAll(() => api.close());

const at = (name: string) => join(api.folder, name);
const redthread = (who: string, ...words: string[]) =>
  commandLine(at('data'), [registerExportCommands, registerSendCommand, registerPackageCommands])(
    '--as',
    who,
    ...words,
  );
const ledger = async () => (await anna!.get('/api/v1/contributions')).json<{ items: Contribution[] }>().items;
const packageFor = (to: string, more: object = {}) =>
  anna!.send('POST', '/api/v1/exports/package', { case: ids['case'], to, ...more });
const sent = async (name: string): Promise<string> => {
  const answer = await packageFor(keys['ben']!.fingerprint);
  writeFileSync(at(name), answer.rawPayload);
  return at(name);
};
/** Its bytes as an upload of Ben's. */
const upload = async (bytes: Buffer): Promise<string> => {
  const begun = await ben!.send('POST', '/api/v1/list-uploads', {
    plan: { name: 'Package', polarity: 'other', isPackage: true },
    files: [{ name: 'alpha.package', sizeBytes: bytes.length }],
  });
  const { id } = begun.json<ListUpload>();
  const answer = await ben!.send('PUT', `/api/v1/list-uploads/${id}/files/0?offset=0`, bytes, {
    'content-type': 'application/octet-stream',
    'content-digest': `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`,
  });
  expect(answer.statusCode, answer.body).toBe(204);
  return id;
};
const open = (body: object) => ben!.send('POST', '/api/v1/packages', body);
const trust = (client: Client, { file, fingerprint }: ExchangeKey) =>
  client.send('POST', '/api/v1/package-keys/trusted', { file, fingerprint });
const listsOf = async (client: Client) => (await client.get('/api/v1/lists')).json<{ items: List[] } | List[]>();
const countOf = async (table: 'lists' | 'verdicts' | 'package_receipts') =>
  (await api.store.owner.selectFrom(table).selectAll().execute()).length;

describe('keys', () => {
  it('are made once by who leads the agency, and trusted by the fingerprint that was compared', async () => {
    const olga = await api.signIn('olga');
    expect((await olga.send('POST', '/api/v1/package-keys')).json()).toMatchObject({ code: 'FORBIDDEN' });
    expect((await anna!.get('/api/v1/package-keys')).json()).toEqual({ own: null, trusted: [] });
    expect((await packageFor('0000 0000 0000 0000 0000 0000 0000 0000')).json()).toMatchObject({
      code: 'PACKAGE_KEY_MISSING',
    });
    for (const [name, client] of [
      ['anna', anna!],
      ['ben', ben!],
    ] as const)
      keys[name] = (await client.send('POST', '/api/v1/package-keys')).json<ExchangeKey>();
    expect((await anna!.send('POST', '/api/v1/package-keys')).json()).toEqual(keys['anna']);
    const wrong = { file: keys['ben']!.file, fingerprint: keys['anna']!.fingerprint };
    expect((await anna!.send('POST', '/api/v1/package-keys/trusted', wrong)).json()).toMatchObject({
      code: 'PACKAGE_KEY_DIFFERS',
    });
    expect((await packageFor(keys['ben']!.fingerprint)).json()).toMatchObject({ code: 'PACKAGE_PEER_UNKNOWN' });
    expect((await trust(anna!, keys['ben']!)).json()).toMatchObject({ name: 'Beta', country: 'FR', by: 'anna' });
    expect((await trust(anna!, keys['ben']!)).json()).toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(await ledger()).toEqual([]);
  });
});

describe('a package', () => {
  it('stands in the ledger by its own digest, and gives away in clear only for whom it is', async () => {
    const path = await sent('first');
    const bytes = readFileSync(path);
    const [line] = await ledger();
    expect(line).toMatchObject({
      receiver: 'Beta',
      format: 'package',
      subject: 'case A-1',
      items: 2,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      acknowledged: null,
    });
    for (const word of ['lamp', 'Alpha', 'case A-1', sha256Of('lamp')]) expect(bytes.includes(word)).toBe(false);
    const events = await api.store.owner
      .selectFrom('audit_events')
      .select('detail')
      .where('type', '=', 'export')
      .execute();
    expect(events).toEqual([{ detail: { format: 'package', items: 2, recipient: 'Beta' } }]);
  });

  it('of a sender that is not trusted does not come in', async () => {
    await expect(redthread('ben', 'package', 'import', at('first'))).rejects.toMatchObject({
      code: 'PACKAGE_PEER_UNKNOWN',
    });
    await trust(ben!, keys['anna']!);
    const { out } = await redthread('ben', 'package', 'check', at('first'), '--json');
    expect(jsonOf<PackageManifest>(out)[0]).toMatchObject({
      from: { agency: 'Alpha', country: 'ES' },
      to: keys['ben']!.fingerprint,
      handling: 'TLP:AMBER',
      counts: { media: 2, files: 3 },
    });
    expect(await countOf('package_receipts')).toBe(0);
  });

  it('that was changed, or is for somebody else, leaves nothing behind', async () => {
    const before = await countOf('lists');
    const bytes = readFileSync(at('first'));
    for (const place of [5, 200, bytes.length - 3]) {
      const changed = Buffer.from(bytes);
      changed[place] = (changed[place] ?? 0) ^ 1;
      writeFileSync(at('changed'), changed);
      await expect(redthread('ben', 'package', 'import', at('changed'))).rejects.toMatchObject({
        code: 'PACKAGE_INVALID',
      });
    }
    await expect(redthread('anna', 'package', 'import', at('first'))).rejects.toMatchObject({
      code: 'PACKAGE_NOT_FOR_US',
    });
    expect([await countOf('lists'), await countOf('package_receipts')]).toEqual([before, 0]);
  });

  it('comes in once, as what its sender said: a list with all of it, and no look of anybody here', async () => {
    const verdicts = await countOf('verdicts');
    const [taken] = jsonOf<PackageReceipt & { again: boolean }>(
      (await redthread('ben', 'package', 'import', at('first'), '--acknowledgement', at('came-in'), '--json')).out,
    );
    expect(taken).toMatchObject({ sender: 'Alpha', items: 2, handling: 'TLP:AMBER', again: false, by: 'ben' });
    const said = await listsOf(ben!);
    const list = (Array.isArray(said) ? said : said.items).find(({ id }) => id === taken!.list.id);
    expect(list).toMatchObject({ name: 'Package of Alpha', polarity: 'other', owner: 'Alpha', hits: 1, notes: [] });
    const file = api.store.lists.folders.of(taken!.list.id).openEntries();
    const entries: ListEntry[] = [...file.batches()].flatMap((batch) => batch.entries);
    file.close();
    const lamp = entries.find(({ sha256 }) => sha256 === sha256Of('lamp'));
    expect(entries).toHaveLength(2);
    expect(lamp).toMatchObject({
      categories: [{ scheme: 'vic-default@2.0', code: '2' }],
      occurrences: [{ path: 'DCIM/lamp.jpg' }, { path: 'copy/lamp "2"; ä.jpg' }],
    });
    const words = JSON.stringify(lamp?.properties['MediaMetadata']);
    expect(words).toContain('vic-default@2.0:2 decided looked=2 by-stack=0 not-looked=0');
    expect(words).toContain('Known lamps');
    expect(words).toContain('redthread:handling');
    expect(await countOf('verdicts')).toBe(verdicts);

    const [again] = jsonOf<PackageReceipt & { again: boolean }>(
      (await redthread('ben', 'package', 'import', at('first'), '--json')).out,
    );
    expect(again).toEqual({ ...taken, again: true });
    expect((await ben!.get('/api/v1/packages')).json()).toMatchObject({ items: [{ package: taken!.package }] });
    expect((await anna!.get('/api/v1/packages')).json()).toEqual({ items: [] });
  });

  it('is acknowledged by whoever it was for, and the ledger says so', async () => {
    const said = JSON.parse(readFileSync(at('came-in'), 'utf8')) as Acknowledgement;
    const acknowledge = (body: object) => anna!.send('POST', '/api/v1/package-acknowledgements', body);
    expect((await acknowledge({ ...said, items: 1 })).json()).toMatchObject({
      code: 'PACKAGE_ACKNOWLEDGEMENT_INVALID',
    });
    await redthread('anna', 'package', 'acknowledge', at('came-in'));
    expect(await ledger()).toMatchObject([{ acknowledged: { items: 2 } }]);
    expect((await acknowledge(said)).json()).toMatchObject({ acknowledged: { at: said.at, items: 2 } });
  });

  it('comes in over the API: sent in parts, opened, shown with who says what, and counted once that is said', async () => {
    const look = await anna!.send('POST', '/api/v1/exports/package/preview', {
      case: ids['case'],
      to: keys['ben']!.fingerprint,
    });
    expect(look.json()).toMatchObject({ media: 2, to: 'Beta' });
    const bytes = readFileSync(await sent('over the api'));
    const damaged = Buffer.from(bytes);
    damaged[400] = (damaged[400] ?? 0) ^ 1;
    const bad = await upload(damaged);
    expect((await ben!.send('POST', `/api/v1/list-uploads/${bad}/read`, {})).json()).toMatchObject({
      code: 'LIST_NOT_READY',
    });
    const refused = (await open({ upload: bad })).json<{ code: string; detail: string }>();
    expect(refused.code).toBe('PACKAGE_INVALID');
    expect(refused.detail).not.toContain(api.folder);
    // To nobody else than who sent it is it there.
    expect((await anna!.send('POST', '/api/v1/packages', { upload: bad })).json()).toMatchObject({ code: 'NOT_FOUND' });
    await ben!.send('DELETE', `/api/v1/list-uploads/${bad}`);

    const id = await upload(bytes);
    expect((await open({ upload: id, handling: 'TLP:CLEAR' })).json()).toMatchObject({ code: 'ARGUMENT_INVALID' });
    const opened = (await open({ upload: id })).json<ListUpload>();
    expect(opened).toMatchObject({
      plan: { name: 'Package of Alpha', polarity: 'other', owner: 'Alpha', handling: 'TLP:AMBER', isPackage: true },
      package: { sender: 'Alpha', manifest: { subject: 'case A-1', counts: { media: 2, files: 3 } } },
    });
    await api.lists.idle();
    const before = [await countOf('lists'), await countOf('package_receipts')];
    const read = (await ben!.get(`/api/v1/list-uploads/${id}`)).json<ListUpload>();
    expect(read).toMatchObject({ state: 'read', preview: { entries: 2, format: 'vics' } });
    // It lies open until it counts: what is not what was signed is not taken for it.
    const place = join(api.folder, 'data/vault/list-uploads', id, '0');
    const content = readFileSync(place);
    for (const [lies, state] of [
      [Buffer.concat([content, Buffer.from('\n')]), { state: 'failed', failure: { code: 'PACKAGE_INVALID' } }],
      [content, { state: 'read', failure: null }],
    ] as const) {
      writeFileSync(place, lies);
      await ben!.send('POST', `/api/v1/list-uploads/${id}/read`, {});
      await api.lists.idle();
      expect((await ben!.get(`/api/v1/list-uploads/${id}`)).json()).toMatchObject(state);
    }
    expect((await ben!.send('POST', `/api/v1/list-uploads/${id}/read`, { name: 'Ours' })).json()).toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
    expect((await open({ upload: id, handling: 'TLP:RED' })).json()).toMatchObject({
      state: 'read',
      plan: { handling: 'TLP:RED' },
    });
    await ben!.send('POST', `/api/v1/list-uploads/${id}/count`, {});
    await api.lists.idle();
    expect((await ben!.get(`/api/v1/list-uploads/${id}`)).json()).toMatchObject({ state: 'counted', failure: null });
    expect([await countOf('lists'), await countOf('package_receipts')]).toEqual(before.map((n) => n + 1));
    const [receipt] = (await ben!.get('/api/v1/packages')).json<{ items: PackageReceipt[] }>().items;
    expect(receipt).toMatchObject({ sender: 'Alpha', items: 2, by: 'ben', list: { id } });
    const acknowledged = await ben!.get(`/api/v1/packages/${id}/acknowledgement`);
    expect((await anna!.get(`/api/v1/packages/${id}/acknowledgement`)).json()).toMatchObject({ code: 'NOT_FOUND' });
    expect(
      (await anna!.send('POST', '/api/v1/package-acknowledgements', acknowledged.json<Acknowledgement>())).json(),
    ).toMatchObject({ acknowledged: { items: 2 } });
    // It comes in once.
    expect((await open({ upload: await upload(bytes) })).json()).toMatchObject({ code: 'ALREADY_EXISTS' });
  });

  it('is written on the command line for a key file, under the same rules', async () => {
    writeFileSync(at('beta.key'), keys['ben']!.file);
    const words = ['export', 'package', '--case', 'A-1', '--to', at('beta.key'), '--out', at('second')];
    await redthread('anna', ...words, '--leave-out', 'paths,lists');
    await redthread('ben', 'package', 'check', at('second'));
    expect((await ledger())[0]).toMatchObject({ format: 'package', items: 2 });
    await anna!.send('PUT', `/api/v1/exhibits/${ids['exhibit']}/handling`, { handling: 'TLP:RED' });
    expect((await packageFor(keys['ben']!.fingerprint)).json()).toMatchObject({ code: 'EXPORT_HELD_BACK' });
    const { trusted } = (await anna!.get('/api/v1/package-keys')).json<{ trusted: ExchangePeer[] }>();
    await anna!.send('DELETE', `/api/v1/package-keys/trusted/${trusted[0]?.id}`);
    expect((await packageFor(keys['ben']!.fingerprint)).json()).toMatchObject({ code: 'PACKAGE_PEER_UNKNOWN' });
    expect(await ledger()).toHaveLength(3);
  });
});
