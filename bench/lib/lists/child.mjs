// Reads, imports or evaluates a list in a process of its own, so that its memory is its own: `child.mjs read FILE`, `child.mjs import FILE DATA POLARITY`,
// `child.mjs evaluate - DATA ENTRIES MEDIA`. Prints one line of JSON.
import { createHash } from 'node:crypto';
import { openSync, readFileSync, readSync, createReadStream } from 'node:fs';
import { loadConfig } from '../../../packages/server/dist/app/config.js';
import { foundAsOwner } from '../../../packages/server/dist/features/accounts/index.js';
import { importList } from '../../../packages/server/dist/features/lists/index.js';
import { entryOf, HEAD_BYTES, readList } from '../../../packages/server/dist/formats/lists/index.js';
import { VersionWriter } from '../../../packages/server/dist/lists/index.js';
import { openStore } from '../../../packages/server/dist/store/index.js';
import { drawMedia, MEDIUM } from './draw-media.mjs';

const [, , command, file, data, ...rest] = process.argv;

const OWNER = {
  login: 'bench',
  displayName: 'Bench',
  roles: ['administrator', 'officer'],
  password: null,
  osAccount: null,
};

const read = async () => {
  const head = Buffer.alloc(HEAD_BYTES);
  const length = readSync(openSync(file), head, 0, HEAD_BYTES, 0);
  const { entries } = await readList({
    head: head.subarray(0, length),
    open: () => createReadStream(file, { highWaterMark: 2 ** 20 }),
    path: file,
  });
  let count = 0;
  for await (const batch of entries) count += batch.length;
  return count;
};

const importInto = async () => {
  const store = await openStore(loadConfig({ data }), { roles: ['app', 'owner', 'worker'] });
  try {
    const ctx = await foundAsOwner(store, { name: 'Bench', country: 'ES' }, OWNER);
    return await measured(async () => {
      await importList(store, ctx, { files: [file], name: 'bench', polarity: rest[0] });
    });
  } finally {
    await store.close();
  }
};

/** A list of `entries` MD5, on which every second of `media` media stands: how long until all of them are looked up and committed. */
const evaluate = async () => {
  const [entries, media] = rest.map(Number);
  const store = await openStore(loadConfig({ data }), { roles: ['app', 'owner', 'worker'] });
  try {
    const { actor } = await foundAsOwner(store, { name: 'Bench', country: 'ES' }, OWNER);
    await drawMedia(store.owner, actor.agencyId, media);
    const list = { id: '00000000-0000-4000-8000-000000000001', agencyId: actor.agencyId, polarity: 'known-bad' };
    const writer = await VersionWriter.open(store.lists.folders.build(list.id), list);
    const said = entryOf({ place: '' });
    for (let i = 0; i < entries; i++)
      writer.add({
        ...said,
        md5: createHash('md5')
          .update(`${MEDIUM}${2 * i}`)
          .digest('hex'),
      });
    const counts = await writer.finish();
    store.lists.folders.publish(list.id);
    let hits = 0;
    const result = await measured(() =>
      store.worker.transaction().execute(async (trx) => {
        await trx
          .insertInto('lists')
          .values({
            id: list.id,
            agency_id: list.agencyId,
            name: 'bench',
            polarity: list.polarity,
            version: '1',
            source_name: 'drawn',
            source_sha256: Buffer.alloc(32),
            entry_count: counts.digests,
            item_count: counts.entries,
            files_sha256: counts.checksum,
            created_by: actor.userId,
          })
          .execute();
        hits = await store.lists.markAll(trx, list);
      }),
    );
    return { ...result, hits };
  } finally {
    await store.close();
  }
};

/** By the clock, and of this process alone: the database works beside it. */
const measured = async (work) => {
  const started = performance.now();
  const cpu = process.cpuUsage();
  const entries = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { entries, seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 };
};

const COMMANDS = { read: () => measured(read), import: importInto, evaluate };
const result = await COMMANDS[command]();
// `ru_maxrss` also counts what the process that started it held.
const peakMb = (Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'latin1'))[1]) * 1024) / 1e6;
process.stdout.write(`${JSON.stringify({ ...result, peakMb })}\n`);
