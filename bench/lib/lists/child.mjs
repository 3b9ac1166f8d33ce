// Reads or imports a list in a process of its own, so that its memory is its own: `child.mjs read FILE` or `child.mjs import FILE DATA POLARITY`.
// Prints one line of JSON.
import { openSync, readFileSync, readSync, createReadStream } from 'node:fs';
import { loadConfig } from '../../../packages/server/dist/app/config.js';
import { foundAsOwner } from '../../../packages/server/dist/features/accounts/index.js';
import { importList } from '../../../packages/server/dist/features/lists/index.js';
import { HEAD_BYTES, readList } from '../../../packages/server/dist/formats/lists/index.js';
import { openStore } from '../../../packages/server/dist/store/index.js';

const [, , command, file, data, polarity] = process.argv;

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
  const store = await openStore(loadConfig({ data }), { roles: ['app', 'owner'] });
  try {
    const ctx = await foundAsOwner(
      store,
      { name: 'Bench', country: 'ES' },
      { login: 'bench', displayName: 'Bench', roles: ['administrator', 'officer'], password: null, osAccount: null },
    );
    return await measured(async () => {
      await importList(store, ctx, { files: [file], name: 'bench', polarity });
    });
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

const result = command === 'read' ? await measured(read) : await importInto();
// `ru_maxrss` also counts what the process that started it held.
const peakMb = (Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'latin1'))[1]) * 1024) / 1e6;
process.stdout.write(`${JSON.stringify({ ...result, peakMb })}\n`);
