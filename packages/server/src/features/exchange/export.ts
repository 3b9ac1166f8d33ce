// Exports for other programs: gone through once, put on record, and only then written, page by page as the person who asks.
import { createHash, randomUUID } from 'node:crypto';
import type { ExchangeAsk, ExchangeSummary } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { NO_GRAPH, type ExchangeGraph } from '../../formats/exchange/graph.js';
import type { ExchangeMedia } from '../../formats/exchange/media.js';
import { audit, withContext, withTime, type Store } from '../../store/index.js';
import { requireRight } from '../accounts/index.js';
import { readCases } from '../cases/index.js';
import type { AskConnections } from '../connections/index.js';
import { readGraph } from './graph.js';
import { keepDigest, writeInLedger } from './ledger.js';
import { PAGE, prepare, readToLeave, type Prepared } from './prepare.js';
import { exportText, type Pages } from './write.js';

/** What an export would hold; nothing leaves. Errors: those of `prepare`. */
export const previewExport = (store: Store, ctx: Context, ask: ExchangeAsk): Promise<ExchangeSummary> => {
  requireRight(ctx, 'export cases');
  return prepareExport(store, ctx, ask).then(({ summary }) => summary);
};

/** Errors: those of `prepare`. */
export const prepareExport = (store: Store, ctx: Context, ask: ExchangeAsk): Promise<Prepared> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      await withTime(trx);
      return prepare(trx, ctx, ask);
    },
    { access: 'read only' },
  );

export interface Exported {
  readonly summary: ExchangeSummary;
  /** Of its line in the ledger; null where it stays with the agency. */
  readonly contribution: string | null;
  /** The text, written as it is taken. */
  readonly text: AsyncGenerator<string, void, void>;
}

/** Its event, and its line in the ledger, are committed when this answers. Errors: FORBIDDEN, and those of `prepare`. */
export const beginExport = async (
  store: Store,
  given: Context,
  ask: ExchangeAsk,
  connections: AskConnections,
): Promise<Exported> => {
  requireRight(given, 'export cases');
  const ctx = ask.purpose === undefined ? given : { ...given, purpose: ask.purpose };
  const prepared = await prepareExport(store, ctx, ask);
  const graph = await graphFor(store, ctx, prepared, ask, connections);
  const contribution = await putOnRecord(store, ctx, prepared);
  const { summary, schemes } = prepared;
  const text = exportText({
    format: ask.format,
    shape: ask.shape,
    scheme: summary.scheme,
    handling: summary.handling,
    schemes,
    graph,
    pages: pagesOf(store, ctx, prepared, ask),
  });
  return {
    summary,
    contribution,
    text: contribution === null ? text : digested(text, (sha256) => keepDigest(store, ctx, contribution, sha256)),
  };
};

/** Tells the digest of all of it once it has been taken. */
export async function* digested<Part extends string | Buffer>(
  parts: AsyncIterable<Part>,
  tell: (sha256: Buffer) => Promise<void>,
): AsyncGenerator<Part, void, void> {
  const hash = createHash('sha256');
  for await (const part of parts) {
    hash.update(part);
    yield part;
  }
  await tell(hash.digest());
}

/** Of the formats that need one; a case export of VICS needs the cases alone, and a table or a media set nothing of it. */
const graphFor = async (
  store: Store,
  ctx: Context,
  prepared: Prepared,
  { format, leaveOut, shape }: ExchangeAsk,
  connections: AskConnections,
): Promise<ExchangeGraph> => {
  if (['case', 'ftm', 'graphml'].includes(format)) return readGraph(store, ctx, prepared, leaveOut, connections);
  if (format !== 'vics' || shape !== 'case') return NO_GRAPH;
  const cases = await withContext(store.app, ctx, (trx) => readCases(trx, {}), { access: 'read only' });
  const own = cases.filter(({ id }) => prepared.byCase.has(id));
  const byReference = [...own].sort((a, b) =>
    a.reference < b.reference || (a.reference === b.reference && a.id < b.id) ? -1 : 1,
  );
  return { ...NO_GRAPH, cases: byReference };
};

/** Its event, and its line in the ledger where it is for somebody: the id of that line. */
export const putOnRecord = (
  store: Store,
  ctx: Context,
  { chosen, receiver, summary }: Prepared,
  format: string = summary.format,
): Promise<string | null> =>
  withContext(store.app, ctx, async (trx) => {
    await audit(trx, ctx, {
      type: 'export',
      object: chosen.object,
      detail: { format, items: summary.media, recipient: receiver?.name ?? null },
    });
    if (receiver === null) return null;
    const id = randomUUID();
    await writeInLedger(trx, ctx, {
      id,
      receiver,
      summary: { ...summary, format },
      caseId: chosen.caseId,
      media: chosen.media,
    });
    return id;
  });

/**
 * A page is a transaction of its own: whoever takes the text slowly holds nothing up. What came in or became stricter meanwhile ends it.
 * Errors: those of `readToLeave`, EXPORT_INCOMPLETE.
 */
export const pagesOf = (store: Store, ctx: Context, prepared: Prepared, { leaveOut }: ExchangeAsk): Pages =>
  async function* (caseId): AsyncGenerator<readonly ExchangeMedia[], void, void> {
    const { byCase, chosen, rules, summary } = prepared;
    const media = caseId === undefined ? chosen.media : (byCase.get(caseId) ?? []);
    for (let at = 0; at < media.length; at += PAGE) {
      const wanted = { ids: media.slice(at, at + PAGE), files: chosen.files, leaveOut };
      const page = await withContext(store.app, ctx, (trx) => readToLeave(trx, ctx, prepared, wanted), {
        access: 'read only',
      });
      const gone = page.find((one) => caseId !== undefined && !one.files.some((file) => file.caseId === caseId));
      if (gone !== undefined)
        throw fail(
          'EXPORT_INCOMPLETE',
          saying`media ${gone.id} was taken away while the export was made: ask for it again`,
        );
      const stricter = page
        .flatMap(({ files }) => files)
        .find(({ handling }) => rules.strictest([summary.handling, handling]) !== summary.handling);
      if (stricter !== undefined)
        throw fail(
          'EXPORT_INCOMPLETE',
          saying`${stricter.exhibit}/${stricter.path} is ${stricter.handling} by now, stricter than ${summary.handling}: ask for the export again`,
        );
      yield page;
    }
  };
