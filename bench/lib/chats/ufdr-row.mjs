// Row `ufdr-memory` of the suite `chats`: the most memory that a process takes which reads a phone report of 2 GB, what writes it included.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const CHILD = fileURLToPath(new URL('./ufdr-child.mjs', import.meta.url));
const GB = 1e9;

export const ufdrRow = {
  name: 'ufdr-memory',
  unit: 'MB',
  better: 'lower',
  bar: 500,
  runs: 1,
  run: async ({ seed, say }) => {
    const bytes = Math.round(2 * GB * Number(process.env['BENCH_SCALE'] ?? 1));
    say(`a report of ${(bytes / 1e6).toFixed(0)} MB`);
    const { stdout } = await promisify(execFile)(process.execPath, [CHILD, String(seed), String(bytes)]);
    const read = JSON.parse(stdout);
    if (!read.isWhole) throw new Error(`not all of the report was read: ${stdout}`);
    return {
      value: read.peakMb,
      n: read.files + read.messages,
      set: `drawn report of ${(read.bytes / 1e6).toFixed(0)} MB of XML, ${read.files} files, ${read.messages} messages in ${read.chats} chats, in one process with what writes it: ${(read.bytes / 1e6 / read.seconds).toFixed(0)} MB/s`,
    };
  },
};
