// Typed configuration from the environment and `--data`: unknown keys are refused by name, secrets may come from files.
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { fail } from '@redthread/core/errors';
import { KNOWN_KEYS, LOG_LEVELS, SETTINGS, type LogLevel, type Setting } from './config-settings.js';
import { reachableDefault } from './data-folder.js';
import { Secret } from './secret.js';
import type { TlsFiles } from './tls.js';

export const ROLES = ['app', 'worker', 'matcher', 'sealer'] as const;
/** A login role of the database; `owner` runs migrations only. */
export type Role = (typeof ROLES)[number];

/** Where a master key comes from; `default` is `<data>/keys/master.key`, and `next.key` beside it for the other one. */
export type MasterKeySource =
  | { readonly kind: 'given'; readonly value: Secret; readonly from: string }
  | { readonly kind: 'default'; readonly path: string };

export type DatabaseSource =
  | { readonly kind: 'embedded'; readonly osUser: string | null }
  | {
      readonly kind: 'external';
      readonly ownerUrl: Secret | null;
      readonly urls: Readonly<Partial<Record<Role, Secret>>>;
    };

/** What one API key, or one person who has signed in, may have under way towards exhibits. */
export interface UploadLimits {
  readonly openCount: number;
  readonly openBytes: number;
  readonly bytesPerMinute: number;
  readonly keepHours: number;
}

export interface Config {
  readonly dataFolder: string;
  /** The default folder that could not be used (a private home, as root); null when nothing moved. */
  readonly dataFolderMovedFrom: string | null;
  readonly vaultFolder: string;
  readonly database: DatabaseSource;
  readonly masterKey: MasterKeySource;
  /** While the master key is being changed: the other one of the two. */
  readonly otherMasterKey: MasterKeySource | null;
  readonly inPlaceRoots: readonly string[];
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | null;
  /** Addresses and networks of proxies whose word on the sender of a request is taken. */
  readonly trustedProxies: readonly string[];
  /** The certificate that the server itself speaks TLS with; null: it speaks plain HTTP. */
  readonly tls: TlsFiles | null;
  /** Login of the user that the command line acts as; null: the one bound to the account of the operating system. */
  readonly user: string | null;
  readonly workers: number;
  readonly hashThreads: number;
  readonly searchThreads: number;
  readonly connectionsMemoryMb: number;
  /** How long a session of the web lasts, and how long without a sign of its person. */
  readonly session: { readonly hours: number; readonly idleMinutes: number };
  readonly uploads: UploadLimits;
  /** A digest of a list that is in so many files is set aside. */
  readonly floodFiles: number;
  /** How often it is looked whether kept searches have anything new to look through. */
  readonly standingSeconds: number;
  readonly maxPixels: number;
  readonly maxDecodeBytes: number;
  readonly decoderMemoryMb: number;
  readonly decoderTimeoutMs: number;
  readonly archiveMaxDepth: number;
  readonly archiveMaxRatio: number;
  readonly archiveMaxEntries: number;
  /** Where records of destruction are kept, apart from store and backups; null: not configured. */
  readonly destructionsFolder: string | null;
  readonly anchors: AnchorSettings;
  readonly logLevel: LogLevel;
  /** Every setting that has a value, as it was given or by default, under its name. */
  readonly settings: ReadonlyMap<string, Secret>;
}

/** Whether people reach the instance by TLS: the server's own, or that of a proxy before it. */
export const isReachedByHttps = ({ publicUrl, tls }: Pick<Config, 'publicUrl' | 'tls'>): boolean =>
  tls !== null || (publicUrl?.startsWith('https:') ?? false);

/** Where heads of the record are left outside of the database; null: not there. */
export interface AnchorSettings {
  readonly file: string | null;
  readonly tsaUrl: string | null;
  /** Certificates, PEM, that the time-stamp authority must go back to; null: any authority is believed. */
  readonly tsaCaFile: string | null;
  readonly intervalMs: number;
}

export interface ConfigInput {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** `--data`: wins over REDTHREAD_DATA. */
  readonly data?: string | undefined;
  readonly cwd?: string;
}

const MEBIBYTE = 1024 * 1024;

/** Reads and checks the configuration. Errors: CONFIG_UNKNOWN_KEY, CONFIG_INVALID, each naming the key; ARGUMENT_INVALID. */
export const loadConfig = ({ env = process.env, data, cwd = process.cwd() }: ConfigInput = {}): Config => {
  refuseUnknown(env);
  const values = readValues(env);
  const text = (key: string): string | null => values.get(key) ?? null;
  const secret = (key: string): Secret | null => {
    const value = text(key);
    return value === null ? null : new Secret(value);
  };
  const count = (key: string): number => Number(values.get(key));

  if (data?.trim() === '') throw fail('ARGUMENT_INVALID', '--data names no folder', { pointer: 'data' });
  const wanted = data ?? text('REDTHREAD_DATA');
  const folder =
    wanted === null ? reachableDefault(resolve(cwd, '.redthread')) : { path: resolve(cwd, wanted), movedFrom: null };
  const path = (key: string): string | null => {
    const value = text(key);
    return value === null ? null : resolve(cwd, value);
  };
  const masterKey = secret('REDTHREAD_MASTER_KEY');
  const otherMasterKey = secret('REDTHREAD_OTHER_MASTER_KEY');
  const given = (key: string, value: Secret): MasterKeySource => ({ kind: 'given', value, from: sourceName(env, key) });
  return {
    dataFolder: folder.path,
    dataFolderMovedFrom: folder.movedFrom,
    vaultFolder: resolve(cwd, text('REDTHREAD_VAULT') ?? resolve(folder.path, 'vault')),
    database: databaseSource(secret, text('REDTHREAD_DATABASE_OS_USER')),
    masterKey:
      masterKey === null
        ? { kind: 'default', path: resolve(folder.path, 'keys', 'master.key') }
        : given('REDTHREAD_MASTER_KEY', masterKey),
    otherMasterKey:
      otherMasterKey !== null
        ? given('REDTHREAD_OTHER_MASTER_KEY', otherMasterKey)
        : masterKey === null
          ? { kind: 'default', path: resolve(folder.path, 'keys', 'next.key') }
          : null,
    inPlaceRoots: (text('REDTHREAD_IN_PLACE_ROOTS') ?? '')
      .split(':')
      .filter((root) => root !== '')
      .map((root) => resolve(cwd, root)),
    host: text('REDTHREAD_HOST') ?? '127.0.0.1',
    port: count('REDTHREAD_PORT'),
    publicUrl: text('REDTHREAD_PUBLIC_URL'),
    trustedProxies: addressesOf(text('REDTHREAD_TRUSTED_PROXIES') ?? ''),
    tls: tlsFiles(path('REDTHREAD_TLS_CERT'), path('REDTHREAD_TLS_KEY')),
    user: text('REDTHREAD_USER'),
    workers: count('REDTHREAD_WORKERS'),
    hashThreads: count('REDTHREAD_HASH_THREADS'),
    searchThreads: count('REDTHREAD_SEARCH_THREADS'),
    connectionsMemoryMb: count('REDTHREAD_CONNECTIONS_MEMORY_MB'),
    session: { hours: count('REDTHREAD_SESSION_HOURS'), idleMinutes: count('REDTHREAD_SESSION_IDLE_MINUTES') },
    uploads: {
      openCount: count('REDTHREAD_UPLOAD_OPEN_COUNT'),
      openBytes: count('REDTHREAD_UPLOAD_OPEN_MB') * MEBIBYTE,
      bytesPerMinute: count('REDTHREAD_UPLOAD_MB_PER_MINUTE') * MEBIBYTE,
      keepHours: count('REDTHREAD_UPLOAD_KEEP_HOURS'),
    },
    floodFiles: count('REDTHREAD_FLOOD_FILES'),
    standingSeconds: count('REDTHREAD_STANDING_SECONDS'),
    maxPixels: count('REDTHREAD_MAX_PIXELS'),
    maxDecodeBytes: count('REDTHREAD_MAX_DECODE_MB') * MEBIBYTE,
    decoderMemoryMb: count('REDTHREAD_DECODER_MEMORY_MB'),
    decoderTimeoutMs: count('REDTHREAD_DECODER_TIMEOUT_MS'),
    archiveMaxDepth: count('REDTHREAD_ARCHIVE_MAX_DEPTH'),
    archiveMaxRatio: count('REDTHREAD_ARCHIVE_MAX_RATIO'),
    archiveMaxEntries: count('REDTHREAD_ARCHIVE_MAX_ENTRIES'),
    destructionsFolder: path('REDTHREAD_DESTRUCTIONS'),
    anchors: {
      file: path('REDTHREAD_ANCHOR_FILE'),
      tsaUrl: text('REDTHREAD_ANCHOR_TSA_URL'),
      tsaCaFile: path('REDTHREAD_ANCHOR_TSA_CA_FILE'),
      intervalMs: count('REDTHREAD_ANCHOR_INTERVAL_S') * 1_000,
    },
    logLevel: values.get('REDTHREAD_LOG_LEVEL') as LogLevel,
    settings: new Map([...values].map(([key, value]) => [key, new Secret(value)])),
  };
};

const MASTER_KEYS = ['REDTHREAD_MASTER_KEY', 'REDTHREAD_OTHER_MASTER_KEY'];

const refuseUnknown = (env: Readonly<Record<string, string | undefined>>): void => {
  const unknown = Object.keys(env).filter((key) => key.startsWith('REDTHREAD_') && !KNOWN_KEYS.has(key));
  if (unknown.length > 0) throw fail('CONFIG_UNKNOWN_KEY', unknown.sort().join(', '));
};

const readValues = (env: Readonly<Record<string, string | undefined>>): Map<string, string> => {
  const values = new Map<string, string>();
  for (const setting of SETTINGS) {
    const value = readOne(env, setting) ?? setting.fallback;
    if (value === null) continue;
    check(setting, value);
    values.set(setting.key, value);
  }
  return values;
};

/** An empty variable counts as not given: compose files write `KEY=` for "no value". */
const readOne = (env: Readonly<Record<string, string | undefined>>, { key, kind }: Setting): string | null => {
  const direct = env[key] === '' ? undefined : env[key];
  const file = kind === 'secret' ? env[`${key}_FILE`] : undefined;
  if (file === undefined || file === '') return direct ?? null;
  if (direct !== undefined) throw fail('CONFIG_INVALID', `${key} and ${key}_FILE are both given: keep one`);
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    // A key that lies elsewhere and is not mounted is "missing", not a typing error: the server starts read-only.
    if (MASTER_KEYS.includes(key) && (cause as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw fail('CONFIG_INVALID', `${key}_FILE cannot be read: ${file}`, { cause });
  }
};

const check = ({ key, kind, range }: Setting, value: string): void => {
  if (kind === 'count' || kind === 'port') {
    const [low, high] = kind === 'port' ? [0, 65_535] : (range ?? [0, Number.MAX_SAFE_INTEGER]);
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < low || number > high)
      throw fail('CONFIG_INVALID', `${key}=${value}: a whole number from ${low} to ${high} is expected`);
  }
  const strange = kind === 'addresses' ? addressesOf(value).find((one) => !isProxy(one)) : undefined;
  if (strange !== undefined)
    throw fail('CONFIG_INVALID', `${key}=${value}: ${strange} is neither an address nor a network such as 10.0.0.0/8`);
  if (kind === 'url' && !/^https?:$/.test(URL.canParse(value) ? new URL(value).protocol : ''))
    throw fail('CONFIG_INVALID', `${key}=${value}: an address that begins with http:// or https:// is expected`);
  if (kind === 'log-level' && !(LOG_LEVELS as readonly string[]).includes(value))
    throw fail('CONFIG_INVALID', `${key}=${value}: one of ${LOG_LEVELS.join(', ')} is expected`);
};

const addressesOf = (list: string): string[] =>
  list
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** An address, or a network such as 10.0.0.0/8; never all of them, which would let anybody name any sender. */
const isProxy = (text: string): boolean => {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(address);
  if (version === 0) return false;
  return bits === undefined || (Number(bits) > 0 && Number(bits) <= (version === 4 ? 32 : 128));
};

const tlsFiles = (certificate: string | null, key: string | null): TlsFiles | null => {
  if (certificate === null && key === null) return null;
  if (certificate === null || key === null)
    throw fail('CONFIG_INVALID', 'REDTHREAD_TLS_CERT and REDTHREAD_TLS_KEY are given together, or neither');
  return { certificate, key };
};

const databaseSource = (secret: (key: string) => Secret | null, osUser: string | null): DatabaseSource => {
  const ownerUrl = secret('DATABASE_URL');
  const urls: Partial<Record<Role, Secret>> = {};
  for (const role of ROLES) {
    const url = secret(`REDTHREAD_DATABASE_${role.toUpperCase()}_URL`);
    if (url !== null) urls[role] = url;
  }
  return ownerUrl === null && Object.keys(urls).length === 0
    ? { kind: 'embedded', osUser }
    : { kind: 'external', ownerUrl, urls };
};

const sourceName = (env: Readonly<Record<string, string | undefined>>, key: string): string =>
  env[`${key}_FILE`] === undefined || env[`${key}_FILE`] === '' ? key : `${key}_FILE (${env[`${key}_FILE`]})`;
