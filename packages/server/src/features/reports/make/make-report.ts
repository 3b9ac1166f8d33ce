// Makes a report: its model, the renditions of it, and the signed manifest; into a folder that leaves only when the event is committed.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Purpose, type ReportManifest, type ReportOrder } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail, saying } from '@redthread/core/errors';
import { diskError } from '../../../disk/disk-error.js';
import { audit, withContext, type Store } from '../../../store/index.js';
import type { AskConnections } from '../../connections/index.js';
import { ModelFile } from '../render/model-file.js';
import { OutFile, signedFile, type WrittenFile } from '../render/out-file.js';
import { renderReport } from '../render/render-report.js';
import { aboutOf, idsOf, objectsOf } from './about.js';
import { buildModel } from './build-model.js';
import { requireSealer, signedManifest, writeStatement } from './sign.js';

const MODEL_NAME = 'report.jsonl';
const MANIFEST_NAME = 'manifest.json';

export interface MadeReport {
  /** All that lies in the folder, the manifest last. */
  readonly files: readonly WrittenFile[];
  readonly manifest: ReportManifest;
  /** Of all of its tables. */
  readonly rows: number;
}

/** What else makes a report. */
export interface ReportHelp {
  /** What connects a case: of the connector where there is one. */
  readonly connections: AskConnections;
  /** Signs what waits; without it the sealer that is at work does. */
  readonly sign?: () => Promise<unknown>;
  /** More would not fit into what it leaves in: refused before it is on record. */
  readonly mostBytes?: number;
}

const purposeOf = (ctx: Context, given: string | undefined): string => {
  const purpose = given ?? ctx.purpose;
  if (purpose === null || !Purpose.safeParse(purpose).success)
    throw fail('REQUEST_INVALID', 'say what the report is for: set the purpose of the session, or send one', {
      pointer: '/purpose',
    });
  return purpose;
};

/**
 * `folder` is there and empty, and nobody else reads it yet: what it holds may leave when this has answered.
 * Errors: REQUEST_INVALID, NOT_FOUND, REPORT_INCOMPLETE, REPORT_UNSIGNED, DISK_FULL; then nothing is left in it.
 */
export const makeReport = async (
  store: Store,
  asked: Context,
  { formats, purpose, recipient, ...query }: ReportOrder,
  folder: string,
  { connections, mostBytes, sign }: ReportHelp,
): Promise<MadeReport> => {
  const about = aboutOf(query);
  const ctx: Context = { ...asked, purpose: purposeOf(asked, purpose) };
  try {
    const path = join(folder, MODEL_NAME);
    const model = new ModelFile(path);
    const record = await buildModel(store, ctx, about, model, connections).catch((error: unknown) => {
      model.close();
      throw error;
    });
    const { file, rows } = model.finish();
    if (sign === undefined) await requireSealer(store);
    const written = [file, ...(await renderReport(path, folder, formats))];
    const bytes = written.reduce((sum, one) => sum + one.bytes, 0);
    if (mostBytes !== undefined && bytes > mostBytes)
      throw fail(
        'REPORT_INCOMPLETE',
        saying`it has ${bytes} bytes, a ZIP takes ${mostBytes}: make it with redthread report`,
      );
    const files = written.map(signedFile);
    const id = await withContext(store.app, ctx, async (trx) => {
      for (const object of objectsOf(about))
        await audit(trx, ctx, {
          type: 'export',
          object,
          detail: { format: `redthread-report ${about.kind}: ${formats.join(', ')}`, items: rows, recipient },
        });
      return writeStatement(trx, ctx, about, files, record);
    });
    await sign?.();
    const manifest = await signedManifest(store, ctx, id, { kind: about.kind, about: idsOf(about), files, record });
    const last = new OutFile(folder, MANIFEST_NAME);
    last.write(`${JSON.stringify(manifest, null, 2)}\n`);
    return { files: [...written, last.finish()], manifest, rows };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw diskError(error, folder);
  }
};
