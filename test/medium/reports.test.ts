// Reports of a small world: what they say adds up, what is signed is what lies there, the same state gives the same bytes, and a stranger
// gets what an unknown id gets.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { fromBuffer, type Entry } from 'yauzl';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReportOrder, type ReportBlock } from '../../packages/core/src/contract/index.js';
import type { Context } from '../../packages/core/src/domain/index.js';
import { previewReport } from '../../packages/server/src/features/reports/make/preview.js';
import { listConnections } from '../../packages/server/src/features/connections/index.js';
import type { AskConnections } from '../../packages/server/src/features/connections/index.js';
import { makeReport } from '../../packages/server/src/features/reports/make/make-report.js';
import { zipOf } from '../../packages/server/src/features/reports/make/zip.js';
import { renderReport } from '../../packages/server/src/features/reports/render/render-report.js';
import { readModel } from '../../packages/server/src/features/reports/render/model-file.js';
import { signReports } from '../../packages/server/src/sealer/sign-reports.js';
import { pdfAFaults } from '../support/pdf-a.js';
import { contextOfPerson } from './api-fixture.js';
import { sha256Of, type Person } from './api-world.js';
import { openRecordWorld, type RecordWorld } from './record-world.js';
import { addSeries } from './report-series.js';
import { temporaryFolder } from './store-fixture.js';
import { addJudgement } from './stranger-judgement.js';

const SCRIPT = fileURLToPath(new URL('../../tools/verify-report.mjs', import.meta.url));
const elsewhere = temporaryFolder();
let world: RecordWorld;
let anna: Person;
let ben: Person;
let [caseId, exhibit, lamp, chair, series] = ['', '', '', '', ''];

/** Signs without sealing anything, so that the record stays where it is. */
const sign = () => signReports(world.store.sealer, world.store.keys);
const connectionsFor =
  (ctx: Context): AskConnections =>
  (input) =>
    listConnections(world.store, ctx, input);
const asPerson = (person: Person, purpose: string | null = 'a hearing'): Context => ({
  ...contextOfPerson(person, ['officer', 'auditor']),
  purpose,
});
let folders = 0;
const newFolder = (): string => {
  const path = join(elsewhere.path, `report-${(folders += 1)}`);
  mkdirSync(path);
  return path;
};
const made = async (about: object, ctx = asPerson(anna)) => {
  const folder = newFolder();
  return {
    folder,
    ...(await makeReport(world.store, ctx, ReportOrder.parse(about), folder, {
      connections: connectionsFor(ctx),
      sign,
    })),
  };
};

interface Told {
  readonly facts: readonly string[];
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
}

/** Tables of a model by their names, rows by their columns. */
const toldIn = async (folder: string): Promise<Told> => {
  const tables: Record<string, Record<string, string>[]> = {};
  const facts: string[] = [];
  let table: Extract<ReportBlock, { is: 'table' }> | null = null;
  for await (const block of readModel(join(folder, 'report.jsonl'))) {
    if (block.is === 'table') tables[(table = block).id] = [];
    if (block.is === 'row' && table !== null) {
      const { columns, id } = table;
      tables[id]?.push(Object.fromEntries(columns.map(({ key }, i) => [key, block.cells[i] ?? ''])));
    }
    if (block.is === 'facts') facts.push(...block.rows.map((row) => row.join(': ')));
    if (block.is === 'section') facts.push(...block.words);
  }
  return { facts, tables };
};

const verify = async (...args: string[]) => {
  const ran = await promisify(execFile)(process.execPath, [SCRIPT, ...args], { env: {}, cwd: tmpdir() }).catch(
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
  return { code: 'code' in ran ? ran.code : 0, said: `${ran.stdout}${ran.stderr}` };
};

beforeAll(async () => {
  world = await openRecordWorld();
  const { store, world: rows } = world;
  const [alpha, beta] = [await rows.agency('Alpha'), await rows.agency('Beta', 'PT')];
  [anna, ben] = [await rows.person(alpha, 'anna', ['officer', 'auditor']), await rows.person(beta, 'ben')];
  caseId = await rows.case(anna, 'A-1');
  rows.traits('small lamp', { stack: 'lamp', width: 320, height: 240 });
  exhibit = await rows.exhibit(anna, caseId, '7', [
    { content: 'lamp', path: 'DCIM/lamp.jpg' },
    { content: 'lamp', path: 'backup/lamp copy.jpg' },
    { content: 'small lamp', path: '=1+1,"q"\n.jpg' },
    { content: 'chair', path: 'кресло 椅子.jpg' },
    { content: null, path: 'broken.jpg' },
  ]);
  await rows.exhibit(anna, caseId, '8', [{ content: 'table' }, { content: 'chair' }]);
  const other = await rows.case(anna, 'A-2');
  await rows.exhibit(anna, other, '1', [{ content: 'lamp' }]);
  const own = await rows.case(ben, 'B-1');
  await rows.exhibit(ben, own, '1', [{ content: 'lamp' }]);
  [lamp, chair] = [await rows.media(alpha, 'lamp'), await rows.media(alpha, 'chair')];
  await rows.match({ id: lamp, agencyId: alpha }, { id: chair, agencyId: alpha });
  await rows.list(anna, 'Known chairs', ['chair']);
  await rows.list(anna, 'Known boats', ['boat']);
  await addJudgement(store.owner, anna, lamp);
  await sql`update occurrences set source_times = ${JSON.stringify([
    { kind: 'taken', text: '2019:05:03 12:00:11', offsetMinutes: null, precisionMs: 1000, basis: 'exif' },
  ])}::jsonb where path = 'DCIM/lamp.jpg'`.execute(store.owner);
  series = await addSeries(
    store,
    { ...contextOfPerson(anna, ['officer']), purpose: 'a hearing' },
    { caseId, lamp, chair },
  );
  await world.write(anna, {
    type: 'case-add',
    object: { kind: 'case', id: caseId },
    detail: { reference: 'A-1', operation: null },
  });
  await world.seal();
});
afterAll(async () => {
  await world.close();
  elsewhere.remove();
});

describe('a report', () => {
  it('on a case adds up, and keeps people and lists apart', async () => {
    const { folder, files, rows } = await made({ case: caseId });
    const { facts, tables } = await toldIn(folder);
    const steps = Object.fromEntries((tables['funnel'] ?? []).map(({ step, files: n }) => [step, Number(n)]));
    expect(steps).toMatchObject({ seized: 7, unreadable: 1, duplicate: 2, unique: 4 });
    expect((tables['funnel'] ?? []).every(({ query }) => query?.startsWith('GET /api/v1/'))).toBe(true);
    expect(tables['exhibits']?.map(({ exhibit: name, files: n }) => [name, n])).toEqual([
      ['7', '0'],
      ['8', '0'],
    ]);
    expect(tables['media']).toEqual([
      expect.objectContaining({
        sha256: sha256Of('lamp'),
        looked: '-',
        by_stack: '-',
        not_looked: expect.stringContaining('vic-default@2.0:0, anna'),
        list_says: '-',
      }),
      expect.objectContaining({
        sha256: sha256Of('chair'),
        looked: '-',
        verdict: '-',
        list_says: expect.stringContaining('Known chairs'),
      }),
    ]);
    expect(tables['votes']).toMatchObject([
      { by: 'anna', code: 'vic-default@2.0:0', seen: 'not-looked', revealed: '-' },
    ]);
    // That a list names nothing is a result.
    expect(tables['lists']?.map(({ name, media_named: n }) => [name, n])).toEqual([
      ['Known boats', '0'],
      ['Known chairs', '1'],
    ]);
    expect(tables['unread']).toMatchObject([
      { exhibit: '7', path: 'broken.jpg', code: 'FILE_UNREADABLE', detail: 'bad sector' },
    ]);
    expect(tables['connections']?.length).toBeGreaterThan(0);
    expect(facts.join(' ')).toContain('No self-test has been kept');
    expect(rows).toBe(Object.values(tables).reduce((sum, { length }) => sum + length, 0));
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['report.jsonl', 'report.pdf', 'report.html', 'facts.csv', 'table-media.csv']),
    );
    expect(pdfAFaults(readFileSync(join(folder, 'report.pdf')), true)).toEqual([]);
  });

  it('on an exhibit names every file, with times as they were written', async () => {
    const { folder } = await made({ exhibit, formats: ['csv'] });
    const { tables } = await toldIn(folder);
    const files = tables['files'] ?? [];
    expect(files.map(({ path }) => path)).toEqual([
      '=1+1,"q"\n.jpg',
      'DCIM/lamp.jpg',
      'backup/lamp copy.jpg',
      'broken.jpg',
      'кресло 椅子.jpg',
    ]);
    const [small, first, copy, broken, last] = files;
    expect(first).toMatchObject({
      sha256: sha256Of('lamp'),
      type: 'image/jpeg',
      times: 'taken 2019:05:03 12:00:11 (exif, no zone)',
    });
    expect(copy?.['media']).toBe(first?.['media']);
    expect([small?.['stack'], first?.['stack'], last?.['stack']]).toEqual([small?.['stack'], small?.['stack'], '-']);
    expect(broken).toMatchObject({ sha256: '-', media: '-', state: 'unreadable FILE_UNREADABLE: bad sector' });
    const [csv] = readdirSync(folder).filter((name) => name === 'table-files.csv');
    expect(readFileSync(join(folder, csv ?? ''), 'utf8')).toContain('"=1+1,""q""\n.jpg"');
  });

  it('on a series tells members, where they lie, and who said what, also what was taken back', async () => {
    const { folder, manifest } = await made({ series });
    const { tables } = await toldIn(folder);
    expect(manifest.statement).toMatchObject({ kind: 'series', about: [series] });
    expect(tables['members']).toMatchObject([{ media: '1', sha256: sha256Of('lamp'), verdict: expect.any(String) }]);
    expect(tables['files']?.map(({ case: of, path }) => `${of} ${path}`)).toEqual([
      'A-1 DCIM/lamp.jpg',
      'A-1 backup/lamp copy.jpg',
      expect.stringContaining('A-2 '),
    ]);
    expect(tables['belongs']).toMatchObject([
      { media: '1', reason: 'the same wall', taken_back: '-' },
      { media: '-', sha256: sha256Of('chair'), taken_back: expect.stringContaining('anna: another room') },
    ]);
    expect(tables['relations']).toMatchObject([
      { type: 'shows', to: 'place Hotel (Alpha)', evidence: `page 2; media ${lamp}` },
    ]);
    expect(tables['countries']).toEqual([{ country: 'ES', votes: '1', agencies: '1' }]);
    expect(tables['statements']?.map(({ kind }) => kind).sort()).toEqual(['country', 'socket']);
    expect(tables['numbers']).toMatchObject([{ type: 'icse-series', value: '12345' }]);
    expect(tables['steps']).toMatchObject([{ state: 'being-worked', worked_by: 'Porto' }]);
    expect(tables['lists']).toHaveLength(2);
    expect(pdfAFaults(readFileSync(join(folder, 'report.pdf')), true)).toEqual([]);
    expect(await verify(folder)).toMatchObject({ code: 0 });
  });

  it('on two media has every method, and says how to repeat it', async () => {
    const { folder, manifest } = await made({ a: lamp, b: chair, pictures: 'veiled', formats: ['html'] });
    const { facts, tables } = await toldIn(folder);
    expect(manifest.statement).toMatchObject({ kind: 'comparison', about: [lamp, chair] });
    expect(tables['reasons']).toMatchObject([
      { method: 'pdq', version: '1', value: '8', threshold: 'at most 31', unit: 'bits' },
    ]);
    expect(tables['occurrences']?.map(({ side }) => side)).toEqual(['A', 'A', 'A', 'B', 'B']);
    expect(facts.join('\n')).toMatch(/redthread compare A B --all/);
    expect(facts.join('\n')).toContain('A: A: there is no veiled picture.');
  });

  it('has the same bytes at the same event of the record, and from its model alone', async () => {
    const [first, second] = [await made({ a: lamp, b: chair }), await made({ a: lamp, b: chair })];
    expect(first.manifest).toEqual(second.manifest);
    const again = newFolder();
    const rendered = await renderReport(join(first.folder, 'report.jsonl'), again, ['pdf', 'html', 'csv']);
    expect(rendered).toEqual(first.files.slice(1, -1));
  });

  it('is on record with its purpose before anybody has it', async () => {
    const before = await countExports();
    await made({ case: caseId, purpose: 'for the appeal', recipient: 'District court', formats: ['csv'] });
    const { rows } = await sql<{ purpose: string; detail: object }>`select purpose, detail from audit_events
      where type = 'export' order by id desc limit 1`.execute(world.hand);
    expect(rows[0]).toMatchObject({ purpose: 'for the appeal', detail: { recipient: 'District court' } });
    expect(await countExports()).toBe(before + 1);
    const folder = newFolder();
    const order = ReportOrder.parse({ case: caseId, formats: ['csv'] });
    const connections = connectionsFor(asPerson(anna));
    await expect(
      makeReport(world.store, asPerson(anna, null), order, folder, { connections, sign }),
    ).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    // Nobody is there who would sign it.
    await expect(makeReport(world.store, asPerson(anna), order, newFolder(), { connections })).rejects.toMatchObject({
      code: 'REPORT_UNSIGNED',
    });
    // It would not fit into what it leaves in.
    const small = { connections, sign, mostBytes: 4_000 };
    await expect(makeReport(world.store, asPerson(anna), order, newFolder(), small)).rejects.toMatchObject({
      code: 'REPORT_INCOMPLETE',
      detail: expect.stringContaining('a ZIP takes 4000'),
    });
    expect(await countExports()).toBe(before + 1);
  });

  it('does not exist for a stranger, as one that was never there', async () => {
    const never = randomUUID();
    for (const [known, unknown] of [
      [{ case: caseId }, { case: never }],
      [{ exhibit }, { exhibit: never }],
      [{ series }, { series: never }],
      [
        { a: lamp, b: chair },
        { a: never, b: randomUUID() },
      ],
    ] as const) {
      const refusals = [];
      for (const about of [known, unknown]) {
        const folder = newFolder();
        const connections = connectionsFor(asPerson(ben));
        const order = ReportOrder.parse(about);
        const error: unknown = await makeReport(world.store, asPerson(ben), order, folder, { connections, sign }).catch(
          (failure: unknown) => failure,
        );
        refusals.push(String(error));
        expect(existsSync(folder)).toBe(false);
        await expect(previewReport(world.store, asPerson(ben), order, connections)).rejects.toMatchObject({
          code: 'NOT_FOUND',
        });
      }
      expect(refusals[0]).toBe(refusals[1]);
    }
    await expect(made({ case: caseId, exhibit })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    await expect(made({ a: lamp, b: lamp })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('shows its beginning before it is made', async () => {
    const ctx = asPerson(anna);
    const order = ReportOrder.parse({ case: caseId });
    const { blocks } = await previewReport(world.store, ctx, order, connectionsFor(ctx));
    expect(blocks[0]).toMatchObject({ is: 'cover', kind: 'case', handling: ['TLP:AMBER'] });
    expect(blocks.filter(({ is }) => is === 'table').length).toBeGreaterThan(8);
  });
});

const countExports = async (): Promise<number> => {
  const { rows } = await sql<{
    count: number;
  }>`select count(*) as count from audit_events where type = 'export'`.execute(world.hand);
  return rows[0]?.count ?? 0;
};

describe('its manifest', () => {
  it('is checked without the program, and every change is found', async () => {
    const { folder, manifest } = await made({ exhibit, formats: ['html'] });
    const { key } = manifest.statement;
    expect(await verify(folder, '--key', key)).toMatchObject({ code: 0 });
    expect((await verify(folder, '--key', '0'.repeat(16))).said).toContain('is not among those of the record');
    const changed = async (change: (copy: string) => void): Promise<string> => {
      const copy = newFolder();
      cpSync(folder, copy, { recursive: true });
      change(copy);
      const { code, said } = await verify(copy);
      expect(code).toBe(1);
      return said;
    };
    const rewritten = (from: string, to: string) => (copy: string) => {
      const path = join(copy, 'manifest.json');
      writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
    };
    expect(await changed((copy) => appendFileSync(join(copy, 'report.html'), ' '))).toContain(
      'report.html: it is not there',
    );
    expect(await changed((copy) => writeFileSync(join(copy, 'more.pdf'), ''))).toContain(
      'more.pdf: the manifest does not name it',
    );
    expect(await changed(rewritten('"kind": "exhibit"', '"kind": "case"'))).toContain('not what was signed');
    expect(await changed(rewritten('"size": 1', '"size": 2'))).toContain('FAULT');
  });

  it('goes along in a ZIP that other programs read', async () => {
    const { folder, files, manifest } = await made({ a: lamp, b: chair, formats: ['csv'] });
    const names = files.map(({ name }) => name);
    const parts: Buffer[] = [];
    for await (const part of zipOf(folder, files, new Date(manifest.statement.record.at))) parts.push(part);
    const read = await new Promise<string[]>((resolve, reject) => {
      const found: string[] = [];
      fromBuffer(Buffer.concat(parts), { strictFileNames: true }, (error, zip) => {
        if (error !== null) return reject(error);
        zip.on('entry', ({ fileName }: Entry) => found.push(fileName));
        zip.on('end', () => resolve(found));
        zip.on('error', reject);
      });
    });
    expect(read).toEqual(names);
  });
});
