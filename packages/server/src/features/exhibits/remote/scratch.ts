// Room of a sender for contents that only stream by (large entries of archives): sealed under keys that exist in memory
// only, so that what a killed sender leaves behind is noise. The next one takes it away.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { makeOwnFolder } from '../../../app/own-folder.js';
import type { RandomAccess } from '../../../media/walk/index.js';
import { kindKey, Vault, type StagedObject } from '../../../store/index.js';
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

/** Errors: DISK_FULL, CONFIG_INVALID. */
export const openScratch = async (parent = tmpdir()): Promise<Scratch> => {
  const folder = makeOwnFolder('redthread-sender', parent);
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
