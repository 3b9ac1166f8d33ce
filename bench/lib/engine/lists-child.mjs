// Builds or asks an exact list in a process of its own, so that its memory is its own: `lists-child.mjs build|ask|cold FOLDER COUNT SEED`.
// Prints one line of JSON.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExactLists, ExactListWriter } from '../../../packages/server/dist/lists/index.js';

const [, , command, folder, countText, seedText] = process.argv;
const count = Number(countText);
const seed = Number(seedText);

const KIND = 'sha256';
const BYTES = 32;
const ASKED = 400_000;
const ASKED_COLD = 5_000;

const uuid = (number) => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
const LISTS = ['known-bad', 'known-good', 'known-good', 'other'].map((polarity, i) => ({
  id: uuid(i + 1),
  agencyId: uuid(100 + i),
  polarity,
}));

/** The finalizer of MurmurHash3 (public domain). */
const mixed = (value) => {
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
};

/** The i-th drawn digest: the sum of two such functions falls as chance does, repeated words included. */
const drawInto = (bytes, at, i) => {
  for (let word = 0; word < BYTES / 4; word++) {
    const value =
      mixed(Math.imul(i, 0x9e3779b1) + word * 0x632be5ab) ^ mixed(i + seed * 0x2545f491 + word * 0x27d4eb2f);
    bytes[at + 4 * word] = value;
    bytes[at + 4 * word + 1] = value >>> 8;
    bytes[at + 4 * word + 2] = value >>> 16;
    bytes[at + 4 * word + 3] = value >>> 24;
  }
};

/** Of this program alone: `ru_maxrss` also counts what the process that started it held. */
const peakMb = () => (Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'latin1'))[1]) * 1024) / 1e6;

const answer = (result) => process.stdout.write(`${JSON.stringify({ ...result, peakMb: peakMb() })}\n`);

const build = async () => {
  const started = performance.now();
  const cpu = process.cpuUsage();
  const writer = ExactListWriter.open(folder);
  const record = await writer.addRun(KIND, LISTS, ({ add }) => {
    const digest = new Uint8Array(BYTES);
    for (let i = 0; i < count; i++) {
      drawInto(digest, 0, i);
      add(digest, i & 3, i);
    }
  });
  writer.close();
  const { user, system } = process.cpuUsage(cpu);
  const cpuSeconds = (user + system) / 1e6;
  answer({ seconds: (performance.now() - started) / 1000, cpuSeconds, bytes: record.bytes, entries: record.entries });
};

/** Random order; `share` of them are on a list. */
const questions = (asked, share, random) => {
  const digests = new Uint8Array(asked * BYTES);
  for (let i = 0; i < asked; i++)
    drawInto(
      digests,
      i * BYTES,
      random() < share ? Math.floor(random() * count) : count + Math.floor(random() * 2 ** 30),
    );
  return digests;
};

const randomOf = (start) => {
  let state = start | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
};

const opened = () => {
  const started = performance.now();
  const lists = ExactLists.open(folder);
  const view = lists.viewFor({ lists: new Set(LISTS.map(({ id }) => id)) });
  return { lists, view, loadSeconds: (performance.now() - started) / 1000 };
};

/** Each by a call of its own. */
const askEach = (view, digests) => {
  let hits = 0;
  for (let at = 0; at < digests.length; at += BYTES)
    if (view.find(digests.subarray(at, at + BYTES)).length > 0) hits += 1;
  return hits;
};

/** Questions a second of processor time. */
const rated = (digests, work) => {
  const started = process.cpuUsage();
  const hits = work(digests);
  const { user, system } = process.cpuUsage(started);
  return { rate: digests.length / BYTES / ((user + system) / 1e6), hits };
};

const ask = () => {
  const { lists, view, loadSeconds } = opened();
  lists.verify();
  const random = randomOf(seed * 7919 + Number(process.argv[6] ?? 0) * 104_729 + 3);
  askEach(view, questions(20_000, 0.5, random));
  const results = {};
  for (const [name, share] of Object.entries({ half: 0.5, hits: 1, misses: 0 }))
    results[name] = rated(questions(ASKED, share, random), (digests) => askEach(view, digests));
  results.batch = rated(questions(ASKED, 0.5, random), (digests) => view.count(KIND, digests));
  answer({ loadSeconds, indexMb: lists.residentBytes / 1e6, ...results });
};

const cold = () => {
  const { view, loadSeconds } = opened();
  const random = randomOf(seed * 15_485_863 + Number(process.argv[6] ?? 0) * 7 + 5);
  const digests = questions(ASKED_COLD, 0.5, random);
  const writer = ExactListWriter.open(folder);
  const [{ file }] = writer.runs;
  writer.close();
  // Takes the file out of the page cache (GNU dd: posix_fadvise).
  execFileSync('dd', [`if=${join(folder, file)}`, 'iflag=nocache', 'count=0', 'status=none']);
  const started = performance.now();
  const hits = askEach(view, digests);
  answer({ loadSeconds, rate: ASKED_COLD / ((performance.now() - started) / 1000), hits, asked: ASKED_COLD });
};

await { build, ask, cold }[command]();
