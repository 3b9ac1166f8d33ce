// Room of a sender for contents that only stream by (large entries of archives): sealed under keys that exist in memory
// only, so that what a killed sender leaves behind is noise. The next one takes it away.
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RandomAccess } from '../../../media/walk/index.js';
import { kindKey, Vault, type StagedObject } from '../../../store/index.js';
import { isAlive, ownIdentity } from '../../../store/embedded/process-identity.js';
import { chunkAccess } from '../ingest/sealed-access.js';

/** A content in the scratch. */
export interface Kept {
  readonly name: string;
  readonly key: Buffer;
  readonly sizeBytes: number;
}

export interface Scratch {
  readonly vault: Vault;
  keep(staged: StagedObject, dataKey: Buffer): Promise<Kept>;
  /** Part of a content. */
  read(kept: Kept, start: number, end: number): AsyncIterable<Uint8Array>;
  /** The bytes of a content, which is removed when they are closed. */
  access(kept: Kept): Promise<RandomAccess>;
  remove(kept: Kept): Promise<void>;
  close(): void;
}

const PREFIX = 'redthread-sender';
const NAME = new RegExp(`^${PREFIX}~([^~]*)~([^~]*)~`);
const host = hostname().replaceAll('~', '-');

/** Takes away what dead senders of this machine have left. */
const clearDead = (parent: string): void => {
  for (const name of readdirSync(parent)) {
    const [, where, identity] = NAME.exec(name) ?? [];
    if (where === host && identity !== undefined && !isAlive(identity))
      rmSync(join(parent, name), { recursive: true, force: true });
  }
};

/** Errors: DISK_FULL, CONFIG_INVALID. */
export const openScratch = async (parent = tmpdir()): Promise<Scratch> => {
  clearDead(parent);
  const folder = join(parent, `${PREFIX}~${host}~${ownIdentity}~${randomBytes(6).toString('hex')}`);
  mkdirSync(folder, { mode: 0o700 });
  const vault = await Vault.open(folder);
  const remove = ({ name }: Kept): Promise<void> => vault.remove(name);
  return {
    vault,
    keep: async (staged, dataKey) => {
      const name = randomBytes(32).toString('hex');
      await vault.commit([{ ...staged, name, synced: true }]);
      return { name, key: kindKey(dataKey, 'original'), sizeBytes: staged.sizeBytes };
    },
    read: ({ name, key }, start, end) => vault.openRange(name, key, start, end),
    access: async (kept) => {
      const access = chunkAccess(await vault.openObject(kept.name, kept.key));
      return {
        ...access,
        close: async () => {
          await access.close?.();
          await remove(kept);
        },
      };
    },
    remove,
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
};
