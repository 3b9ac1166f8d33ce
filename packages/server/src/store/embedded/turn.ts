// Mutual exclusion between processes through a folder: Lamport's bakery (CACM 17(8), 1974). Nothing has to be broken
// by force after a kill -9: a ticket whose process is dead simply does not count.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, ownIdentity } from './process-identity.js';

const POLL_MS = 15;
let calls = 0;

/** Runs `fn` while no other process (or other caller in this one) runs inside a turn on the same folder. */
export const takeTurn = async <T>(folder: string, fn: () => Promise<T>): Promise<T> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  calls += 1;
  // Several callers in one process are told apart by the part after the dot.
  const me = `${ownIdentity}.${calls}`;
  const choosing = join(folder, `choosing_${me}`);
  await writeFile(choosing, '');
  const number = 1 + Math.max(0, ...(await tickets(folder)).map((ticket) => ticket.number));
  const mine = join(folder, `ticket_${String(number)}_${me}`);
  await writeFile(mine, '');
  await rm(choosing, { force: true });
  try {
    while (await someoneIsBefore(folder, number, me)) await sleep(POLL_MS);
    return await fn();
  } finally {
    await rm(mine, { force: true });
  }
};

interface Ticket {
  readonly number: number;
  readonly holder: string;
}

const holderLives = (holder: string): boolean => isAlive(holder.slice(0, holder.lastIndexOf('.')));

const tickets = async (folder: string): Promise<Ticket[]> => {
  const found: Ticket[] = [];
  for (const name of await readdir(folder)) {
    const match = /^ticket_(\d+)_(.+)$/.exec(name);
    if (match?.[1] !== undefined && match[2] !== undefined) found.push({ number: Number(match[1]), holder: match[2] });
  }
  return found;
};

const someoneIsBefore = async (folder: string, number: number, me: string): Promise<boolean> => {
  for (const name of await readdir(folder)) {
    const [kind, ...rest] = name.split('_');
    const holder = rest.at(-1);
    if (holder === undefined || holder === me) continue;
    const before = kind === 'choosing' || Number(rest[0]) < number || (Number(rest[0]) === number && holder < me);
    if (!before) continue;
    if (holderLives(holder)) return true;
    await rm(join(folder, name), { force: true });
  }
  return false;
};
