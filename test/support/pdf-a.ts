// Structural checks of a PDF in the manner of veraPDF, as far as a report needs them: ISO 32000-1 for the file, ISO 19005-2 level B for what
// must be in it and what must not. It reads the objects itself and shares no code with what wrote them.
import { inflateSync } from 'node:zlib';

interface PdfObject {
  readonly dictionary: string;
  readonly stream: Buffer | null;
}

const readObjects = (file: Buffer, faults: string[]): Map<number, PdfObject> => {
  const text = file.toString('latin1');
  const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1] ?? -1);
  const table = /^xref\s+0 (\d+)\s/.exec(text.slice(start, start + 40));
  const objects = new Map<number, PdfObject>();
  if (table === null) {
    faults.push('startxref does not lead to a cross-reference table');
    return objects;
  }
  const lines = text.slice(start + table[0].length).match(/\d{10} \d{5} [nf]/g) ?? [];
  if (lines.length < Number(table[1])) faults.push('the cross-reference table is too short');
  for (const [number, line] of lines.slice(0, Number(table[1])).entries()) {
    if (number === 0 || line.endsWith('f')) continue;
    const at = Number(line.slice(0, 10));
    const head = `${number} 0 obj`;
    if (!text.startsWith(head, at)) {
      faults.push(`object ${number} is not where the table says`);
      continue;
    }
    const end = text.indexOf('endobj', at);
    const streamAt = text.indexOf('\nstream\n', at);
    if (streamAt < 0 || streamAt > end) {
      objects.set(number, { dictionary: text.slice(at + head.length, end), stream: null });
      continue;
    }
    const dictionary = text.slice(at + head.length, streamAt);
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1] ?? -1);
    const from = streamAt + '\nstream\n'.length;
    if (!text.slice(from + length, from + length + 12).startsWith('\nendstream'))
      faults.push(`object ${number}: its stream has another length`);
    objects.set(number, { dictionary, stream: file.subarray(from, from + length) });
  }
  return objects;
};

const contentOf = ({ dictionary, stream }: PdfObject): string =>
  stream === null
    ? ''
    : (dictionary.includes('/Filter /FlateDecode') ? inflateSync(stream) : stream).toString('latin1');

const FORBIDDEN = [
  ['/Encrypt', 'is encrypted'],
  ['/JavaScript', 'runs JavaScript'],
  ['/JS ', 'runs JavaScript'],
  ['/Launch', 'launches something'],
  ['/AA ', 'has additional actions'],
  ['/OpenAction', 'acts when it is opened'],
  ['/LZWDecode', 'uses LZW'],
  ['/EmbeddedFiles', 'carries files'],
  ['/RichMedia', 'plays media'],
  ['/Movie', 'plays media'],
  ['/GoToR', 'leads to other files'],
  ['/URI', 'leads to an address'],
] as const;

/** What keeps it from being PDF/A-2b; `isTagged`: what a tagged one needs is there too. */
export const pdfAFaults = (file: Buffer, isTagged: boolean): string[] => {
  const faults: string[] = [];
  const need = (holds: boolean, what: string): void => void (holds || faults.push(what));
  need(
    /^%PDF-1\.[4-7]\n%[\x80-\xff]{4}/.test(file.subarray(0, 20).toString('latin1')),
    'the header is not that of a binary PDF',
  );
  const objects = readObjects(file, faults);
  const all = [...objects.values()];
  const trailer = /trailer\s*(<<[\s\S]*?>>)\s*startxref/.exec(file.subarray(-2_000).toString('latin1'))?.[1] ?? '';
  need(/\/ID \[<[0-9a-f]{32}> <[0-9a-f]{32}>\]/.test(trailer), 'the trailer has no ID');
  const referred = (dictionary: string, key: string): PdfObject | undefined =>
    objects.get(Number(new RegExp(`/${key} \\[?(\\d+) 0 R`).exec(dictionary)?.[1] ?? -1));
  const catalogue = referred(trailer, 'Root')?.dictionary ?? '';
  need(catalogue.includes('/Type /Catalog'), 'there is no catalogue');

  const metadata = referred(catalogue, 'Metadata');
  need(metadata !== undefined && !metadata.dictionary.includes('/Filter'), 'the metadata are missing or compressed');
  const xmp = metadata?.stream?.toString('utf8') ?? '';
  need(
    /<pdfaid:part>2<\/pdfaid:part>/.test(xmp) && /<pdfaid:conformance>B</.test(xmp),
    'the metadata do not claim PDF/A-2b',
  );
  need(/<\?xpacket begin=/.test(xmp) && /<\?xpacket end="w"\?>\s*$/.test(xmp), 'the metadata are no packet');
  need(!/&(?!amp;|lt;|gt;|quot;|apos;)/.test(xmp), 'the metadata are no XML');

  const intent = referred(catalogue, 'OutputIntents');
  const profile = intent === undefined ? undefined : referred(intent.dictionary, 'DestOutputProfile');
  need(intent?.dictionary.includes('/S /GTS_PDFA1') === true, 'there is no output intent');
  need(profile !== undefined && contentOf(profile).slice(36, 40) === 'acsp', 'the output intent has no ICC profile');
  need(profile?.dictionary.includes('/N 3') === true, 'the ICC profile is not one of three components');

  const fonts = all.filter(({ dictionary }) => /\/Type \/Font\s/.test(dictionary));
  need(fonts.length > 0, 'there is no font');
  for (const { dictionary } of fonts) {
    if (dictionary.includes('/Subtype /Type0'))
      need(dictionary.includes('/ToUnicode'), 'a font does not say which text it shows');
    else {
      const descriptor = referred(dictionary, 'FontDescriptor');
      const program = descriptor === undefined ? undefined : referred(descriptor.dictionary, 'FontFile[23]');
      need(program !== undefined && contentOf(program).length > 0, 'a font is not embedded');
      need(dictionary.includes('/CIDToGIDMap'), 'a font has no map of glyphs');
    }
  }
  for (const [sign, what] of FORBIDDEN)
    if (all.some(({ dictionary }) => dictionary.includes(sign)) || trailer.includes(sign)) faults.push(`it ${what}`);
  for (const object of all) {
    if (/\/SMask (?!\/None)/.test(object.dictionary)) faults.push('a picture is transparent');
    if (/\/ca [^1]|\/CA [^1]/.test(object.dictionary)) faults.push('something is drawn transparent');
    if (/\/Subtype \/Image/.test(object.dictionary) && object.dictionary.includes('/Interpolate true'))
      faults.push('a picture is interpolated');
  }
  const pages = all.filter(({ dictionary }) => /\/Type \/Page\s/.test(dictionary));
  const count = Number(/\/Count (\d+)/.exec(referred(catalogue, 'Pages')?.dictionary ?? '')?.[1] ?? -1);
  need(pages.length > 0 && pages.length === count, `${pages.length} pages, of which the tree counts ${count}`);
  if (isTagged) {
    need(/\/Lang \(/.test(catalogue), 'no language is named');
    need(referred(catalogue, 'MarkInfo')?.dictionary.includes('/Marked true') === true, 'it is not marked as tagged');
    need(referred(catalogue, 'StructTreeRoot') !== undefined, 'there is no tree of tags');
    for (const { dictionary } of pages)
      need(dictionary.includes('/StructParents'), 'a page is not in the tree of tags');
    for (const { dictionary } of pages) {
      const content = referred(dictionary, 'Contents');
      const text = content === undefined ? '' : contentOf(content);
      need(
        (text.match(/\bBDC\b|\bBMC\b/g) ?? []).length === (text.match(/\bEMC\b/g) ?? []).length,
        'marks of a page are not closed',
      );
    }
  }
  return [...new Set(faults)];
};
