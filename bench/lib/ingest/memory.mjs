// Summed proportional set size of a process with all below it, and of the PostgreSQL of its data folder.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const SAMPLE_MS = 500;

const readOrNull = (read) => {
  try {
    return read();
  } catch {
    return null;
  }
};

const processes = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = readOrNull(() => readFileSync(`/proc/${name}/stat`, 'latin1'));
      if (stat === null) return [];
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      return [{ pid: Number(name), parent, folder: readOrNull(() => readlinkSync(`/proc/${name}/cwd`)) ?? '' }];
    });

/** PostgreSQL detaches itself; it is known by the folder it works in. */
const ours = (rootPid, dataFolder) => {
  const all = processes();
  const found = new Set(
    all.filter(({ pid, folder }) => pid === rootPid || folder.startsWith(dataFolder)).map(({ pid }) => pid),
  );
  for (let size = 0; size !== found.size;) {
    size = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  }
  return [...found];
};

const pssKilobytes = (pid) => {
  const rollup = readOrNull(() => readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'));
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup ?? '')?.[1] ?? 0);
};

/** Samples twice a second until `stop`; `peakMb` answers the peak so far in MB (10^6 bytes). */
export const watchMemory = (rootPid, dataFolder) => {
  let peakMb = 0;
  const sample = () => {
    const total = ours(rootPid, dataFolder).reduce((sum, pid) => sum + pssKilobytes(pid), 0);
    peakMb = Math.max(peakMb, (total * 1024) / 1e6);
  };
  const timer = setInterval(sample, SAMPLE_MS);
  return { peakMb: () => peakMb, stop: () => clearInterval(timer) };
};
