// What changed between two versions of an own list: digests that came and went, kind by kind, by going through both in their order.
// On record before a digest is told: against a version that holds nothing of it, the difference is the list.
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { DIGEST_KINDS, type DigestKind } from '@redthread/core/index';
import { audit, withContext, type Store } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { versionOf } from './queries.js';

export interface DigestChanges {
  readonly kind: DigestKind;
  readonly added: number;
  readonly removed: number;
  readonly same: number;
}

export interface ListDiff {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly changes: readonly DigestChanges[];
}

export type OnDigest = (change: 'added' | 'removed', kind: DigestKind, digest: string) => void;

/** Errors: FORBIDDEN, NOT_FOUND, INDEX_FILE_INVALID, INDEX_VERSION_UNSUPPORTED, INDEX_CHECKSUM_MISMATCH. */
export const diffList = async (
  store: Store,
  ctx: Context,
  { from, name, to }: { readonly name: string; readonly from: string; readonly to: string },
  onDigest: OnDigest = () => undefined,
): Promise<ListDiff> => {
  requireRight(ctx, 'export lists');
  const ids = await withContext(store.app, ctx, async (trx) => {
    const idOf = async (version: string): Promise<string> => {
      const id = await versionOf(trx, name, version);
      if (id === null)
        throw fail('NOT_FOUND', saying`version ${version} of list ${name}: see redthread list show ${name}`);
      return id;
    };
    const found = [await idOf(from), await idOf(to)] as const;
    await audit(trx, ctx, {
      type: 'list-diff',
      object: { kind: 'list', id: found[1] },
      detail: { name, from, to },
    });
    return found;
  });
  const { folders } = store.lists;
  const before = folders.of(ids[0]).openDigests();
  try {
    const after = folders.of(ids[1]).openDigests();
    try {
      const changes = DIGEST_KINDS.map((kind) => compare(kind, before.digests(kind), after.digests(kind), onDigest));
      return { name, from, to, changes };
    } finally {
      after.close();
    }
  } finally {
    before.close();
  }
};

const compare = (
  kind: DigestKind,
  before: Generator<string>,
  after: Generator<string>,
  onDigest: OnDigest,
): DigestChanges => {
  const counts = { added: 0, removed: 0, same: 0 };
  let [old, next] = [before.next(), after.next()];
  while (old.done !== true || next.done !== true) {
    if (next.done === true || (old.done !== true && old.value < next.value)) {
      counts.removed += 1;
      onDigest('removed', kind, old.value as string);
      old = before.next();
    } else if (old.done === true || next.value < old.value) {
      counts.added += 1;
      onDigest('added', kind, next.value);
      next = after.next();
    } else {
      counts.same += 1;
      [old, next] = [before.next(), after.next()];
    }
  }
  return { kind, ...counts };
};
