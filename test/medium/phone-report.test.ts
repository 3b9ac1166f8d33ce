// What a report of a phone says reaches the files of its exhibit: their paths, times and state on the phone, those that share bytes and those that are not
// there; read again, it says the same once.
import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { mkdirSync, writeFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Context } from '@redthread/core/domain';
import { readOccurrences } from '../../packages/server/src/features/media/occurrences.js';
import { ingestExhibit } from '../../packages/server/src/features/exhibits/index.js';
import {
  listReportFiles,
  listReportPeople,
  listReports,
} from '../../packages/server/src/features/phone-reports/service.js';
import { listChats, readMessages } from '../../packages/server/src/features/chats/service.js';
import { withContext } from '../../packages/server/src/store/index.js';
import { createChatsStage } from '../../packages/server/src/worker/chats-stage.js';
import { openIngestWorld, picture, type IngestWorld } from './ingest-world.js';
import { zipOf } from './media-archives.js';

let world: IngestWorld;
let ctx: Context;
let stranger: Context;
let exhibit: string;
let container: Buffer;

const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');
const file = (id: string, path: string, state: string, said: Readonly<Record<string, string>>): string =>
  `<file path="${path}" size="10" id="${id}" deleted="${state}"><accessInfo><timestamp name="ModifyTime">2025-03-14T15:10:00.000+00:00</timestamp></accessInfo>
  <metadata section="File">${Object.entries(said)
    .map(([name, value]) => `<item name="${name}"><![CDATA[${value}]]></item>`)
    .join('')}</metadata></file>`;
const field = (name: string, value: string): string => `<field name="${name}"><value>${value}</value></field>`;

const report = (room: Uint8Array): string =>
  `<?xml version="1.0"?><project name="toy" extractionType="FileSystem" xmlns="http://pa.cellebrite.com/report/2.0">
  <metadata section="Device Info"><item name="MSISDN">+999000100</item></metadata><taggedFiles>
  ${file('f1', '/Root/DCIM/room.png', 'Intact', { 'Local Path': 'files\\Image\\room.png', MD5: md5(room), Tags: 'Image' })}
  ${file('f2', '/Root/DCIM/gone.png', 'Deleted', { 'Local Path': 'files\\Image\\gone.png', MD5: md5(Buffer.from('other')) })}
  ${file('f3', '/Root/Download/copy.png', 'Intact', { MD5: md5(room) })}
  ${file('f4', '/Root/DCIM/again.png', 'Intact', { 'Local Path': 'files\\Image\\room.png' })}
  ${file('f5', '/Root/DCIM/lost.png', 'Deleted', { MD5: md5(Buffer.from('lost')) })}
  ${file('f6', '/Root/DCIM/lost.png', 'Trash', {})}</taggedFiles><decodedData><modelType type="Chat"><model type="Chat" id="k">${field('Source', 'WhatsApp')}${field('Name', 'Toys')}<multiModelField name="Messages"><model type="InstantMessage" id="m" deleted_state="Deleted">
  <modelField name="From"><model type="Party">${field('Identifier', '999000101@s.whatsapp.net')}</model></modelField>${field('Body', 'one green stamp')}${field('TimeStamp', '2025-03-14T15:09:30.000+00:00')}
  <multiModelField name="Attachments"><model type="Attachment" file_id="f3">${field('Filename', 'IMG.png')}${field('attachment_extracted_path', 'chats\\nowhere.png')}</model></multiModelField></model></multiModelField></model></modelType><modelType type="Contact"><model type="Contact" id="c">${field('Name', 'Pim')}
  <multiModelField name="Entries"><model type="PhoneNumber">${field('Value', '+999 000 101')}</model></multiModelField></model></modelType></decodedData></project>`;

beforeAll(async () => {
  world = await openIngestWorld();
  ctx = await world.officer('Unit', 'ES-1');
  stranger = await world.officer('North', 'N-1');
  const [room, gone] = [await picture('room'), await picture('gone')];
  container = zipOf([
    { name: 'report.xml', data: Buffer.from(report(room)) },
    { name: 'files/Image/room.png', data: room },
    { name: 'files/Image/gone.png', data: gone },
  ]);
  const source = join(world.folder, 'phone.ufdr');
  writeFileSync(source, container);
  const input = { caseReference: 'ES-1', exhibitReference: '7', source, inPlace: false };
  ({
    exhibit: { exhibitId: exhibit },
  } = await ingestExhibit(world.store, ctx, input, { wait: false }));
  await readChats();
  await readAgain();
});
afterAll(() => world.close());

/** As a worker does. */
const readChats = async (): Promise<void> => {
  const stage = createChatsStage(world.store, randomUUID(), new AbortController().signal);
  while (await stage.workOnce());
  await stage.close();
};

const readAgain = async (): Promise<void> => {
  await sql`update chat_exports set state = 'waiting'`.execute(world.store.owner);
  await sql`update work set state = 'queued' where stage = 'chats'`.execute(world.store.owner);
  await readChats();
};

it('gives each file of the phone its bytes, or says that they are shared or not there', async () => {
  const { items } = await listReportFiles(world.store, ctx, { exhibit, limit: 100 });
  expect(
    items.map(({ path, bytes, agrees, occurrencePath, state }) => [path, bytes, agrees, occurrencePath, state]),
  ).toEqual([
    ['/Root/DCIM/room.png', 'own', true, 'files/Image/room.png', 'intact'],
    ['/Root/DCIM/gone.png', 'own', false, 'files/Image/gone.png', 'deleted'],
    ['/Root/Download/copy.png', 'shared', true, 'report.xml/Root/Download/copy.png', 'intact'],
    ['/Root/DCIM/again.png', 'shared', null, 'report.xml/Root/DCIM/again.png', 'intact'],
    ['/Root/DCIM/lost.png', 'absent', null, 'report.xml/Root/DCIM/lost.png', 'deleted'],
    ['/Root/DCIM/lost.png', 'absent', null, 'report.xml/Root/DCIM/lost.png~5', 'trash'],
  ]);
  expect(items[2]?.mediaId).toBe(items[0]?.mediaId);
  expect(items[3]?.mediaId).toBe(items[0]?.mediaId);
  const deleted = await listReportFiles(world.store, ctx, { exhibit, limit: 2, state: 'deleted' });
  expect([deleted.total, deleted.items.length, deleted.next]).toEqual([2, 2, null]);
});

it('is said on the files of the exhibit, once however often it is read', async () => {
  const { items } = await withContext(world.store.app, ctx, (trx) =>
    readOccurrences(trx, { media: null, scope: { kind: 'exhibit', id: exhibit }, step: 'seized' }, { limit: 100 }),
  );
  expect(items).toHaveLength(7);
  const at = (path: string) => items.find((item) => item.path === path);
  expect(at('files/Image/gone.png')).toMatchObject({
    state: 'stored',
    report: { path: '/Root/DCIM/gone.png', state: 'deleted', bytes: 'own', agrees: false },
  });
  expect(at('files/Image/gone.png')?.sourceTimes.filter(({ basis }) => basis === 'report')).toEqual([
    { kind: 'modified', text: '2025-03-14 15:10:00.000', offsetMinutes: 0, precisionMs: 1, basis: 'report' },
  ]);
  expect(at('report.xml/Root/DCIM/lost.png')).toMatchObject({
    state: 'missing',
    mediaId: null,
    errorCode: 'FILE_NOT_IN_REPORT',
    container: 'report.xml',
  });
  expect(at('report.xml/Root/Download/copy.png')).toMatchObject({ state: 'stored', report: { bytes: 'shared' } });
  const counted = await world.store.worker
    .selectFrom('exhibits')
    .select('files_seen')
    .where('id', '=', exhibit)
    .execute();
  expect(counted).toEqual([{ files_seen: 7 }]);
});

it('tells of the device, its people and the file that holds it', async () => {
  const [one] = await listReports(world.store, ctx, exhibit);
  expect(one).toMatchObject({
    format: 'ufdr',
    container: { path: '7', sha256: createHash('sha256').update(container).digest('hex'), bytes: container.length },
    people: { contact: 1, account: 0 },
    files: { own: 2, shared: 2, absent: 2, deleted: 3, differing: 1 },
  });
  expect(one?.facts).toContainEqual({ section: 'Device Info', name: 'MSISDN', value: '+999000100' });
  const { items } = await listReportPeople(world.store, ctx, { exhibit, limit: 10 });
  expect(items).toMatchObject([{ kind: 'contact', name: 'Pim', entries: [{ kind: 'phone', value: '+999 000 101' }] }]);
  await expect(listReports(world.store, stranger, exhibit)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('gives its chats with the files that their messages carry, found by what the report says of them', async () => {
  const { items } = await listChats(world.store, ctx, { exhibit, limit: 10 });
  expect(items).toMatchObject([{ app: 'WhatsApp', subject: 'Toys', messages: 1, attachments: { present: 1, all: 1 } }]);
  const { items: messages } = await readMessages(world.store, ctx, items[0]!.id, { limit: 10 });
  const files = await listReportFiles(world.store, ctx, { exhibit, limit: 1 });
  expect(messages).toMatchObject([
    {
      text: 'one green stamp',
      recovered: true,
      time: { local: '2025-03-14T15:09:30', instant: '2025-03-14T15:09:30.000Z' },
      attachments: [{ name: 'IMG.png', state: 'present', mediaId: files.items[0]!.mediaId, basis: 'digest' }],
    },
  ]);
});

it('closes what the provider of a package has not viewed, before anything of it is decoded', async () => {
  const pictures = await Promise.all(['seen', 'unseen', 'unnamed'].map((seed) => picture(seed, 64, 48)));
  const said = (at: number, viewed: boolean): string =>
    `<fileDetails><reportId>9</reportId><fileId>f${at}</fileId><originalFileName>${at}.png</originalFileName><fileViewedByEsp>${viewed}</fileViewedByEsp>
    <industryClassification>B2</industryClassification><originalFileHash hashType="MD5">${md5(pictures[at]!)}</originalFileHash></fileDetails>`;
  const xml = `<?xml version="1.0"?><report><incidentSummary><incidentType>x</incidentType></incidentSummary>
    <personOrUserReported><screenName>toyfan</screenName></personOrUserReported>${said(0, true)}${said(1, false)}</report>`;
  const files = pictures.map((data, at) => ({ name: `files/${at}.png`, data }));
  const packed = zipOf([...files, { name: 'report.xml', data: Buffer.from(xml) }]);
  const folder = join(world.folder, 'tips');
  mkdirSync(folder);
  writeFileSync(join(folder, 'tip.zip'), packed);
  writeFileSync(join(world.folder, 'tip.zip'), packed);
  for (const [source, prefix, exhibitReference] of [
    [folder, 'tip.zip/', '8'],
    [join(world.folder, 'tip.zip'), '', '9'],
  ] as const) {
    const input = { caseReference: 'ES-1', exhibitReference, source, inPlace: false };
    const { exhibit: taken } = await ingestExhibit(world.store, ctx, input, { wait: false });
    const { rows } = await sql<{ path: string; provider_viewed: boolean | null; held: boolean }>`
      select o.path, o.provider_viewed, exists (select from work w where w.media_id = o.media_id and w.state = 'held') as held
      from occurrences o where o.exhibit_id = ${taken.exhibitId}::uuid and o.path ~ '(png|xml)$' order by o.path`.execute(
      world.store.owner,
    );
    expect(rows).toEqual([
      { path: `${prefix}files/0.png`, provider_viewed: true, held: false },
      { path: `${prefix}files/1.png`, provider_viewed: false, held: true },
      { path: `${prefix}files/2.png`, provider_viewed: false, held: true },
      { path: `${prefix}report.xml`, provider_viewed: null, held: false },
    ]);
    await readChats();
    const [report] = await listReports(world.store, ctx, taken.exhibitId);
    expect(report).toMatchObject({
      format: 'cybertip',
      state: 'read',
      people: { reported: 1 },
      files: { own: 2, absent: 0, shared: 0 },
    });
    const { items } = await listReportFiles(world.store, ctx, { exhibit: taken.exhibitId, limit: 10 });
    expect(items.map(({ occurrencePath, provider }) => [occurrencePath, provider?.viewed, provider?.category])).toEqual(
      [
        [`${prefix}files/0.png`, true, { scheme: 'ncmec@1', code: 'B2' }],
        [`${prefix}files/1.png`, false, { scheme: 'ncmec@1', code: 'B2' }],
      ],
    );
  }
});

it('gives no file of a hostile report the name of another, and takes none away from the walk', async () => {
  const walked = await picture('walked');
  const names = ['/a', '/a', '/a~1', '/x.png', '/x.png~3', '/y', '/y', '/y~6', '/y~6~2'];
  const xml = `<?xml version="1.0"?><project name="toy" extractionType="FileSystem" xmlns="http://pa.cellebrite.com/report/2.0"><taggedFiles>
    ${names.map((path, at) => file(`h${at}`, path, 'Intact', {})).join('')}</taggedFiles></project>`;
  const source = join(world.folder, 'hostile.ufdr');
  writeFileSync(
    source,
    zipOf([
      { name: 'report.xml', data: Buffer.from(xml) },
      { name: 'report.xml/x.png', data: walked },
    ]),
  );
  const input = { caseReference: 'ES-1', exhibitReference: '10', source, inPlace: false };
  const { exhibit: taken } = await ingestExhibit(world.store, ctx, input, { wait: false });
  const found = async () =>
    (
      await sql`select path, state, container is null as walked, size_bytes::int as size from occurrences
        where exhibit_id = ${taken.exhibitId}::uuid and path like 'report.xml/%' order by path collate "C"`.execute(
        world.store.owner,
      )
    ).rows;
  // The walk of an archive says `report.xml~2/` where a file is a folder too; others may not.
  await sql`update occurrences set path = 'report.xml/x.png' where exhibit_id = ${taken.exhibitId}::uuid and path like '%/x.png'`.execute(
    world.store.owner,
  );
  const before = await found();
  expect(before).toEqual([{ path: 'report.xml/x.png', state: 'stored', walked: true, size: walked.length }]);
  await readChats();
  const once = await found();
  expect(once).toHaveLength(1 + names.length);
  expect(once).toContainEqual(before[0]);
  const { items } = await listReportFiles(world.store, ctx, { exhibit: taken.exhibitId, limit: 100 });
  const last = items[6]?.occurrencePath;
  expect(items.map(({ bytes, occurrencePath }) => [bytes, occurrencePath?.slice('report.xml/'.length)])).toEqual(
    ['a', 'a~1~2', 'a~1', 'x.png~3~2', 'x.png~3', 'y', last?.slice('report.xml/'.length), 'y~6', 'y~6~2'].map(
      (path) => ['absent', path],
    ),
  );
  expect(last).toMatch(/\/y~6~[0-9a-f-]{36}$/);
  await readAgain();
  expect(await found()).toEqual(once);
});
