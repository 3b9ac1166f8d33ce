// One writer at a time: each puts a file with its name into the folder and looks for others. Of two that come together neither may write, never
// both; what a dead process left is taken away.
import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fail } from '@redthread/core/errors';
import { FILE_MODE } from '../disk/whole-file.js';
import { isAlive, ownIdentity } from '../store/embedded/process-identity.js';

const PREFIX = 'writer~';
const ownHost = hostname().replaceAll('~', '-');

/** Answers what lets go of it. Errors: INDEX_BUSY naming the file of the other writer. */
export const takeWriterLock = (folder: string): (() => void) => {
  const own = `${PREFIX}${ownHost}~${ownIdentity}~${randomBytes(6).toString('hex')}`;
  writeFileSync(join(folder, own), '', { mode: FILE_MODE, flag: 'wx' });
  const letGo = (): void => rmSync(join(folder, own), { force: true });
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(PREFIX) || name === own) continue;
    const [, host, identity] = name.split('~');
    // Of another machine it cannot be told: a person takes that file away.
    if (host === ownHost && identity !== undefined && !isAlive(identity)) {
      rmSync(join(folder, name), { force: true });
      continue;
    }
    letGo();
    throw fail('INDEX_BUSY', `${join(folder, name)}: delete it if that process is gone`);
  }
  return letGo;
};
