// Lists of the field: how fast they are read and imported, in how much memory, and a million look-ups in thirty million. BENCH_SCALE=0.01 tries it on
// less; figures count at 1 only. Imports are by the clock, database included; reading alone is per second of processor time.
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ExactLists, ExactListWriter } from '../../packages/server/dist/lists/index.js';
import { drawNsrl, drawVics } from '../lib/lists/draw.mjs';

const SCALE = Number(process.env['BENCH_SCALE'] ?? 1);
const scaled = (count) => Math.max(1_000, Math.round(count * SCALE));
const VICS = scaled(1_000_000);
const NSRL = scaled(3_000_000);
const LISTED = scaled(30_000_000);
const ASKED = scaled(1_000_000);
const MEDIA = scaled(1_000_000);
const CHILD = fileURLToPath(new URL('../lib/lists/child.mjs', import.meta.url));
const run = promisify(execFile);

const child = async (...words) => JSON.parse((await run(process.execPath, [CHILD, ...words.map(String)])).stdout);

const files = new Map();

/** Drawn once, before anything is measured. */
const fileOf = (context, name) => {
  const draw = name === 'vics.json' ? drawVics : drawNsrl;
  if (!files.has(name)) {
    const path = join(context.tempDir, name);
    draw(path, name === 'vics.json' ? VICS : NSRL, context.seed);
    files.set(name, path);
  }
  return files.get(name);
};

const readRow = (name, file, count, what, bar) => ({
  name,
  unit: 'entries/s',
  better: 'higher',
  ...(bar === undefined ? {} : { bar }),
  run: async (context) => {
    const { entries, seconds, cpuSeconds, peakMb } = await child('read', fileOf(context, file));
    context.say(
      `  ${name}: ${entries} entries in ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of processor time, at most ${peakMb.toFixed(0)} MB resident`,
    );
    return {
      value: entries / cpuSeconds,
      n: entries,
      set: `${count.toLocaleString('en')} ${what}; read on one thread, per second of processor time`,
    };
  },
});

const imports = new Map();

/** Into an empty store of its own; asked by several rows of a run. */
const importOf = async (context, file, polarity) => {
  const key = `${context.run}/${file}`;
  if (!imports.has(key)) {
    const data = join(context.tempDir, `data-${imports.size}`);
    const result = await child('import', fileOf(context, file), data, polarity);
    rmSync(data, { recursive: true, force: true });
    context.say(
      `  ${file}: imported in ${result.seconds.toFixed(1)} s, ${result.cpuSeconds.toFixed(1)} s of processor time without the database, ` +
        `at most ${result.peakMb.toFixed(0)} MB resident`,
    );
    imports.set(key, result);
  }
  return imports.get(key);
};

const importRow = (name, file, polarity, count, what, bar) => ({
  name,
  unit: 'entries/s',
  better: 'higher',
  bar,
  runs: 1,
  run: async (context) => ({
    value: count / (await importOf(context, file, polarity)).seconds,
    n: count,
    set: `${count.toLocaleString('en')} ${what}; list import, to the version that counts, by the clock`,
  }),
});

/** A digest of 16 bytes that looks random: the first bytes of a product that repeats for no number here. */
const digestInto = (bytes, at, number) => {
  let state = Math.imul(number + 1, 0x9e3779b1);
  for (let word = 0; word < 4; word++) {
    state = Math.imul(state ^ (state >>> 16), 0x85ebca6b) + word;
    state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
    state ^= state >>> 16;
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(at + 4 * word, state);
  }
};

export const rows = [
  importRow('vics-import', 'vics.json', 'known-bad', VICS, 'entries of VICS 2.0 with two digests and PhotoDNA', 40_000),
  readRow('vics-read', 'vics.json', VICS, 'entries of VICS 2.0 with two digests and PhotoDNA'),
  importRow('nsrl-import', 'nsrl.db', 'known-good', NSRL, 'rows of RDS 3 with three digests', 300_000),
  readRow('nsrl-read', 'nsrl.db', NSRL, 'rows of RDS 3 with three digests'),
  {
    name: 'import-memory',
    unit: 'MB',
    better: 'lower',
    bar: 500,
    runs: 1,
    run: async (context) => ({
      value: Math.max(
        (await importOf(context, 'vics.json', 'known-bad')).peakMb,
        (await importOf(context, 'nsrl.db', 'known-good')).peakMb,
      ),
      n: VICS + NSRL,
      set: 'peak resident of the importing process, the larger of VICS and NSRL; the database apart',
    }),
  },
  {
    name: 'lookup-1m-in-30m',
    unit: 's',
    better: 'lower',
    bar: 10,
    run: async (context) => {
      const folder = join(context.tempDir, 'exact');
      if (!files.has(folder)) {
        const writer = ExactListWriter.open(folder);
        const list = { id: '00000000-0000-4000-8000-000000000001', agencyId: '00000000-0000-4000-8000-000000000002' };
        await writer.addRun('md5', [{ ...list, polarity: 'known-good' }], ({ add }) => {
          const digest = new Uint8Array(16);
          for (let i = 0; i < LISTED; i++) {
            digestInto(digest, 0, i);
            add(digest);
          }
        });
        writer.close();
        files.set(folder, folder);
      }
      const asked = new Uint8Array(16 * ASKED);
      // Half of them are on the list.
      for (let i = 0; i < ASKED; i++) digestInto(asked, 16 * i, i % 2 === 0 ? i % LISTED : LISTED + i);
      const lists = ExactLists.open(folder);
      try {
        const view = lists.viewFor({ lists: new Set(['00000000-0000-4000-8000-000000000001']) });
        const started = performance.now();
        const hits = view.count('md5', asked);
        const seconds = (performance.now() - started) / 1000;
        context.say(`  lookup: ${hits} of ${ASKED} in ${seconds.toFixed(2)} s`);
        return {
          value: seconds,
          n: ASKED,
          set: `${ASKED.toLocaleString('en')} MD5, half of them listed, in an exact list of ${LISTED.toLocaleString('en')} on disk`,
        };
      } finally {
        lists.close();
      }
    },
  },
  {
    name: 're-evaluate',
    unit: 's',
    better: 'lower',
    bar: 120,
    runs: 1,
    run: async (context) => {
      const data = join(context.tempDir, 'data-evaluated');
      const { seconds, hits, peakMb } = await child('evaluate', '-', data, LISTED, MEDIA);
      rmSync(data, { recursive: true, force: true });
      context.say(
        `  re-evaluate: ${hits} of ${MEDIA} media in ${seconds.toFixed(1)} s, at most ${peakMb.toFixed(0)} MB resident`,
      );
      return {
        value: seconds,
        n: MEDIA,
        set: `a list of ${LISTED.toLocaleString('en')} MD5 against ${MEDIA.toLocaleString('en')} media with three digests, every second on it; to the commit, by the clock`,
      };
    },
  },
];
