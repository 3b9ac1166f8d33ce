// How the embedded PostgreSQL is set: for ingest on a small machine, in UTC, reachable from this machine only.
import { createServer } from 'node:net';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

export type Address =
  | { readonly kind: 'socket'; readonly folder: string; readonly port: number }
  | { readonly kind: 'loopback'; readonly host: string; readonly port: number };

const SOCKET_PORT = 5432;
/** sun_path holds 108 bytes on Linux and 104 on macOS, the closing zero included. */
const LONGEST_SOCKET_PATH_BYTES = 103;

/** A socket inside the data folder when its path is short enough, else a free port on loopback. */
export const chooseAddress = async (socketFolder: string): Promise<Address> => {
  const path = join(socketFolder, `.s.PGSQL.${SOCKET_PORT}`);
  if (Buffer.byteLength(path) <= LONGEST_SOCKET_PATH_BYTES)
    return { kind: 'socket', folder: socketFolder, port: SOCKET_PORT };
  return { kind: 'loopback', host: '127.0.0.1', port: await freePort() };
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });

/** Encoding and locale whatever the environment says; `builtin` sorts alike on every system and after its updates. */
export const INITDB_ARGUMENTS: readonly string[] = [
  '--username=postgres',
  '--encoding=UTF8',
  // What is left to the C library (messages, number signs): macOS knows no C.UTF-8.
  process.platform === 'darwin' ? '--locale=C' : '--locale=C.UTF-8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--auth=scram-sha-256',
  '--data-checksums',
  '--no-instructions',
];

const SERVER_SETTINGS: Readonly<Record<string, string>> = {
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A worker a core, with its few connections, beside server, matcher and ingest.
  max_connections: String(Math.max(60, 30 + 5 * availableParallelism())),
  shared_buffers: '128MB',
  work_mem: '8MB',
  maintenance_work_mem: '128MB',
  synchronous_commit: 'on',
  wal_compression: 'on',
  // Ingest writes in bursts: fewer, longer checkpoints.
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: '0.9',
  // Plans for disks without moving parts, and none of the start-up cost of compiling them.
  random_page_cost: '1.1',
  jit: 'off',
  autovacuum_naptime: '20s',
  // A statement in the log could hold a path or a name: errors are logged, their statements are not.
  log_min_error_statement: 'panic',
  log_statement: 'none',
  log_line_prefix: '%m [%p] %u ',
};

/** Arguments of `postgres`; all of it may be seen in the process list, so nothing secret stands here. */
export const postgresArguments = (cluster: string, address: Address): string[] => {
  const listen: Readonly<Record<string, string>> =
    address.kind === 'socket'
      ? { listen_addresses: '', unix_socket_directories: address.folder, unix_socket_permissions: '0700' }
      : { listen_addresses: address.host, unix_socket_directories: '' };
  const settings = { ...SERVER_SETTINGS, ...listen, port: String(address.port) };
  return ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
};
