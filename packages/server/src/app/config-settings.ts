// The table of settings: one row drives parsing, the refusal of unknown keys, and the check of docs/configuration.md.
import { availableParallelism } from 'node:os';

export type SettingKind = 'text' | 'path' | 'paths' | 'url' | 'addresses' | 'port' | 'count' | 'secret' | 'log-level';

export interface Setting {
  readonly key: string;
  readonly kind: SettingKind;
  /** As it would be written in the environment; `null`: nothing unless given. */
  readonly fallback: string | null;
  /** Smallest and largest value of a count. */
  readonly range?: readonly [number, number];
}

const setting = (
  key: string,
  kind: SettingKind,
  fallback: string | null = null,
  range?: readonly [number, number],
): Setting => (range === undefined ? { key, kind, fallback } : { key, kind, fallback, range });

const cores = String(availableParallelism());
/** One thread owns the indexes; what a memory is shared by is 8 at most. */
const searchThreads = String(Math.min(7, Math.max(1, availableParallelism() - 1)));

/** Every setting the program knows; a secret may also be given as `<KEY>_FILE`, the path of a file that holds it. */
export const SETTINGS: readonly Setting[] = [
  setting('REDTHREAD_DATA', 'path'),
  setting('REDTHREAD_VAULT', 'path'),
  setting('DATABASE_URL', 'secret'),
  setting('REDTHREAD_DATABASE_APP_URL', 'secret'),
  setting('REDTHREAD_DATABASE_WORKER_URL', 'secret'),
  setting('REDTHREAD_DATABASE_MATCHER_URL', 'secret'),
  setting('REDTHREAD_DATABASE_SEALER_URL', 'secret'),
  setting('REDTHREAD_DATABASE_OS_USER', 'text'),
  setting('REDTHREAD_MASTER_KEY', 'secret'),
  setting('REDTHREAD_OTHER_MASTER_KEY', 'secret'),
  setting('REDTHREAD_IN_PLACE_ROOTS', 'paths', ''),
  setting('REDTHREAD_HOST', 'text', '127.0.0.1'),
  setting('REDTHREAD_PORT', 'port', '4480'),
  setting('REDTHREAD_PUBLIC_URL', 'text'),
  setting('REDTHREAD_TRUSTED_PROXIES', 'addresses', ''),
  setting('REDTHREAD_TLS_CERT', 'path'),
  setting('REDTHREAD_TLS_KEY', 'path'),
  setting('REDTHREAD_SESSION_HOURS', 'count', '12', [1, 168]),
  setting('REDTHREAD_SESSION_IDLE_MINUTES', 'count', '60', [5, 10_080]),
  setting('REDTHREAD_USER', 'text'),
  setting('REDTHREAD_WORKERS', 'count', cores, [0, 1024]),
  setting('REDTHREAD_HASH_THREADS', 'count', cores, [1, 256]),
  setting('REDTHREAD_UPLOAD_OPEN_COUNT', 'count', '20000', [1, 10_000_000]),
  setting('REDTHREAD_UPLOAD_OPEN_MB', 'count', '1048576', [1, 1_000_000_000]),
  setting('REDTHREAD_UPLOAD_MB_PER_MINUTE', 'count', '120000', [1, 100_000_000]),
  setting('REDTHREAD_UPLOAD_KEEP_HOURS', 'count', '168', [1, 87_600]),
  setting('REDTHREAD_FLOOD_FILES', 'count', '1000', [2, 1_000_000_000]),
  setting('REDTHREAD_STANDING_SECONDS', 'count', '60', [1, 86_400]),
  setting('REDTHREAD_SEARCH_THREADS', 'count', searchThreads, [1, 7]),
  setting('REDTHREAD_CONNECTIONS_MEMORY_MB', 'count', '4096', [64, 1_048_576]),
  setting('REDTHREAD_MAX_PIXELS', 'count', '300000000', [1, 16_000_000_000]),
  setting('REDTHREAD_MAX_DECODE_MB', 'count', '512', [1, 1_048_576]),
  setting('REDTHREAD_DECODER_MEMORY_MB', 'count', '1536', [64, 1_048_576]),
  setting('REDTHREAD_DECODER_TIMEOUT_MS', 'count', '60000', [100, 3_600_000]),
  setting('REDTHREAD_ARCHIVE_MAX_DEPTH', 'count', '16', [0, 256]),
  setting('REDTHREAD_ARCHIVE_MAX_RATIO', 'count', '1000', [2, 1_000_000]),
  setting('REDTHREAD_ARCHIVE_MAX_ENTRIES', 'count', '2000000', [1, 1_000_000_000]),
  setting('REDTHREAD_DESTRUCTIONS', 'path'),
  setting('REDTHREAD_ANCHOR_FILE', 'path'),
  setting('REDTHREAD_ANCHOR_TSA_URL', 'url'),
  setting('REDTHREAD_ANCHOR_TSA_CA_FILE', 'path'),
  setting('REDTHREAD_ANCHOR_INTERVAL_S', 'count', '300', [1, 86_400]),
  setting('REDTHREAD_LOG_LEVEL', 'log-level', 'info'),
];

export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Names that may stand in the environment: the settings, and the `_FILE` form of each secret. */
export const KNOWN_KEYS: ReadonlySet<string> = new Set([
  ...SETTINGS.flatMap(({ key, kind }) => (kind === 'secret' ? [key, `${key}_FILE`] : [key])),
  // Where the tests find the reference vectors; a program that they start inherits it and has no use for it.
  'REDTHREAD_SHARED',
]);
