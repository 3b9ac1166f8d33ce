// Who uses the running database: one file a member, named by a process identity. A member that was killed -9 is not
// alive and so does not count; the last living one to leave stops the database.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive, ownIdentity } from './process-identity.js';

let joined = 0;

/** Adds this process once more; the answer is the name to leave with. */
export const addMember = async (folder: string): Promise<string> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  joined += 1;
  const name = `${ownIdentity}.${joined}`;
  await writeFile(join(folder, name), '');
  return name;
};

export const removeMember = (folder: string, name: string): Promise<void> => rm(join(folder, name), { force: true });

/** How many members live; files of dead ones are cleared away. */
export const livingMembers = async (folder: string): Promise<number> => {
  let living = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    if (isAlive(name.slice(0, name.lastIndexOf('.')))) living += 1;
    else await rm(join(folder, name), { force: true });
  }
  return living;
};
