// A package for another agency: gone through, put on record and in the ledger as any export that is for somebody; then written, sealed to the receiver's key
// and signed with the own. No content is in it: digests, what was measured, what was decided here, and apart from it what lists say.
import { createHash } from 'node:crypto';
import type { ExchangeSummary, PackageAsk, PackageManifest } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { NO_GRAPH } from '../../formats/exchange/graph.js';
import { newEnvelope, sealedPackage } from '../../formats/package/envelope.js';
import { manifestBytes } from '../../formats/package/manifest.js';
import { withContext, type Store } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { requireWritable } from '../cases/index.js';
import { digested, exportText, keepDigest, pagesOf, prepareExport, putOnRecord } from '../exchange/index.js';
import { ownKeys, trustedPeer, type OwnKeys, type Peer } from './keys.js';

export interface BegunPackage {
  /** Of its line in the ledger too. */
  readonly id: string;
  readonly summary: ExchangeSummary;
  readonly fingerprint: string;
  /** Written as it is taken; its digest is in the ledger once all of it was. */
  readonly bytes: AsyncGenerator<Buffer, void, void>;
}

/** What one would hold; nothing leaves. Errors: FORBIDDEN, PACKAGE_PEER_UNKNOWN, and those of an export. */
export const previewPackage = async (store: Store, ctx: Context, ask: PackageAsk): Promise<ExchangeSummary> => {
  requireRight(ctx, 'export cases');
  const peer = await withContext(store.app, ctx, (trx) => trustedPeer(trx, ask.to), { access: 'read only' });
  return (await prepareExport(store, ctx, asExport(ask, peer))).summary;
};

const asExport = (ask: PackageAsk, { name }: Peer) =>
  ({ ...ask, format: 'vics', shape: 'media-set', to: name }) as const;

/**
 * Its event and its line in the ledger are committed when this answers.
 * Errors: FORBIDDEN, READ_ONLY, PACKAGE_KEY_MISSING, PACKAGE_PEER_UNKNOWN, KEY_MISSING, and those of an export.
 */
export const beginPackage = async (store: Store, given: Context, ask: PackageAsk): Promise<BegunPackage> => {
  requireRight(given, 'export cases');
  requireWritable(store);
  const ctx = ask.purpose === undefined ? given : { ...given, purpose: ask.purpose };
  const { own, peer } = await withContext(
    store.app,
    ctx,
    async (trx) => ({ own: await ownKeys(store, trx, ctx), peer: await trustedPeer(trx, ask.to) }),
    { access: 'read only' },
  );
  const whole = asExport(ask, peer);
  const prepared = await prepareExport(store, ctx, whole);
  const id = await putOnRecord(store, ctx, prepared, 'package');
  if (id === null) throw fail('INTERNAL', 'a package without a receiver');
  const { schemes, summary } = prepared;
  const counts = { media: 0, files: 0 };
  const pages = pagesOf(store, ctx, prepared, whole);
  const text = exportText({
    format: 'vics',
    shape: 'media-set',
    scheme: summary.scheme,
    handling: summary.handling,
    schemes,
    graph: NO_GRAPH,
    pages: async function* () {
      for await (const page of pages()) {
        counts.media += page.length;
        for (const { files } of page) counts.files += files.length;
        yield page;
      }
    },
  });
  const envelope = newEnvelope(id, peer);
  const content = signedContent(text, envelope.line, own, ({ bytes, sha256 }) => ({
    form: 'redthread package manifest v1',
    id,
    from: { agency: own.agency, country: own.country, fingerprint: own.fingerprint },
    to: peer.fingerprint,
    at: new Date().toISOString(),
    subject: summary.subject,
    handling: summary.handling,
    purpose: ask.purpose ?? null,
    scheme: summary.scheme,
    leftOut: ask.leaveOut,
    counts,
    notes: summary.notes.map(({ code, count }) => ({ code, count })),
    content: { form: 'VICS 2.0 media set', bytes, sha256 },
  }));
  return {
    id,
    summary,
    fingerprint: peer.fingerprint,
    bytes: digested(sealedPackage(envelope, content), (sha256) => keepDigest(store, ctx, id, sha256)),
  };
};

/** What is said, and the manifest that follows from what was written. */
async function* signedContent(
  text: AsyncIterable<string>,
  line: Buffer,
  own: OwnKeys,
  manifestOf: (content: { readonly bytes: number; readonly sha256: string }) => PackageManifest,
): AsyncGenerator<Buffer, void, void> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const part of text) {
    const written = Buffer.from(part);
    hash.update(written);
    bytes += written.length;
    yield written;
  }
  yield manifestBytes(manifestOf({ bytes, sha256: hash.digest('hex') }), line, own);
}
