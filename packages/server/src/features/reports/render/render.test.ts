import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pdfAFaults } from '../../../../../../test/support/pdf-a.js';
import { ModelFile, putRows, readModel } from './model-file.js';
import { renderReport } from './render-report.js';
import { addLine, sampleModel } from '../../../../../../test/support/report-model.js';

const folder = (): string => mkdtempSync(join(tmpdir(), 'redthread-render-'));
const readAll = async (path: string): Promise<number> => {
  let count = 0;
  for await (const _block of readModel(path)) count += 1;
  return count;
};

describe('the model of a report', () => {
  it('has as many rows as its tables say, or is none', async () => {
    const table = {
      id: 'files',
      title: '',
      columns: [{ key: 'a', title: 'a', face: 'text', width: 1 }],
      rows: 2,
      empty: '',
    } as const;
    const rows = (n: number) => Array.from({ length: n }, (_, i) => [`file ${i}`]);
    const put = (n: number) => putRows({ ...table, columns: [...table.columns] }, rows(n), () => undefined);
    await expect(put(2)).resolves.toBeUndefined();
    await expect(put(1)).rejects.toMatchObject({
      code: 'REPORT_INCOMPLETE',
      detail: expect.stringContaining('1 of 2 rows; the last one is "file 0"'),
    });
    await expect(put(3)).rejects.toMatchObject({ code: 'REPORT_INCOMPLETE' });
    await expect(
      putRows({ ...table, columns: [...table.columns] }, [['a', 'b'], ['c']], () => undefined),
    ).rejects.toMatchObject({ code: 'REPORT_INCOMPLETE', detail: expect.stringContaining('2 of 1 cells') });
  });

  it('is read as it was written', async () => {
    expect(await readAll(await sampleModel(3))).toBe(10);
  });

  it('has a block a line also for whoever takes U+2028 for the end of one', async () => {
    const path = await sampleModel(3);
    expect(
      readFileSync(path, 'utf8')
        .trimEnd()
        .split(/[\n\r\u2028\u2029]/),
    ).toHaveLength(10);
    const facts = [];
    for await (const block of readModel(path)) if (block.is === 'facts') facts.push(...block.rows);
    expect(facts).toContainEqual(['Ends of lines in a path', 'a\u2028b\u2029c\u0085d\re\nf']);
  });

  it.each([
    ['a row was taken out', (lines: string[]) => lines.filter((_, i) => i !== 5), 'are missing'],
    ['a row was added', (lines: string[]) => [...lines.slice(0, 5), lines[5] ?? '', ...lines.slice(5)], 'a row more'],
    ['the end was taken out', (lines: string[]) => lines.slice(0, -1), 'the end is missing'],
    ['the cover was taken out', (lines: string[]) => lines.slice(1), 'begins with its cover'],
    ['a line is no block', (lines: string[]) => [...lines.slice(0, 2), '{"is":"else"}', ...lines.slice(2)], 'line 3'],
  ])('is refused where %s', async (_what, change, detail) => {
    const path = await sampleModel(3);
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    writeFileSync(path, `${change(lines).join('\n')}\n`);
    await expect(readAll(path)).rejects.toMatchObject({
      code: 'REPORT_MODEL_INVALID',
      detail: expect.stringContaining(detail),
    });
  });

  it('is refused where something follows its end', async () => {
    const path = await sampleModel(1);
    addLine(path, '{"is":"end","rows":1}');
    await expect(readAll(path)).rejects.toMatchObject({ detail: expect.stringContaining('after the end') });
  });

  it('is not written over', async () => {
    const path = await sampleModel(1);
    expect(() => new ModelFile(path)).toThrow(/EEXIST/);
  });
});

describe('a rendition', () => {
  it('has the same bytes whenever it is made', async () => {
    const path = await sampleModel(40);
    const [first, second] = [folder(), folder()];
    for (const out of [first, second]) {
      await renderReport(path, out, ['pdf', 'html', 'csv']);
    }
    const names = readdirSync(first);
    expect(names.sort()).toEqual(['facts.csv', 'report.html', 'report.pdf', 'table-files.csv', 'table-none.csv']);
    for (const name of names)
      expect(readFileSync(join(first, name)).equals(readFileSync(join(second, name)))).toBe(true);
  });

  it('as PDF is PDF/A-2b and tagged; a long one is PDF/A-2b without tags', async () => {
    const [short, long] = [folder(), folder()];
    await renderReport(await sampleModel(60), short, ['pdf']);
    expect(pdfAFaults(readFileSync(join(short, 'report.pdf')), true)).toEqual([]);
    await renderReport(await sampleModel(3_100), long, ['pdf']);
    expect(pdfAFaults(readFileSync(join(long, 'report.pdf')), false)).toEqual([]);
  });

  it('as HTML holds nothing that could run or be fetched, and every row', async () => {
    const out = folder();
    await renderReport(await sampleModel(25), out, ['html']);
    const html = readFileSync(join(out, 'report.html'), 'utf8');
    expect(html).toContain('ES-2026-014 &lt;Tantalus&gt; &amp; &quot;others&quot;');
    expect(html).toContain('\\u202e');
    expect(html.match(/<tr><td/g)).toHaveLength(26);
    expect(html).not.toMatch(/<script|src="(?!data:)|href="(?!#)|url\((?!data:)|@import/);
    for (const tag of ['table', 'tbody', 'section', 'main', 'figure', 'div', 'html'])
      expect([tag, html.match(new RegExp(`<${tag}[ >]`, 'g'))?.length]).toEqual([
        tag,
        html.match(new RegExp(`</${tag}>`, 'g'))?.length,
      ]);
  });

  it('as CSV has cells as they are, quoted where they have to be', async () => {
    const out = folder();
    await renderReport(await sampleModel(3), out, ['csv']);
    const lines = readFileSync(join(out, 'table-files.csv'), 'utf8').split('\r\n');
    expect(lines[0]).toBe('number,path,sha256,md5,id,said');
    expect(lines[3]).toContain('案件 =1+1,""q"".jpg"');
    expect(lines).toHaveLength(5);
  });

  it('that is given up leaves no file open', async () => {
    const path = await sampleModel(40);
    const blocks = readFileSync(path, 'utf8').split('\n');
    // No PNG and no JPEG: every form but the PDF would take it.
    const broken = JSON.stringify({ is: 'picture', title: 'broken', jpeg: 'AAAA' });
    writeFileSync(path, [...blocks.slice(0, -2), broken, ...blocks.slice(-2)].join('\n'));
    const open = (): number => readdirSync('/proc/self/fd').length;
    const before = open();
    for (let i = 0; i < 4; i += 1) await expect(renderReport(path, folder(), ['pdf', 'html', 'csv'])).rejects.toThrow();
    expect(open() - before).toBeLessThan(4);
  });
});
