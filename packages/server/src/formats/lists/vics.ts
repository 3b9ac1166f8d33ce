// VICS 1.2, 1.3 and 2.0: media sets and case exports of Project VIC, and the pictures of harmless software that NIST publishes in the same form. The
// specification is closed; what stands here is what open readers and writers agree on. A category is a code of the region that the file names.
import { knownKeys, mediaOf } from './vics-media.js';
import { invalidAt } from './invalid.js';
import { JsonElements, type JsonElement } from './json-elements.js';
import { isRecord, recordAt, type JsonRecord } from './json-entries.js';
import type { Batches, ListEntry, ListHeader } from './entry.js';
import type { Notes } from './notes.js';
import { countOf, own } from './stated.js';
import { utf8Chunks, type ByteInput } from './text-input.js';

const ARRAYS = [['value'], ['value', 0, 'Media']] as const;
/** The region may be missing; its number then means what nobody says. */
const CONTEXT = /\/DataModels\/(\d+\.\d+)\.xml(?:\/(?!\$)([^/#]+))?(?:\/\$metadata)?#(Media|Cases)$/i;
/** The scheme of the numbers of each region that is known; of the others they are kept under the name of the region. */
const SCHEMES: Readonly<Record<string, string>> = { us: 'vic-us', default: 'vic-default', canada: 'vic-canada' };
/** The numbers of the United Kingdom are not the letters of `vic-uk`, and no public text says which is which. */
const NUMBERS = 'vics-number';

/** Errors: LIST_INVALID with a JSON pointer. `again` reads the file anew where its head stands at its end. */
export async function* readVics(input: ByteInput, header: ListHeader, notes: Notes, again: () => ByteInput): Batches {
  const elements = new JsonElements(ARRAYS);
  let isHeaded = false;
  const count = { media: 0, cases: 0 };
  for await (const chunk of utf8Chunks(input, header)) {
    const found = elements.write(chunk);
    if (!isHeaded && found.length > 0) {
      if (!readHead(elements.outsideSoFar(), header)) readHead(await lateHead(again()), header);
      if (header.formatVersion === null) throw noHead();
      isHeaded = true;
    }
    const entries: ListEntry[] = [];
    for (const element of found) addElement(element, { header, notes, entries, count });
    if (entries.length > 0) yield entries;
  }
  elements.end();
  if (!isHeaded && !readHead(elements.outside, header)) throw noHead();
  if (isRecord(elements.outside) && !Array.isArray(elements.outside['value'])) throw invalidAt('/value', 'no array');
}

const noHead = (): Error => invalidAt('/@odata.context', 'names no version of VICS that is read (1.2, 1.3, 2.0)');

const lateHead = async (input: ByteInput): Promise<unknown> => {
  const elements = new JsonElements(ARRAYS);
  const header = { encoding: '' } as ListHeader;
  for await (const chunk of utf8Chunks(input, header)) elements.write(chunk);
  elements.end();
  return elements.outside;
};

const readHead = (head: unknown, header: ListHeader): boolean => {
  if (!isRecord(head)) return false;
  const context = head['@odata.context'] ?? head['odata.metadata'];
  const found = typeof context === 'string' ? CONTEXT.exec(context) : null;
  if (found === null || !['1.2', '1.3', '2.0'].includes(found[1]!)) return false;
  const [, version, region = null, kind] = found;
  header.formatVersion = version!;
  header.region = region;
  header.kind = kind!.toLowerCase() === 'cases' ? 'cases' : 'media';
  const known = region === null ? undefined : own(SCHEMES, region.toLowerCase());
  if (known !== undefined) header.scheme = `${known}@${version}`;
  else
    header.scheme =
      region === null ? null : `${NUMBERS}-${region.toLowerCase().replace(/[^a-z0-9]+/g, '-')}@${version}`;
  return true;
};

interface Into {
  readonly header: ListHeader;
  readonly notes: Notes;
  readonly entries: ListEntry[];
  readonly count: { media: number; cases: number };
}

const addElement = (element: JsonElement, { header, notes, entries, count }: Into): void => {
  const { pointer } = element;
  const value = recordAt(pointer, element.value);
  if (element.isDamaged) notes.add('TEXT_DAMAGED', pointer);
  if (element.array === 0 && header.kind === 'cases') {
    addCase(value, pointer, { header, notes, entries, count });
    return;
  }
  if (header.formatVersion === '1.2') markNist(value, header);
  count.media += 1;
  const entry = mediaOf(value, pointer, header, notes);
  if (entry !== null) entries.push(entry);
};

/** A case counts its files as contents or as occurrences, by exporter: what it says stands beside what is there. */
const addCase = (value: JsonRecord, pointer: string, { header, notes, count }: Into): void => {
  knownKeys('case', value, pointer, notes);
  const stated = countOf(value['TotalMediaFiles'], `${pointer}/TotalMediaFiles`, notes);
  const entries = count.media;
  count.media = 0;
  count.cases += 1;
  if (stated !== null && stated !== entries)
    notes.add('COUNT_DIFFERS', `${pointer}/TotalMediaFiles`, `${stated} stated, ${entries} there`);
  const cases = (header.properties['cases'] ??= []) as unknown[];
  if (cases.length < 100) cases.push({ ...value, Media: undefined, entries });
};

/** The list of NIST has a header that others have too: its category 8 is no category of VICS, and only it has that. */
const markNist = (value: JsonRecord, header: ListHeader): void => {
  if (header.format !== 'vics' || header.kind !== 'media' || String(value['Category']) !== '8') return;
  header.format = 'nist-caid';
  header.polarity = 'known-good';
  header.scheme = null;
};
