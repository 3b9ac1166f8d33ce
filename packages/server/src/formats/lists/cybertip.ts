// CyberTipline reports: what a provider says of each file that it reported, with its hashes. Whether the provider has viewed a file is kept as it was said:
// without it a file may not be opened before there is a legal basis (docs/legal-gates.md). The report itself names who was reported, and no hash.
import { entryOf, type Batches, type ListEntry, type ListHeader, type OtherHash } from './entry.js';
import { digestOf, photoDnaOf } from './hashes.js';
import { invalidAt } from './invalid.js';
import type { Notes } from './notes.js';
import { statedOf } from './stated.js';
import { textChunks, type ByteInput } from './text-input.js';
import { XmlEvents, type XmlHandler, type XmlOpen } from '../xml/xml-events.js';

/** Of hashes and of annotations in one file. */
const MOST = 1_000;
const LONGEST = 1_048_576;
const ROOTS: ReadonlySet<string> = new Set(['fileDetails', 'report', 'cyberTipReport', 'files']);

export const isCyberTip = (text: string): boolean =>
  /^(?:<\?[^>]*\?>\s*|<!--[\s\S]*?-->\s*)*<(?:[\w.-]+:)?(?:fileDetails|report|cyberTipReport|files)[\s/>]/.test(text);

interface Draft {
  readonly place: string;
  readonly depth: number;
  readonly said: Map<string, string>;
  readonly annotations: string[];
  readonly hashes: { readonly type: string; readonly value: string }[];
}

/** What is said of a file once, under the names of the source. */
const SAID: ReadonlySet<string> = new Set([
  'reportId',
  'fileId',
  'originalFileName',
  'locationOfFile',
  'fileViewedByEsp',
  'exifViewedByEsp',
  'publiclyAvailable',
  'fileRelevance',
  'industryClassification',
  'additionalInfo',
]);
/** Of the report, for whoever reads the header. */
const OF_REPORT: ReadonlySet<string> = new Set(['incidentType', 'incidentDateTime']);

/** Errors: LIST_INVALID with the line. */
export async function* readCyberTip(input: ByteInput, header: ListHeader, notes: Notes): Batches {
  header.scheme = 'ncmec@1';
  let entries: ListEntry[] = [];
  const events = new XmlEvents(
    cyberTipFiles(header, notes, (entry) => entries.push(entry)),
    invalidAt,
  );
  for await (const chunk of textChunks(input, header, notes)) {
    events.write(chunk);
    if (entries.length > 0) yield entries;
    entries = [];
  }
  events.end();
}

/** What a report says of its files, an entry each. */
export const cyberTipFiles = (header: ListHeader, notes: Notes, found: (entry: ListEntry) => void): XmlHandler =>
  new Details(header, notes, found);

class Details {
  readonly #path: XmlOpen[] = [];
  #draft: Draft | null = null;
  #text = '';

  constructor(
    readonly header: ListHeader,
    readonly notes: Notes,
    readonly found: (entry: ListEntry) => void,
  ) {}

  readonly open = (element: XmlOpen): void => {
    const { line, name } = element;
    if (this.#path.length === 0 && !ROOTS.has(name)) throw invalidAt(`line ${line}`, `${name} is no part of a report`);
    this.#path.push(element);
    this.#text = '';
    if (name !== 'fileDetails') return;
    if (this.#draft !== null) throw invalidAt(`line ${line}`, 'a file inside of a file');
    const place = `line ${line}`;
    this.#draft = { place, depth: this.#path.length, said: new Map(), annotations: [], hashes: [] };
  };

  readonly text = (text: string): void => {
    if (this.#text.length + text.length > LONGEST)
      throw invalidAt(`line ${this.#path.at(-1)?.line ?? 0}`, 'a text too long');
    this.#text += text;
  };

  readonly close = (name: string): void => {
    const element = this.#path.pop();
    const text = this.#text.trim();
    this.#text = '';
    const draft = this.#draft;
    if (draft === null) {
      if (OF_REPORT.has(name) && text !== '') this.header.properties[name] = text;
      return;
    }
    const parent = this.#path.at(-1)?.name;
    if (this.#path.length === draft.depth - 1) {
      this.#draft = null;
      const entry = this.#entry(draft);
      if (entry !== null) this.found(entry);
    } else if (parent === 'fileAnnotations') draft.annotations.push(name);
    else if (this.#path.length === draft.depth && name === 'originalFileHash')
      draft.hashes.push({ type: element?.attributes['hashType'] ?? '', value: text });
    else if (this.#path.length === draft.depth && SAID.has(name) && text !== '') draft.said.set(name, text);
    if (draft.annotations.length > MOST || draft.hashes.length > MOST)
      throw invalidAt(draft.place, `more than ${MOST} hashes or annotations of one file`);
  };

  #entry({ annotations, hashes, place, said }: Draft): ListEntry | null {
    const fileId = said.get('fileId');
    if (fileId === undefined) throw invalidAt(place, 'a file without its fileId');
    const digests: { md5?: string | null; sha1?: string | null; sha256?: string | null } = {};
    const others: OtherHash[] = [];
    let photoDna: string | null = null;
    for (const { type, value } of hashes) {
      const plain = type.toLowerCase().replace(/[^a-z0-9]/g, '');
      if (plain === 'md5' || plain === 'sha1' || plain === 'sha256')
        digests[plain] = digestOf(plain, value, place, this.notes) ?? digests[plain] ?? null;
      else if (plain === 'photodna' || plain === 'pdna') photoDna = photoDnaOf(value, place, this.notes);
      else if (value !== '') others.push({ method: plain === '' ? 'unnamed' : plain, value });
    }
    const code = said.get('industryClassification') ?? '';
    if (code !== '' && !/^[AB][12]$/.test(code)) this.notes.add('CATEGORY_NOT_OF_SCHEME', place, code);
    const name = said.get('originalFileName') ?? null;
    const properties: Record<string, unknown> = { fileId };
    for (const key of ['reportId', 'fileRelevance', 'locationOfFile', 'additionalInfo'])
      if (said.has(key)) properties[key] = said.get(key);
    if (annotations.length > 0) properties['annotations'] = annotations;
    return entryOf({
      place,
      key: `${said.get('reportId') ?? ''}/${fileId}`,
      ...digests,
      photoDna,
      others,
      categories: code === '' ? [] : [{ scheme: 'ncmec@1', code }],
      flags: {
        viewedByProvider: statedOf(said.get('fileViewedByEsp'), place, this.notes),
        exifViewedByProvider: statedOf(said.get('exifViewedByEsp'), place, this.notes),
        publiclyAvailable: statedOf(said.get('publiclyAvailable'), place, this.notes),
      },
      occurrences:
        name === null
          ? []
          : [{ name, path: null, created: null, written: null, accessed: null, deleted: null, unallocated: null }],
      properties,
    });
  }
}
