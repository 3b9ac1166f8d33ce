// A small model of a report with everything that a rendition has to cope with, for tests.
import { appendFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModelFile } from '../../packages/server/src/features/reports/render/model-file.js';

export const SAMPLE_RECORD = {
  log: '00000000-0000-4000-8000-000000000001',
  size: 4711,
  root: 'ab'.repeat(32),
  at: '2026-03-01T10:22:33.123456Z',
};

/** Writes a model with so many rows; answers its path. */
export const sampleModel = async (rows: number, kind: 'case' | 'comparison' = 'case'): Promise<string> => {
  const path = join(mkdtempSync(join(tmpdir(), 'redthread-report-')), 'report.jsonl');
  const model = new ModelFile(path);
  model.put({
    is: 'cover',
    form: 1,
    kind,
    title: 'Report on a case',
    subject: 'ES-2026-014 <Tantalus> & "others"',
    handling: ['TLP:AMBER+STRICT'],
    record: SAMPLE_RECORD,
    facts: [
      ['Agency', 'Unidad de Identificación, España'],
      ['Made for', 'Суд города, Αθήνα'],
    ],
  });
  model.put({
    is: 'section',
    id: 'files',
    title: 'Files and their <paths>',
    words: ['Every file at every path. What nobody can draw is spelled: 案件 \u202e \u0007.'],
  });
  model.put({
    is: 'facts',
    rows: [
      ['Files', '360 112'],
      ['A long value', 'word '.repeat(120)],
      ['Ends of lines in a path', 'a\u2028b\u2029c\u0085d\re\nf'],
    ],
  });
  await model.table(
    {
      id: 'files',
      title: 'Files',
      columns: [
        { key: 'number', title: 'No.', face: 'number', width: 0.5 },
        { key: 'path', title: 'Path', face: 'text', width: 3 },
        { key: 'sha256', title: 'SHA-256', face: 'mono', width: 3 },
        { key: 'md5', title: 'MD5', face: 'mono', width: 1, under: 'sha256' },
        { key: 'id', title: 'id', face: 'mono', width: 1, only: 'csv' },
        { key: 'said', title: 'List says', face: 'text', width: 2 },
      ],
      rows,
      empty: 'There is none.',
    },
    (function* () {
      for (let i = 1; i <= rows; i += 1)
        yield [
          String(i),
          i % 7 === 3 ? `DCIM/${'long/'.repeat(30)}案件 =1+1,"q".jpg` : `DCIM/100/IMG_${i}.jpg`,
          `${'c0ffee'.repeat(10)} ${i}`,
          'd41d8cd98f00b204e9800998ecf8427e',
          `id-${i}`,
          i % 3 === 0 ? 'baseline 2026-05: known-bad' : '-',
        ];
    })(),
  );
  await model.table(
    {
      id: 'none',
      title: 'Nothing',
      columns: [{ key: 'what', title: 'What', face: 'text', width: 1 }],
      rows: 0,
      empty: 'Nothing was found.',
    },
    [],
  );
  model.put({
    is: 'drawing',
    title: 'local-features',
    a: { name: 'A', width: 640, height: 480, region: [0.1, 0.1, 0.5, 0.5] },
    b: { name: 'B', width: 480, height: 640, region: null },
    lines: Array.from({ length: 30 }, (_, i) => [i / 40, 0.2, i / 50, 0.6]),
  });
  model.finish();
  return path;
};

/** Adds a line to a model, as somebody would who changes it. */
export const addLine = (path: string, line: string): void => appendFileSync(path, `${line}\n`);
