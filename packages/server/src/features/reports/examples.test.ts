// The reports under docs/examples are what this version makes of their models, byte for byte.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { ReportManifest } from '@redthread/core/contract';
import { pdfAFaults } from '../../../../../test/support/pdf-a.js';
import { signedFile } from './render/out-file.js';
import { renderReport } from './render/render-report.js';

const EXAMPLES = fileURLToPath(new URL('../../../../../docs/examples/reports/', import.meta.url));

it.each(['case', 'exhibit', 'series', 'comparison'])(
  '%s: made again it has the bytes that were signed',
  async (kind) => {
    const folder = join(EXAMPLES, kind);
    const manifest = ReportManifest.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
    const again = mkdtempSync(join(tmpdir(), 'redthread-example-'));
    const files = await renderReport(join(folder, 'report.jsonl'), again, ['pdf', 'html', 'csv']);
    expect(files.map(signedFile)).toEqual(manifest.statement.files.slice(1));
    for (const { name } of files)
      expect([name, readFileSync(join(again, name)).equals(readFileSync(join(folder, name)))]).toEqual([name, true]);
    expect(pdfAFaults(readFileSync(join(folder, 'report.pdf')), true)).toEqual([]);
  },
);
