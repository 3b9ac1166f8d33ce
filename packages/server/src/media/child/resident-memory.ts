// Watches the resident memory of a child from outside: RLIMIT_DATA alone misses what is mapped, and exists on Linux only.
import { readFileSync } from 'node:fs';

const PAGE_BYTES = 4096;
const POLL_MS = 50;

/** Resident set of a process in megabytes; 0 where /proc does not exist or the process is gone. */
export const residentMb = (pid: number): number => {
  try {
    return (Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * PAGE_BYTES) / 2 ** 20;
  } catch {
    return 0;
  }
};

export interface MemoryWatch {
  /** Highest resident set seen so far, megabytes. */
  peakMb(): number;
  stop(): void;
}

/** Polls until `stop`; calls `onExceeded` once when the resident set passes the limit. */
export const watchMemory = (pid: number, limitMb: number, onExceeded: () => void): MemoryWatch => {
  let peakMb = 0;
  const timer = setInterval(() => {
    peakMb = Math.max(peakMb, residentMb(pid));
    if (peakMb <= limitMb) return;
    clearInterval(timer);
    onExceeded();
  }, POLL_MS);
  timer.unref();
  return { peakMb: () => peakMb, stop: () => clearInterval(timer) };
};
