// The renditions of a report from its model alone: read twice, whatever is made of it.
import type { ReportFormat } from '@redthread/core/contract';
import { CsvRendition } from './csv.js';
import { HtmlRendition } from './html.js';
import { readModel } from './model-file.js';
import type { WrittenFile } from './out-file.js';
import { PdfRendition } from './pdf/render.js';
import { outlineOf, type Outline, type Rendition } from './rendition.js';

const KINDS: Readonly<Record<ReportFormat, new (outline: Outline, folder: string) => Rendition>> = {
  pdf: PdfRendition,
  html: HtmlRendition,
  csv: CsvRendition,
};
/** In which their files are named. */
const ORDER = ['pdf', 'html', 'csv'] as const;

/** Into a folder in which none of them is yet. The same model gives the same bytes. Errors: REPORT_MODEL_INVALID. */
export const renderReport = async (
  model: string,
  folder: string,
  formats: readonly ReportFormat[],
): Promise<WrittenFile[]> => {
  const outline = await outlineOf(readModel(model));
  const renditions: Rendition[] = [];
  try {
    for (const format of ORDER) if (formats.includes(format)) renditions.push(new KINDS[format](outline, folder));
    for await (const block of readModel(model)) for (const one of renditions) one.take(block);
    const files: WrittenFile[] = [];
    for (const one of renditions) files.push(...(await one.finish()));
    return files;
  } catch (error) {
    for (const one of renditions) one.giveUp();
    throw error;
  }
};
