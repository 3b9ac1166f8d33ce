// Opens a package that somebody sent: nothing of it is believed before its seal, its signature and its digests hold.
import type { PackageManifest } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, isRedthreadError, saying } from '@redthread/core/errors';
import { sha256Of, sha256OfFile } from '../../disk/digest.js';
import { openPackage } from '../../formats/package/envelope.js';
import { readManifest } from '../../formats/package/manifest.js';
import { withContext, type ObjectReader, type Store } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { ownKeys, trustedPeer, type OwnKeys, type Peer } from './keys.js';

export interface CheckedPackage {
  readonly manifest: PackageManifest;
  /** Of the file. */
  readonly sha256: string;
  readonly sender: Peer;
  readonly own: OwnKeys;
  /** What it says of each media: a media set of VICS. */
  readonly content: { readonly sizeBytes: number; range(start?: number, end?: number): AsyncIterable<Buffer> };
}

/**
 * Calls `use` with a package that holds.
 * Errors: FORBIDDEN, SOURCE_UNREADABLE, PACKAGE_KEY_MISSING, PACKAGE_NOT_FOR_US, PACKAGE_PEER_UNKNOWN, PACKAGE_INVALID, KEY_MISSING.
 */
export const withPackage = async <T>(
  store: Store,
  ctx: Context,
  path: string,
  use: (checked: CheckedPackage) => Promise<T>,
): Promise<T> => {
  requireRight(ctx, 'import lists');
  const own = await withContext(store.app, ctx, (trx) => ownKeys(store, trx, ctx), { access: 'read only' });
  const { head, line, reader } = await openPackage(path, own);
  try {
    const { isBy, manifest } = await readManifest(reader, line);
    const sender = await withContext(store.app, ctx, (trx) => trustedPeer(trx, manifest.from.fingerprint), {
      access: 'read only',
    });
    if (!isBy(sender.signing)) throw invalid(`it was not signed by ${sender.name}`);
    if (manifest.to !== own.fingerprint || manifest.id !== head.id) throw invalid('it was made for another envelope');
    const { bytes, sha256 } = manifest.content;
    if ((await sha256Of(reader.range(0, bytes))) !== sha256) throw invalid('its content is not what its sender signed');
    return await use({
      manifest,
      sender,
      own,
      sha256: await sha256OfFile(path),
      content: part(reader, bytes),
    });
  } catch (error) {
    // Of the seal: a chunk that was changed.
    if (isRedthreadError(error) && error.code === 'VAULT_CORRUPT')
      throw fail('PACKAGE_INVALID', saying`its seal does not hold: ${error.detail}`, { cause: error });
    throw error;
  } finally {
    await reader.close();
  }
};

const invalid = (what: string): Error => fail('PACKAGE_INVALID', what);

const part = (reader: ObjectReader, sizeBytes: number): CheckedPackage['content'] => ({
  sizeBytes,
  range: (start = 0, end = sizeBytes) => reader.range(start, Math.min(end, sizeBytes)),
});
