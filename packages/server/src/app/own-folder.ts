// A folder of this process alone, for files that pass through or are about to leave: nobody else on the machine reads it, and what a killed
// process leaves is taken away by the next.
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, ownIdentity } from '../store/embedded/process-identity.js';

const OWNER_ONLY = 0o700;
const host = hostname().replaceAll('~', '-');

/** Takes away what dead processes of this machine have left under `prefix`, as far as it is ours to take. */
export const clearDeadFolders = (prefix: string, parent = tmpdir()): void => {
  for (const name of readdirSync(parent)) {
    const [what, where, identity, more] = name.split('~');
    if (what !== prefix || where !== host || identity === undefined || more === undefined || isAlive(identity))
      continue;
    try {
      rmSync(join(parent, name), { recursive: true, force: true });
    } catch {
      // Another user's.
    }
  }
};

export const makeOwnFolder = (prefix: string, parent = tmpdir()): string => {
  clearDeadFolders(prefix, parent);
  const path = join(parent, `${prefix}~${host}~${ownIdentity}~${randomBytes(6).toString('hex')}`);
  mkdirSync(path, { mode: OWNER_ONLY });
  return path;
};
