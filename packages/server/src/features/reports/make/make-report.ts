// Makes a report: its model, the renditions of it, and the signed manifest; into a folder that leaves only when the event is committed.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  Purpose,
  type ReportFile,
  type ReportFormat,
  type ReportManifest,
  type ReportOrder,
} from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { fail } from '@redthread/core/errors';
import { diskError } from '../../../disk/disk-error.js';
import { audit, withContext, type Store } from '../../../store/index.js';
import { renderCsv } from '../render/csv.js';
import { renderHtml } from '../render/html.js';
import { ModelFile, readModel } from '../render/model-file.js';
import { OutFile } from '../render/out-file.js';
import { renderPdf } from '../render/pdf/render.js';
import { aboutOf, idsOf, objectsOf } from './about.js';
import { buildModel } from './build-model.js';
import { requireSealer, signedManifest, writeStatement } from './sign.js';

const MODEL_NAME = 'report.jsonl';
export const MANIFEST_NAME = 'manifest.json';

export interface MadeReport {
  readonly files: readonly ReportFile[];
  readonly manifest: ReportManifest;
  /** Of all of its tables. */
  readonly rows: number;
}

/** Into a folder in which none of them is yet. The same model gives the same bytes. Errors: REPORT_MODEL_INVALID. */
export const renderReport = async (
  model: string,
  folder: string,
  formats: readonly ReportFormat[],
): Promise<ReportFile[]> => {
  const files: ReportFile[] = [];
  if (formats.includes('pdf')) files.push(await renderPdf(() => readModel(model), folder));
  if (formats.includes('html')) files.push(await renderHtml(() => readModel(model), folder));
  if (formats.includes('csv')) files.push(...(await renderCsv(readModel(model), folder)));
  return files;
};

const purposeOf = (ctx: Context, given: string | undefined): string => {
  const purpose = given ?? ctx.purpose;
  if (purpose === null || !Purpose.safeParse(purpose).success)
    throw fail('REQUEST_INVALID', 'say what the report is for: set the purpose of the session, or send one', {
      pointer: '/purpose',
    });
  return purpose;
};

/**
 * `folder` is there and empty, and nobody else reads it yet: what it holds may leave when this has answered. `sign`: signs what waits;
 * without it the sealer that is at work does. Errors: REQUEST_INVALID, NOT_FOUND, REPORT_INCOMPLETE, REPORT_UNSIGNED, DISK_FULL; then nothing is left in it.
 */
export const makeReport = async (
  store: Store,
  asked: Context,
  { formats, purpose, recipient, ...query }: ReportOrder,
  folder: string,
  sign: (() => Promise<unknown>) | null = null,
): Promise<MadeReport> => {
  const about = aboutOf(query);
  const ctx: Context = { ...asked, purpose: purposeOf(asked, purpose) };
  try {
    const path = join(folder, MODEL_NAME);
    const model = new ModelFile(path);
    const record = await buildModel(store, ctx, about, model).catch((error: unknown) => {
      model.close();
      throw error;
    });
    const { file, rows } = model.finish();
    if (sign === null) await requireSealer(store);
    const files = [file, ...(await renderReport(path, folder, formats))];
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
    last.finish();
    return { files, manifest, rows };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw diskError(error, folder);
  }
};
