// Gathers a report into a sink: in one snapshot of the database, as the person who asks sees it.
import type { Connection, ReportRecord } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { isRedthreadError } from '@redthread/core/errors';
import { itemsOf } from '../../../app/http/paging.js';
import { withContext, withTime, type Store } from '../../../store/index.js';
import { listConnections } from '../../connections/index.js';
import { readVeiled } from '../../media/index.js';
import { recordOf, type Building } from '../build/building.js';
import { buildCase, buildExhibit } from '../build/case.js';
import { buildComparison, type Pictures } from '../build/comparison.js';
import type { Links } from '../build/links-part.js';
import type { ReportSink } from '../render/model-file.js';
import { requireAbout, type About } from './about.js';

const MOST = 500;

const connectionsOf = async (store: Store, ctx: Context, caseId: string, leads: boolean): Promise<Connection[]> => {
  const all: Connection[] = [];
  const pages = itemsOf<Connection>((cursor) =>
    listConnections(store, ctx, { case: caseId, leads, limit: MOST, ...(cursor === undefined ? {} : { cursor }) }),
  );
  for await (const one of pages) all.push(one);
  return all;
};

const linksOf = async (store: Store, ctx: Context, caseId: string): Promise<Links> => ({
  connections: await connectionsOf(store, ctx, caseId, false),
  leads: await connectionsOf(store, ctx, caseId, true),
});

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
export const buildModel = async (store: Store, ctx: Context, about: About, sink: ReportSink): Promise<ReportRecord> => {
  await withContext(store.app, ctx, (trx) => requireAbout(trx, about), { access: 'read only' });
  const links = about.kind === 'case' ? await linksOf(store, ctx, about.id) : null;
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
      else await buildCase(building, ctx, about.id, links ?? { connections: [], leads: [] });
      return record;
    },
    { access: 'read only' },
  );
};
