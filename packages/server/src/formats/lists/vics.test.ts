// VICS as exporters write it beyond the samples: late heads, missing regions, other encodings, ends in the middle.
import { describe, expect, it } from 'vitest';
import { readList } from './index.js';

const MD5 = 'a'.repeat(32);
const MODEL = 'http://github.com/VICSDATAMODEL/ProjectVic/DataModels';
const vics = (context: string, value: unknown = [{ MD5, Category: 1 }]): string =>
  JSON.stringify({ '@odata.context': `${MODEL}/${context}`, value });

const read = async (text: string | Buffer) => {
  const bytes = Buffer.from(text as string);
  const { header, notes, entries } = await readList({ head: bytes, open: () => [bytes], path: null });
  const all = [];
  for await (const batch of entries) all.push(...batch);
  return { header, entries: all, notes: notes.all() };
};

describe('VICS', () => {
  it.each([
    ['2.0.xml/US/$metadata#Media', 'US', 'vic-us@2.0'],
    ['2.0.xml/canada/$metadata#Media', 'canada', 'vic-canada@2.0'],
    ['2.0.xml/UK/$metadata#Media', 'UK', 'vics-number-uk@2.0'],
    ['2.0.xml/CUSTOM/$metadata#Media', 'CUSTOM', 'vics-number-custom@2.0'],
    ['2.0.xml/$metadata#Media', null, null],
    ['1.3.xml#media', null, null],
  ])('%s: region %s, scheme %s', async (context, region, scheme) => {
    const { header, entries } = await read(vics(context));
    expect([header.region, header.scheme]).toEqual([region, scheme]);
    expect(entries[0]!.categories).toEqual([{ scheme, code: '1' }]);
  });

  it.each(['2.1.xml/US/$metadata#Media', '2.0.xml/US/$metadata#Victims'])('%s is refused', async (context) => {
    await expect(read(vics(context))).rejects.toThrow(/LIST_INVALID: \/@odata.context/);
  });

  it('finds its head after the entries', async () => {
    const late = JSON.stringify({
      value: [{ MD5, Category: 0 }],
      '@odata.context': `${MODEL}/2.0.xml/US/$metadata#Media`,
    });
    expect((await read(late)).entries[0]!.categories).toEqual([{ scheme: 'vic-us@2.0', code: '0' }]);
  });

  it('is read from UTF-16', async () => {
    const value = [{ MD5, Series: 'S✓' }];
    const text = Buffer.from(`\uFEFF${vics('2.0.xml/US/$metadata#Media', value)}`, 'utf16le');
    expect((await read(text)).entries[0]!.properties['series']).toBe('S✓');
    expect((await read(text.swap16())).entries).toHaveLength(1);
  });

  it('names the place at which a file ends in the middle', async () => {
    const whole = vics('2.0.xml/US/$metadata#Media', [{ MD5 }, { MD5 }]);
    await expect(read(whole.slice(0, -20))).rejects.toThrow('LIST_INVALID: /value/1/MD5: the file ends in the middle');
  });
});
