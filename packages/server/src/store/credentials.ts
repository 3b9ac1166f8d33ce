// Generated passwords of the database's roles: one private file a role, handed to child processes as a path only.
import { randomBytes } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../app/data-folder.js';
import { Secret } from '../app/secret.js';

export type CredentialName = 'superuser' | 'owner' | 'app' | 'worker' | 'matcher' | 'sealer';

export const credentialPath = (dataFolder: string, name: CredentialName): string =>
  join(dataFolder, 'credentials', name);

/** The password, or null when there is none yet. */
export const readCredential = async (dataFolder: string, name: CredentialName): Promise<Secret | null> => {
  try {
    const text = (await readFile(credentialPath(dataFolder, name), 'utf8')).trim();
    return text === '' ? null : new Secret(text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};

/** The password, made (256 random bits, mode 0600, on disk before it is used) when missing. */
export const readOrCreateCredential = async (dataFolder: string, name: CredentialName): Promise<Secret> => {
  const existing = await readCredential(dataFolder, name);
  if (existing !== null) return existing;
  makeFolder(join(dataFolder, 'credentials'), 0o700);
  const password = randomBytes(32).toString('base64url');
  const file = await open(credentialPath(dataFolder, name), 'w', 0o600);
  try {
    await file.writeFile(`${password}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return new Secret(password);
};
