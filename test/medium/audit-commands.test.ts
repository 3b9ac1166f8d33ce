// The commands of the record on an instance without a server: what a command leaves is sealed when it ends, shown, exported and
// verified by the script, anchored, erased; keys are exchanged; and a server puts on record what settings it found changed.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { recordConfiguration } from '../../packages/server/src/app/configuration-record.js';
import { registerAccountCommands } from '../../packages/server/src/features/accounts/commands.js';
import { registerAuditCommands } from '../../packages/server/src/features/audit/commands.js';
import { registerCaseCommands } from '../../packages/server/src/features/cases/commands.js';
import { registerVerifyCommands } from '../../packages/server/src/features/verify/commands.js';
import { type Store } from '../../packages/server/src/store/index.js';
import { commandLine } from './command-line.js';
import { countOf } from './record-world.js';
import { openNewStore } from './new-store.js';
import { configFor, temporaryFolder } from './store-fixture.js';

const SCRIPT = fileURLToPath(new URL('../../tools/verify-record.mjs', import.meta.url));
const folder = temporaryFolder();
const data = join(folder.path, 'data');
const anchorFile = join(folder.path, 'heads.jsonl');
let store: Store<'app' | 'owner' | 'sealer'>;

const run = commandLine(data, [
  registerAccountCommands,
  registerAuditCommands,
  registerCaseCommands,
  registerVerifyCommands,
]);
const waiting = () => countOf(store.sealer, 'audit_waiting');

beforeAll(async () => {
  vi.stubEnv('REDTHREAD_ANCHOR_FILE', anchorFile);
  vi.stubEnv('REDTHREAD_ANCHOR_INTERVAL_S', '1');
  await run(
    'user',
    'add',
    'anna',
    '--agency',
    'Norte',
    '--country',
    'ES',
    '--role',
    'administrator,officer',
    '--no-password',
  );
  await run('user', 'add', 'ben', '--no-password');
  store = await openNewStore(data, ['app', 'owner', 'sealer']);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await store.close();
  folder.remove();
});

describe('without a server', () => {
  it('a command seals what it has left, and anchors it', async () => {
    expect(await waiting()).toBe(0);
    await run('case', 'add', 'ES-1');
    expect(await waiting()).toBe(0);
    expect(existsSync(anchorFile)).toBe(true);
    const { out, notes } = await run('audit', 'show');
    expect(out.join('\n')).toMatch(/no\. +time +who +event[^]*4 .* anna +case-add +case [0-9a-f]{8}/);
    expect(notes.join('\n')).toMatch(
      /sealed {2}4 events; 1 wait; no sealer is at work[^]*head {4}[0-9a-f]{64}[^]*anchor {2}file/,
    );
  });

  it('shows the history of a case to whoever sees it', async () => {
    const { out } = await run('audit', 'show', '--case', 'ES-1', '--json');
    expect(out.map((line) => JSON.parse(line) as object)).toMatchObject([
      { type: 'case-add', number: 4, login: 'anna' },
    ]);
    await expect(run('audit', 'show', '--case', 'ES-9')).rejects.toThrow(/CASE_UNKNOWN/);
    await expect(run('audit', 'show', '--media', 'x')).rejects.toThrow(/ARGUMENT_INVALID/);
  });

  it('exports what the script verifies', async () => {
    const out = join(folder.path, 'record');
    const said = await run('audit', 'export', '--case', 'ES-1', '--out', out, '--recipient', 'District court');
    expect(said.out.join()).toMatch(/^2 events into .*record, under the head of/);
    expect(execFileSync(process.execPath, [SCRIPT, out], { env: {} }).toString()).toContain('all of it holds');
    await expect(run('audit', 'export', '--case', 'ES-1', '--out', out)).rejects.toThrow(/ALREADY_EXISTS/);
    await expect(run('audit', 'export', '--out', `${out}2`)).rejects.toThrow(
      /ARGUMENT_INVALID.*--media, --case and --agency/,
    );
    const whole = await run('audit', 'export', '--agency', '--out', `${out}3`, '--json');
    expect(JSON.parse(whole.out[0] ?? '')).toMatchObject({ folder: `${out}3`, waiting: 0 });
    await expect(run('audit', 'export', '--agency', '--out', `${out}4`, '--as', 'ben')).rejects.toThrow(/FORBIDDEN/);
  });

  it('lists anchors and keys, and exchanges the key', async () => {
    expect((await run('audit', 'anchors')).out.join('\n')).toMatch(/no\. +time +kind[^]*file +\d+ +.*heads\.jsonl/);
    const [first] = (await run('audit', 'keys', '--json')).out.map((line) => JSON.parse(line) as { key: string });
    const { out } = await run('audit', 'rotate-key');
    expect(out.join()).toContain(`${first?.key ?? '?'} has endorsed it`);
    expect(
      (await run('audit', 'keys', '--pem')).out.filter((line) => line.startsWith('-----BEGIN PUBLIC KEY')),
    ).toHaveLength(2);
    await expect(run('audit', 'rotate-key', '--as', 'ben')).rejects.toThrow(/FORBIDDEN/);
    const verified = JSON.parse((await run('verify', '--only', 'record', '--json')).out[0] ?? '') as {
      broken: unknown[];
      record: object;
    };
    expect(verified).toMatchObject({ broken: [], counts: null, record: { waiting: { count: 0 } } });
  });

  it('erases with a reason, and says so', async () => {
    expect(
      (await run('audit', 'erase', '--events', '4', '--field', 'detail.reference', '--reason', 'named a child')).out,
    ).toEqual(['erased 1 texts']);
    expect((await run('audit', 'show', '--case', 'ES-1')).out.join('\n')).toContain('reference (erased)');
    expect((await run('audit', 'show', '--type', 'audit-erase')).out.join('\n')).toContain('named a child');
    for (const words of [['--events', 'x'], ['--events', '3', '--user', 'anna'], []])
      await expect(run('audit', 'erase', ...words, '--reason', 'whatever')).rejects.toThrow(/ARGUMENT_INVALID/);
    expect(JSON.parse((await run('verify', '--json')).out[0] ?? '')).toMatchObject({ broken: [] });
  });
});

describe('the configuration', () => {
  it('is on record by the names of what changed since a server last started, and never by values', async () => {
    const start = (env: Record<string, string>) => recordConfiguration(store, configFor(data, env));
    expect(await start({ REDTHREAD_PORT: '4481' })).toEqual(['REDTHREAD_PORT']);
    expect(await start({ REDTHREAD_PORT: '4481' })).toEqual([]);
    const secret = 'ab'.repeat(32);
    expect(await start({ REDTHREAD_PORT: '4482', REDTHREAD_MASTER_KEY: secret })).toEqual([
      'REDTHREAD_MASTER_KEY',
      'REDTHREAD_PORT',
    ]);
    const events = await store.owner
      .selectFrom('audit_events')
      .select(['login', 'detail'])
      .where('type', '=', 'configuration')
      .orderBy('id')
      .execute();
    expect(events).toMatchObject([
      { login: 'anna', detail: { changed: ['REDTHREAD_PORT'] } },
      { login: 'anna', detail: { changed: ['REDTHREAD_MASTER_KEY', 'REDTHREAD_PORT'] } },
    ]);
    const kept = readFileSync(join(data, 'settings.json'), 'utf8');
    // By chance those digits stand within one digest of so many.
    expect(kept + JSON.stringify(events)).not.toMatch(new RegExp(`(?<![0-9a-f])4482(?![0-9a-f])|${secret}`));
  });
});
