// The report for a court that a demonstration leaves beside its data: of the first case of the agency that shows it.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ReportOrder } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { FOLDER_MODE } from '../../disk/whole-file.js';
import { sealWhatWaits } from '../../sealer/index.js';
import { withContext, type Store } from '../../store/index.js';
import { readCases } from '../cases/index.js';
import { listConnections } from '../connections/index.js';
import { makeReport } from '../reports/index.js';

/** Answers the folder and the reference of the case; an earlier one gives way. */
export const leaveReport = async (
  store: Store<'app' | 'sealer'>,
  ctx: Context,
): Promise<{ readonly folder: string; readonly reference: string }> => {
  const cases = await withContext(store.app, ctx, (trx) => readCases(trx, {}), { access: 'read only' });
  const own = cases.filter(({ agency }) => agency.id === ctx.actor.agencyId);
  const [first] = own.sort((a, b) => (a.reference < b.reference ? -1 : 1));
  if (first === undefined) throw new Error('the demonstration has no case of its own');
  const folder = join(store.config.dataFolder, 'report');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: FOLDER_MODE });
  const order = ReportOrder.parse({ case: first.id, purpose: 'the demonstration' });
  await makeReport(store, ctx, order, folder, {
    connections: (input) => listConnections(store, ctx, input),
    sign: () => sealWhatWaits(store),
  });
  return { folder, reference: first.reference };
};
