import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { childEnvironment } from './child-environment.js';
import { KNOWN_KEYS } from './config-settings.js';
import { loadConfig } from './config.js';
import { sharesOneAddress } from './serve-command.js';

const folder = mkdtempSync(join(tmpdir(), 'redthread-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const load = (env: Record<string, string>, data: string | undefined = '/srv/data') => loadConfig({ env, data });

describe('loadConfig', () => {
  it('has a default for everything', () => {
    const config = load({});
    expect(config).toMatchObject({ host: '127.0.0.1', port: 4480, inPlaceRoots: [], logLevel: 'info' });
    expect(config.database).toEqual({ kind: 'embedded', osUser: null });
    expect(config.masterKey).toEqual({ kind: 'default', path: '/srv/data/keys/master.key' });
    expect(config.vaultFolder).toBe('/srv/data/vault');
    expect(config.workers).toBeGreaterThan(0);
  });

  it('refuses unknown keys by name, all of them at once', () => {
    expect(() => load({ REDTHREAD_PROT: '1', REDTHREAD_DTAA: 'x', OTHER: 'fine' })).toThrow(
      'CONFIG_UNKNOWN_KEY: REDTHREAD_DTAA, REDTHREAD_PROT',
    );
    expect(() => load({ REDTHREAD_PORT_FILE: '/x' })).toThrow('REDTHREAD_PORT_FILE');
  });

  it.each([
    ['REDTHREAD_PORT', '65536'],
    ['REDTHREAD_PORT', '44x'],
    ['REDTHREAD_WORKERS', '-1'],
    ['REDTHREAD_MAX_PIXELS', '1e9'],
    ['REDTHREAD_LOG_LEVEL', 'loud'],
    ['REDTHREAD_TRUSTED_PROXIES', '*'],
    ['REDTHREAD_TRUSTED_PROXIES', '10.0.0.1, proxy.example.org'],
    ['REDTHREAD_TRUSTED_PROXIES', '0.0.0.0/0'],
    ['REDTHREAD_TRUSTED_PROXIES', '10.0.0.0/33'],
  ])('refuses %s=%s and names both', (key, value) => {
    expect(() => load({ [key]: value })).toThrow(`CONFIG_INVALID: ${key}=${value}`);
  });

  it('trusts no proxy unless it is named', () => {
    expect(load({}).trustedProxies).toEqual([]);
    expect(load({ REDTHREAD_TRUSTED_PROXIES: '10.0.0.1, 192.0.2.0/24,2001:db8::/32' }).trustedProxies).toEqual([
      '10.0.0.1',
      '192.0.2.0/24',
      '2001:db8::/32',
    ]);
  });

  it('takes --data before the environment, empty variables as not given, roots split at colons', () => {
    const config = load({ REDTHREAD_DATA: '/elsewhere', REDTHREAD_PORT: '', REDTHREAD_IN_PLACE_ROOTS: '/a:/b/../c:' });
    expect(config).toMatchObject({ dataFolder: '/srv/data', port: 4480, inPlaceRoots: ['/a', '/c'] });
  });

  it('reads secrets from files, not both ways at once, and shows none', () => {
    const path = join(folder, 'url');
    writeFileSync(path, 'postgresql://owner:hush@db/x\n');
    const config = load({ DATABASE_URL_FILE: path });
    expect(config.database.kind === 'external' && config.database.ownerUrl?.reveal()).toBe(
      'postgresql://owner:hush@db/x',
    );
    expect(inspect(config, { depth: 9 }) + JSON.stringify(config)).not.toContain('hush');
    expect(() => load({ DATABASE_URL_FILE: path, DATABASE_URL: 'x' })).toThrow('keep one');
    expect(() => load({ DATABASE_URL_FILE: join(folder, 'none') })).toThrow('DATABASE_URL_FILE cannot be read');
  });

  it('is documented key by key', () => {
    const page = readFileSync(new URL('../../../../docs/configuration.md', import.meta.url), 'utf8');
    for (const key of KNOWN_KEYS) if (!key.endsWith('_FILE')) expect(page).toContain(`\`${key}\``);
    for (const [, key] of page.matchAll(/`(REDTHREAD_[A-Z_]+)`/g)) expect(KNOWN_KEYS).toContain(key);
  });
});

describe('childEnvironment', () => {
  const env = {
    PATH: '/bin',
    REDTHREAD_MASTER_KEY: '00'.repeat(32),
    REDTHREAD_MAX_PIXELS: '5',
    AWS_SECRET: 'hush',
    DATABASE_URL: 'postgresql://owner:hush@db/x',
    REDTHREAD_DATABASE_WORKER_URL: 'postgresql://redthread_worker:quiet@db/x',
    REDTHREAD_DATABASE_MATCHER_URL: 'postgresql://redthread_matcher:silent@db/x',
  };

  it('gives a role its own password, by path, and the master key only to those who open content', () => {
    const config = loadConfig({ env, data: folder });
    const worker = childEnvironment(config, ['worker'], env);
    expect(worker).toMatchObject({
      REDTHREAD_DATA: folder,
      REDTHREAD_MAX_PIXELS: '5',
      REDTHREAD_MASTER_KEY: env.REDTHREAD_MASTER_KEY,
    });
    expect(JSON.stringify(worker)).not.toMatch(/hush|quiet|silent/);
    expect(readFileSync(worker.REDTHREAD_DATABASE_WORKER_URL_FILE ?? '', 'utf8')).toContain('quiet');
    const matcher = childEnvironment(config, ['matcher'], env);
    expect(matcher).not.toHaveProperty('REDTHREAD_MASTER_KEY');
    const app = { REDTHREAD_DATABASE_APP_URL: 'postgresql://redthread_app:calm@db/x' };
    const forBoth = { ...env, ...app };
    const searcher = childEnvironment(loadConfig({ env: forBoth, data: folder }), ['app', 'matcher'], forBoth);
    expect(searcher).not.toHaveProperty('REDTHREAD_MASTER_KEY');
    expect(searcher).toHaveProperty('REDTHREAD_DATABASE_MATCHER_URL_FILE');
    const connector = childEnvironment(loadConfig({ env: forBoth, data: folder }), ['app'], forBoth);
    expect(connector).not.toHaveProperty('REDTHREAD_MASTER_KEY');
    expect(connector).not.toHaveProperty('REDTHREAD_DATABASE_MATCHER_URL_FILE');
    expect(loadConfig({ env: matcher }).dataFolder).toBe(folder);
  });
});

it('knows where everybody would share the address of a proxy', () => {
  const [publicUrl, proxy] = ['https://redthread.example.org', '10.0.0.1'];
  expect(sharesOneAddress(load({}))).toBe(false);
  expect(sharesOneAddress(load({ REDTHREAD_PUBLIC_URL: publicUrl }))).toBe(true);
  expect(sharesOneAddress(load({ REDTHREAD_PUBLIC_URL: publicUrl, REDTHREAD_TRUSTED_PROXIES: proxy }))).toBe(false);
});
