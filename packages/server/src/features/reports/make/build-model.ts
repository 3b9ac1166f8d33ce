// Gathers a report into a sink: in one snapshot of the database, as the person who asks sees it.
import type { Connection, ReportRecord, SeriesConnection } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, isRedthreadError, saying } from '@redthread/core/errors';
import { itemsOf } from '../../../app/http/paging.js';
import { withContext, withTime, type Store } from '../../../store/index.js';
import { connectionsOfSeries, type AskConnections } from '../../connections/index.js';
import { readVeiled } from '../../media/index.js';
import { recordOf, type Building } from '../build/building.js';
import { buildCase, buildExhibit } from '../build/case.js';
import { buildComparison, type Pictures } from '../build/comparison.js';
import type { Links } from '../build/links-part.js';
import { buildSeries } from '../build/series.js';
import type { ReportSink } from '../render/model-file.js';
import { requireAbout, type About } from './about.js';

const PAGE = 500;
/** Of a series: it has no pages. */
const MOST = 10_000;

const ofCase = async (ask: AskConnections, caseId: string, leads: boolean): Promise<Connection[]> => {
  const all: Connection[] = [];
  const pages = itemsOf<Connection>((cursor) => ask({ case: caseId, between: 'exhibits', leads, limit: PAGE, cursor }));
  for await (const one of pages) all.push(one);
  return all;
};

/** With each of the two it is worked out once, leads among it. Errors: REPORT_INCOMPLETE. */
const ofSeries = async (store: Store, ctx: Context, id: string): Promise<Links> => {
  const all: SeriesConnection[] = [];
  for (const kind of ['series', 'cases'] as const) {
    const asked = { id, with: kind, leads: undefined, limit: 2 * MOST };
    const { items, leads, total } = await connectionsOfSeries(store, ctx, asked);
    const most = Math.max(leads, total - leads);
    if (most > MOST)
      throw fail('REPORT_INCOMPLETE', saying`the series connects with ${most} ${kind}, a report tells ${MOST}`);
    all.push(...items);
  }
  return { connections: all.filter(({ isLead }) => !isLead), leads: all.filter(({ isLead }) => isLead) };
};

/** Of a case by the connector, as the pages have them; of a series worked out for it. */
const linksOf = async (store: Store, ctx: Context, about: About, ask: AskConnections): Promise<Links> => {
  if (about.kind === 'case')
    return { connections: await ofCase(ask, about.id, false), leads: await ofCase(ask, about.id, true) };
  if (about.kind === 'series') return ofSeries(store, ctx, about.id);
  return { connections: [], leads: [] };
};

/** Null where there is none: not a picture, not decoded, closed. */
const veiled = async (store: Store, ctx: Context, id: string): Promise<Buffer | null> => {
  try {
    return await readVeiled(store, ctx, id);
  } catch (error) {
    if (isRedthreadError(error) && ['NOT_FOUND', 'LEGAL_BASIS_REQUIRED'].includes(error.code)) return null;
    throw error;
  }
};

/** Answers the head of the record at which it was gathered. Errors: NOT_FOUND, REPORT_INCOMPLETE, REPORT_UNSIGNED. */
export const buildModel = async (
  store: Store,
  ctx: Context,
  about: About,
  sink: ReportSink,
  ask: AskConnections,
): Promise<ReportRecord> => {
  await withContext(store.app, ctx, (trx) => requireAbout(trx, about), { access: 'read only' });
  const links = await linksOf(store, ctx, about, ask);
  const pictures: Pictures | null =
    about.kind === 'comparison' && about.pictures === 'veiled'
      ? { a: await veiled(store, ctx, about.a), b: await veiled(store, ctx, about.b) }
      : null;
  return withContext(
    store.app,
    ctx,
    async (trx) => {
      await withTime(trx);
      const record = await recordOf(trx, ctx.actor.agencyId);
      const building: Building = { trx, sink, record };
      if (about.kind === 'comparison') await buildComparison(building, ctx, about, pictures);
      else if (about.kind === 'exhibit') await buildExhibit(building, ctx, about.id);
      else if (about.kind === 'series') await buildSeries(building, ctx, about.id, links);
      else await buildCase(building, ctx, about.id, links);
      return record;
    },
    { access: 'read only' },
  );
};
