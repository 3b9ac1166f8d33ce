// An exported record, as somebody elsewhere verifies it: with the script alone, offline, and with every change of it found.
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../packages/core/src/domain/index.js';
import { eraseTexts } from '../../packages/server/src/features/audit/erase.js';
import { exportRecord } from '../../packages/server/src/features/audit/export/export-record.js';
import { itemHistory } from '../../packages/server/src/features/audit/history.js';
import { rotateSigningKey } from '../../packages/server/src/features/audit/keys.js';
import { Anchoring } from '../../packages/server/src/sealer/anchors/anchoring.js';
import { auditRefusal, type Store } from '../../packages/server/src/store/index.js';
import { contextOfPerson } from './api-fixture.js';
import type { Person } from './api-world.js';
import { openRecordWorld, type RecordWorld } from './record-world.js';
import { temporaryFolder } from './store-fixture.js';
import { startAuthority, type TestAuthority } from './time-stamp-authority.js';

const SCRIPT = fileURLToPath(new URL('../../tools/verify-record.mjs', import.meta.url));
const VECTORS = fileURLToPath(new URL('../fixtures/record', import.meta.url));
const elsewhere = temporaryFolder();
let authority: TestAuthority;
let world: RecordWorld;
let anna: Person;
let ben: Person;
let caseId: string;
let mediaId: string;

const asAuditor = (): Context => {
  const ctx = contextOfPerson(anna, ['administrator', 'auditor']);
  return { ...ctx, actor: { ...ctx.actor, isOperator: true } };
};
let exports = 0;
const exported = async (of: { case: string } | { media: string } | null, withTexts = true) => {
  const out = join(elsewhere.path, `export-${(exports += 1)}`);
  return exportRecord(world.store, asAuditor(), { of, out, recipient: 'the court', withTexts });
};

/** What the script says, and its exit code; without a network, an environment or the program. */
const verify = async (folder: string, ...args: string[]) => {
  const ran = await promisify(execFile)(process.execPath, [SCRIPT, folder, ...args], { env: {}, cwd: tmpdir() }).catch(
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
  return { code: 'code' in ran ? ran.code : 0, said: `${ran.stdout}${ran.stderr}` };
};

beforeAll(async () => {
  authority = await startAuthority(elsewhere.path);
  world = await openRecordWorld({
    REDTHREAD_ANCHOR_FILE: join(elsewhere.path, 'heads.jsonl'),
    REDTHREAD_ANCHOR_TSA_URL: authority.url,
    REDTHREAD_ANCHOR_INTERVAL_S: '86400',
  });
  const [alpha, beta] = [await world.world.agency('Alpha'), await world.world.agency('Beta')];
  [anna, ben] = [
    await world.world.person(alpha, 'anna', ['administrator', 'auditor']),
    await world.world.person(beta, 'ben'),
  ];
  caseId = await world.world.case(anna, 'A-1');
  const exhibitId = await world.world.exhibit(anna, caseId, '7', [{ content: 'lamp' }]);
  mediaId = await world.world.media(alpha, 'lamp');
  const media = { kind: 'media', id: mediaId } as const;
  const anchoring = new Anchoring({ ...world.store.config.anchors, intervalMs: 0 });
  await world.write(anna, {
    type: 'case-add',
    object: { kind: 'case', id: caseId },
    detail: { reference: 'A-1', operation: null },
  });
  for (let i = 0; i < 300; i += 1) await world.write(ben, { type: 'sign-out', object: null, detail: {} });
  await world.seal();
  await anchoring.run(world.store.sealer);
  await rotateSigningKey(world.store, asAuditor());
  await world.write(anna, {
    type: 'ingest-start',
    object: { kind: 'exhibit', id: exhibitId },
    detail: { source: '/seized/Müller \u001b[2J', kind: 'folder', resumed: false, inPlace: false },
  });
  await world.write(anna, { type: 'reveal', object: media, detail: { kind: 'clear' } }, 'identify the lamp');
  for (let i = 0; i < 40; i += 1) await world.write(anna, { type: 'sign-out', object: null, detail: {} });
  await world.write(anna, { type: 'view', object: media, detail: { what: 'media', count: null } });
  await world.seal();
  await anchoring.run(world.store.sealer);
  await world.write(anna, { type: 'view', object: media, detail: { what: 'media', count: null } });
  await world.seal();
});
afterAll(async () => {
  await world.close();
  await authority.close();
  elsewhere.remove();
});

describe('the script', () => {
  it('depends on nothing, and is short enough to be read', () => {
    const text = readFileSync(SCRIPT, 'utf8');
    expect(text.split('\n').length).toBeLessThan(300);
    expect([...text.matchAll(/from '([^']+)'/g)].every(([, name]) => name?.startsWith('node:'))).toBe(true);
    expect(text).not.toMatch(/import\(|require\(|fetch/);
  });

  it('holds an export of a media, a case and a whole agency to be true, and names what anchors them', async () => {
    const media = await exported({ media: mediaId });
    expect(media).toMatchObject({ events: 3, waiting: 0, anchors: 2 });
    const ofMedia = await verify(media.folder, '--print', '--ca', authority.caFile);
    expect(ofMedia.said).toContain('all of it holds');
    expect(ofMedia.said).toMatch(/time stamp of .* by CN=Test time-stamp authority: covers events 1 to \d+/);
    expect(ofMedia.said).toMatch(/anna {2}reveal .* identify the lamp/);
    expect(ofMedia.said).not.toContain('ben');
    expect(ofMedia.code).toBe(0);

    const ofCase = await verify((await exported({ case: caseId })).folder, '--print');
    expect(ofCase.said).toMatch(/ingest-start .*\/seized\/Müller \\u001b\[2J/);
    expect(ofCase.code).toBe(0);

    const whole = await exported(null);
    expect(JSON.parse(readFileSync(join(whole.folder, 'record.json'), 'utf8'))).toMatchObject({
      isWhole: true,
      agency: 'Alpha',
    });
    expect(await verify(whole.folder)).toMatchObject({ code: 0 });
  });

  it('knows the key that was published from another, and the authority that was given', async () => {
    const { folder } = await exported({ media: mediaId });
    const { keys } = JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8')) as { keys: { key: string }[] };
    expect(keys).toHaveLength(2);
    expect(await verify(folder, '--key', keys[0]?.key ?? '')).toMatchObject({ code: 0 });
    expect((await verify(folder, '--key', '0123456789abcdef')).said).toContain('is not among those of the record');
    const other = await startAuthority(elsewhere.path);
    await other.close();
    expect((await verify(folder, '--ca', other.caFile)).said).toMatch(/does not go back to the authority/);
  });

  /** `RECORD_VECTORS=1 npx vitest run --project medium test/medium/record-export.test.ts` writes test/fixtures/record anew. */
  it.runIf(process.env['RECORD_VECTORS'])('has vectors', async () => {
    for (const [name, of] of [['case', { case: caseId }] as const, ['agency', null] as const])
      cpSync((await exported(of)).folder, join(VECTORS, name), { recursive: true });
    cpSync(authority.caFile, join(VECTORS, 'authority.pem'));
  });

  it('is told nothing of what others do', async () => {
    const { folder } = await exported(null);
    const text = ['record.json', 'events.jsonl'].map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
    for (const word of [ben.agencyId, 'Beta', 'ben', 'heads.jsonl']) expect(text).not.toContain(word);
  });

  it('finds every change of a folder', async () => {
    const { folder } = await exported({ case: caseId });
    const copy = (): string => {
      const into = mkdtempSync(join(elsewhere.path, 'changed-'));
      cpSync(folder, into, { recursive: true });
      return into;
    };
    const edits: readonly (readonly [file: string, change: (text: string) => string])[] = [
      ['events.jsonl', (text) => text.replace('"type":"ingest-start"', '"type":"ingest-ended"')],
      ['events.jsonl', (text) => text.replace('A-1', 'A-2')],
      ['events.jsonl', (text) => text.replace(/"salt":"../, '"salt":"00')],
      ['events.jsonl', (text) => text.split('\n').slice(1).join('\n')],
      ['events.jsonl', (text) => [...text.trimEnd().split('\n')].reverse().join('\n')],
      ['events.jsonl', (text) => `${text}${text}`],
      ['events.jsonl', (text) => text.replace(/"proof":\["../, '"proof":["ff')],
      ['record.json', (text) => text.replace(/"size": \d+/, '"size": 5')],
      ['record.json', (text) => text.replace(/"root": "../, '"root": "00')],
      ['record.json', (text) => text.replace(/"signature": "../g, '"signature": "00')],
      ['record.json', (text) => text.replace(/"publicKey": "../, '"publicKey": "00')],
      ['record.json', (text) => text.replace(/"endorsement": "../, '"endorsement": "00')],
      ['record.json', (text) => text.replace(/"consistency": \[\s+"../, '"consistency": [ "00')],
      ['record.json', (text) => text.replace(/"isWhole": false/, '"isWhole": true')],
      ['record.json', (text) => text.replace(/"events": \d+/, '"events": 1')],
    ];
    for (const [file, change] of edits) {
      const changed = copy();
      const before = readFileSync(join(changed, file), 'utf8');
      const after = change(before);
      expect(after, String(change)).not.toBe(before);
      writeFileSync(join(changed, file), after);
      expect((await verify(changed)).code, String(change)).not.toBe(0);
    }
    const [token] = (
      JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8')) as { anchors: { token: string | null }[] }
    ).anchors.flatMap(({ token: name }) => name ?? []);
    const changed = copy();
    const bytes = readFileSync(join(changed, token ?? ''));
    bytes[bytes.length - 10] = (bytes[bytes.length - 10] ?? 0) ^ 1;
    writeFileSync(join(changed, token ?? ''), bytes);
    expect((await verify(changed)).said).toMatch(/FAULT.*time stamp/);
  });
});

describe('an export', () => {
  it('is on record with who is to get it, before anything is written', async () => {
    const { items } = await itemHistory(world.store, asAuditor(), { case: caseId }, { limit: 5 });
    expect(items[0]).toMatchObject({ type: 'export', detail: { format: 'redthread-record', recipient: 'the court' } });
    const officer = contextOfPerson(anna, ['officer']);
    const out = join(elsewhere.path, 'refused');
    const refused = exportRecord(world.store, officer, { of: null, out, recipient: null, withTexts: true });
    await expect(refused).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const foreign = exportRecord(world.store, contextOfPerson(ben, ['auditor']), {
      of: { case: caseId },
      out,
      recipient: null,
      withTexts: true,
    });
    await expect(foreign).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(existsSync(out)).toBe(false);
  });

  it('leaves clear texts out when asked, and says so when it could not be signed', async () => {
    const { folder } = await exported({ media: mediaId }, false);
    expect(readFileSync(join(folder, 'events.jsonl'), 'utf8')).not.toContain('identify the lamp');
    expect(await verify(folder)).toMatchObject({ code: 0 });
  });

  it('holds after an erasure, without the text', async () => {
    await auditRefusal(world.store.app, contextOfPerson(anna), { code: 'FORBIDDEN', attempted: 'x' });
    await world.seal();
    const erased = await eraseTexts(world.store as Store, asAuditor(), {
      user: 'anna',
      fields: ['login', 'purpose'],
      reason: 'has left',
    });
    expect(erased).toBeGreaterThan(40);
    await world.seal();
    const { folder } = await exported({ media: mediaId });
    const { code, said } = await verify(folder, '--print');
    expect(said).not.toMatch(/identify the lamp/);
    expect(code).toBe(0);
    expect((await world.verify()).faults).toEqual([]);
    const again = eraseTexts(world.store as Store, asAuditor(), { numbers: [999_999], reason: 'nothing there' });
    await expect(again).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(
      eraseTexts(world.store as Store, contextOfPerson(anna, ['auditor']), { user: 'anna', reason: 'may not' }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
