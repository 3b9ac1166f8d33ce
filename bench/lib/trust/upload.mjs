// What the network protocol takes: an exhibit sent to a server on this machine, against the same files taken in locally.
import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { newSecret } from '../../../packages/server/dist/features/accounts/secrets.js';
import { warm } from '../ingest/sets.mjs';
import { openWorld, PROGRAM } from '../ingest/world.mjs';

const SCALE = Number(process.env['BENCH_SCALE'] ?? 1);
/** As a telephone has them: many the size of a photograph, a few the size of a film. */
const PHOTOS = Math.max(10, Math.round(300 * SCALE));
const PHOTO_BYTES = 1_000_000;
const FILMS = Math.max(1, Math.round(4 * SCALE));
const FILM_BYTES = 50_000_000;

const MB = 1e6;
const TOTAL_BYTES = PHOTOS * PHOTO_BYTES + FILMS * FILM_BYTES;

/** Bytes that no two files share and nothing can compress, the same for a seed. */
const drawBytes = (name, bytes) => createHash('shake256', { outputLength: bytes }).update(name).digest();

/** Files that no decoder opens: what is measured is digests, transport, sealing and rows, not pictures. */
export const prepare = ({ seed, tempDir }) => {
  const folder = join(tempDir, 'to-send');
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < PHOTOS; i += 1)
    writeFileSync(join(folder, `data-${i}.bin`), drawBytes(`photo ${seed} ${i}`, PHOTO_BYTES));
  for (let i = 0; i < FILMS; i += 1)
    writeFileSync(join(folder, `long-${i}.bin`), drawBytes(`film ${seed} ${i}`, FILM_BYTES));
  return folder;
};

/** A file with a key of the world's officer that may ingest. */
const writeKey = async (world, folder) => {
  const { secret, hash } = newSecret('rt_');
  const user = await world.store.owner.selectFrom('users').select(['id', 'agency_id']).executeTakeFirstOrThrow();
  await world.store.owner
    .insertInto('api_keys')
    .values({
      agency_id: user.agency_id,
      user_id: user.id,
      name: 'sender',
      key_hash: hash,
      scopes: ['ingest', 'read'],
      expires_at: new Date(Date.now() + 3_600_000),
    })
    .execute();
  const path = join(folder, `${randomUUID()}.key`);
  writeFileSync(path, `${secret}\n`, { mode: 0o600 });
  return path;
};

/** `redthread serve` as a process on a free port of this machine. */
const serve = async (world) => {
  const env = { ...process.env, REDTHREAD_LOG_LEVEL: 'warn' };
  const args = [PROGRAM, 'serve', '--port', '0', '--data', world.config.dataFolder];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const url = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([line]) => line),
    ended.then(([code]) => Promise.reject(new Error(`redthread serve ended with ${code}`))),
  ]);
  return {
    url,
    close: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};

const ingestLocally = async (context, folder) => {
  const world = await openWorld(context);
  try {
    return (await world.ingest(folder, 'local', { wait: false })).seconds;
  } finally {
    await world.close();
  }
};

const ingestRemotely = async (context, folder) => {
  const world = await openWorld(context);
  try {
    const keyFile = await writeKey(world, context.tempDir);
    const server = await serve(world);
    try {
      const over = { wait: false, server: server.url, keyFile };
      return (await world.ingest(folder, 'remote', over)).seconds;
    } finally {
      await server.close();
    }
  } finally {
    await world.close();
  }
};

export const rows = [
  {
    name: 'upload-rate',
    unit: 'MB/s',
    better: 'higher',
    run: async (context, { upload }) => {
      warm(upload);
      // In turns, so that neither always finds the machine as the other left it.
      const both = [
        ['remote', ingestRemotely],
        ['local', ingestLocally],
      ];
      const rate = {};
      for (const [name, ingest] of context.run % 2 === 0 ? both : both.reverse())
        rate[name] = TOTAL_BYTES / MB / (await ingest(context, upload));
      return {
        value: rate.remote,
        n: PHOTOS + FILMS,
        set: `${PHOTOS} files of ${PHOTO_BYTES / MB} MB and ${FILMS} of ${FILM_BYTES / MB} MB, no pictures, sent over loopback until all is stored`,
        peer: 'the same files taken in locally',
        peerVersion: null,
        peerValue: rate.local,
      };
    },
  },
];
