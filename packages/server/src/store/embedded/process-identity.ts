// Names a process so that the name is never used again: pid and start time, because pids are reused (after a restart
// of a container the same small numbers come back at once).
import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

/** `<pid>-<start>`; start is in clock ticks since boot on Linux, else text of `ps`. */
export type ProcessIdentity = string;

/** Identity of a living process; null when it is gone or only a zombie that nobody has reaped. */
export const identityOf = (pid: number): ProcessIdentity | null => {
  if (process.platform !== 'linux') return identityByPs(pid);
  try {
    // proc(5): the name in parentheses may hold anything, so fields are counted from the last parenthesis.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? null : `${pid}-${fields[19]}`;
  } catch {
    return null;
  }
};

const identityByPs = (pid: number): ProcessIdentity | null => {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return line === '' || line.startsWith('Z') ? null : `${pid}-${line.replace(/^\S+\s+/, '').replace(/[^\w]/g, '')}`;
  } catch {
    return null;
  }
};

export const ownIdentity: ProcessIdentity = identityOf(process.pid) ?? `${process.pid}-unknown`;

export const isAlive = (identity: ProcessIdentity): boolean => {
  const pid = Number.parseInt(identity, 10);
  return identity === ownIdentity || (Number.isSafeInteger(pid) && pid > 0 && identityOf(pid) === identity);
};

/** Path of the program a process runs, or null when it cannot be told; a deleted one ends in ` (deleted)`. */
export const programOf = (pid: number): string | null => {
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/exe`);
    return execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
};
