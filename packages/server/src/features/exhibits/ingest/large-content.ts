// Contents too large for memory: they stream by once and are hashed and sealed on the way, under a key that is kept when
// the content turns out to be new.
import { randomBytes } from 'node:crypto';
import { fail, saying } from '@redthread/core/errors';
import { identifyFurther, IDENTIFY_BYTES } from '../../../media/identify/index.js';
import { kindKey, newKey, type StagedObject, type Vault } from '../../../store/index.js';
import { Digester, unpackDigests, type Digests } from './digests.js';
import type { HashedFile } from './hash-messages.js';
import type { SealWish } from './store-batch.js';

export interface LargeContent {
  readonly hashed: HashedFile;
  readonly digests: Digests;
  readonly staged: StagedObject;
  readonly sealedWith: Buffer;
}

/** Hashes and seals a stream. Errors: what the stream fails with; DISK_FULL. */
export const sealStream = async (vault: Vault, stream: AsyncIterable<Uint8Array>): Promise<LargeContent> => {
  const sealedWith = newKey();
  const sealer = vault.stageStream(kindKey(sealedWith, 'original'));
  try {
    const digester = new Digester();
    let head = Buffer.alloc(0);
    let sizeBytes = 0;
    for await (const piece of stream) {
      if (head.length < IDENTIFY_BYTES) head = Buffer.concat([head, piece.subarray(0, IDENTIFY_BYTES - head.length)]);
      digester.update(piece);
      sizeBytes += piece.length;
      await sealer.write(piece);
    }
    const staged = await sealer.finish('');
    const { mime, kind } = await identifyFurther(head, sizeBytes);
    const hashed: HashedFile = { ok: true, sizeBytes, mime, kind, statKey: null };
    return { hashed, digests: unpackDigests(digester.finish(), 0), staged, sealedWith };
  } catch (error) {
    await sealer.abort();
    throw error;
  }
};

/** What a batch of one large content does when it is asked to seal it: take, seal again under another key, or discard. */
export const sealedOnTheWay =
  (vault: Vault, staged: StagedObject, sealedWith: Buffer) =>
  async ([wish]: readonly SealWish[]): Promise<StagedObject[]> => {
    if (wish === undefined) {
      await vault.discard([staged]);
      return [];
    }
    const named = { ...staged, name: wish.name };
    return [wish.dataKey.equals(sealedWith) ? named : await sealedAgain(vault, named, sealedWith, wish.dataKey)];
  };

/** The media has a key already (its bytes lay in place so far): the sealed bytes move under it. */
const sealedAgain = async (
  vault: Vault,
  staged: StagedObject,
  oldKey: Buffer,
  newDataKey: Buffer,
): Promise<StagedObject> => {
  const scratch = randomBytes(32).toString('hex');
  await vault.commit([{ ...staged, name: scratch }]);
  const sealer = vault.stageStream(kindKey(newDataKey, 'original'));
  try {
    for await (const piece of vault.openRange(scratch, kindKey(oldKey, 'original'))) await sealer.write(piece);
    const again = await sealer.finish(staged.name);
    if (again.sizeBytes !== staged.sizeBytes)
      throw fail('VAULT_CORRUPT', saying`${staged.name} changed while it was sealed again`);
    return again;
  } catch (error) {
    await sealer.abort();
    throw error;
  } finally {
    await vault.remove(scratch);
  }
};
