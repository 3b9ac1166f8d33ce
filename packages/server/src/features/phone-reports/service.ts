// Reports of phones and of providers as a viewer sees them: those of an exhibit, its people and its files.
import type { PhoneReport, ReportBytes, PhoneReportFile, PhoneReportPerson } from '@redthread/core/contract';
import type { ReportPersonKind, ReportState } from '@redthread/core/chats';
import type { Context } from '@redthread/core/domain';
import type { Page } from '../../app/http/paging.js';
import { withContext, type Store, type Trx } from '../../store/index.js';
import { requireScope } from '../funnel/index.js';
import { readFiles, readPeople, readReports } from './queries.js';

/** Errors: NOT_FOUND for an exhibit that does not exist or is not shared. */
const ofExhibit = <T>(store: Store, ctx: Context, id: string, read: (trx: Trx) => Promise<T>): Promise<T> =>
  withContext(store.app, ctx, async (trx) => {
    await requireScope(trx, { kind: 'exhibit', id });
    return read(trx);
  });

interface PageInput {
  readonly exhibit: string;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Errors: NOT_FOUND. */
export const listReports = (store: Store, ctx: Context, exhibit: string): Promise<PhoneReport[]> =>
  ofExhibit(store, ctx, exhibit, (trx) => readReports(trx, exhibit));

/** Errors: NOT_FOUND. */
export const listReportPeople = (
  store: Store,
  ctx: Context,
  { exhibit, ...filter }: PageInput & { readonly kind?: ReportPersonKind | undefined },
): Promise<Page<PhoneReportPerson>> => ofExhibit(store, ctx, exhibit, (trx) => readPeople(trx, exhibit, filter));

/** Errors: NOT_FOUND. */
export const listReportFiles = (
  store: Store,
  ctx: Context,
  {
    exhibit,
    ...filter
  }: PageInput & { readonly bytes?: ReportBytes | undefined; readonly state?: ReportState | undefined },
): Promise<Page<PhoneReportFile>> => ofExhibit(store, ctx, exhibit, (trx) => readFiles(trx, exhibit, filter));
