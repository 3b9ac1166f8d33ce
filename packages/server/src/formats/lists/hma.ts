// What a Hasher-Matcher-Actioner says of the content of its banks: the answers of its API, one a document, many in an array or one a line, and the items that
// its index is built from. An entry is a content with all its signals; one that the bank has disabled is taken back.
import { RowCutter } from './delimited.js';
import { entryOf, type Batches, type ListEntry, type ListHeader } from './entry.js';
import { invalidAt } from './invalid.js';
import { JsonElements } from './json-elements.js';
import { entriesOfElements, isRecord, recordAt, type JsonRecord } from './json-entries.js';
import type { Notes } from './notes.js';
import { signalOf, type Signal } from './signals.js';
import { textChunks, type ByteInput } from './text-input.js';

/** A name that no other format has. */
export const isHma = (text: string): boolean => /"(?:disable_until_ts|signal_val|bank_content_id)"\s*:/.test(text);

const isContent = (value: unknown): value is JsonRecord =>
  isRecord(value) && (isRecord(value['signals']) || 'signal_val' in value);

/** One answer a line: whatever stands in the first is whole. */
const isLines = (text: string): boolean => {
  const [first = ''] = text.trimStart().split(/\r?\n/, 1);
  if (!first.startsWith('{')) return false;
  try {
    return isContent(JSON.parse(first));
  } catch {
    return false;
  }
};

/** `head`: the start of it. Errors: LIST_INVALID with a line or a JSON pointer. */
export const readHma = (head: string, input: ByteInput, header: ListHeader, notes: Notes): Batches =>
  isLines(head) ? readLines(input, header, notes) : readDocument(input, header, notes);

async function* readLines(input: ByteInput, header: ListHeader, notes: Notes): Batches {
  const cutter = new RowCutter('\0', false);
  for await (const chunk of textChunks(input, header, notes)) yield entriesOfLines(cutter.write(chunk), notes);
  yield entriesOfLines(cutter.end(), notes);
}

const entriesOfLines = (rows: ReturnType<RowCutter['write']>, notes: Notes): ListEntry[] =>
  rows.flatMap(({ cells, line }) => {
    const text = cells[0]?.trim() ?? '';
    if (text === '') return [];
    const place = `line ${line}`;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      throw invalidAt(place, `no JSON: ${cause instanceof Error ? cause.message : ''}`);
    }
    return contentOf(recordAt(place, value), place, notes) ?? [];
  });

async function* readDocument(input: ByteInput, header: ListHeader, notes: Notes): Batches {
  const elements = new JsonElements([[], ['content'], ['contents'], ['items']]);
  let isFound = false;
  yield* entriesOfElements(elements, input, header, (value, pointer) => {
    isFound = true;
    return contentOf(value, pointer, notes);
  });
  const { outside } = elements;
  if (isFound || Array.isArray(outside)) return;
  // A document that is one content.
  if (!isContent(outside)) throw invalidAt('/', 'no content');
  const entry = contentOf(outside, '/', notes);
  if (entry !== null) yield [entry];
}

/** How it says that a content is not to match: 0 is off; 1, or a time, is on, or on again from then. */
const OFF = 0;

const idOf = (value: unknown): string | null =>
  typeof value === 'number' || (typeof value === 'string' && value !== '') ? String(value) : null;

/** Null, with a note, where nothing of it is read. */
const contentOf = (value: JsonRecord, place: string, notes: Notes): ListEntry | null => {
  const bank = isRecord(value['bank']) ? value['bank']['name'] : value['bank'];
  const { bank: _bank, signals: _signals, signal_val: _val, signal_type_name: _name, ...properties } = value;
  const signals = signalsOf(value, place, notes);
  if (signals.length === 0) return null;
  const id = idOf(value['id']) ?? idOf(value['bank_content_id']);
  // The items of an index are one signal each.
  const ofContent = isRecord(value['signals']) ? '' : `:${signals[0]!.key}`;
  return entryOf({
    place,
    key: id === null ? signals[0]!.key : `${typeof bank === 'string' ? `${bank}:` : ''}${id}${ofContent}`,
    isWithdrawn: value['disable_until_ts'] === OFF,
    ...together(signals),
    properties: { ...properties, ...(bank === undefined ? {} : { bank }) },
  });
};

const signalsOf = (value: JsonRecord, place: string, notes: Notes): Signal[] => {
  const { signal_type: type, signal_type_name: name, signal_val: text, signals } = value;
  const kinds: readonly (readonly [string, unknown])[] = isRecord(signals)
    ? Object.entries(signals)
    : [[typeof name === 'string' ? name : typeof type === 'string' ? type : '', text]];
  return kinds.flatMap(([kind, raw]) => signalOf(kind, raw, place, notes) ?? []);
};

/** Of one content: a digest that two of its signals give otherwise is the first. */
const together = (signals: readonly Signal[]): Signal['hashes'] => {
  const first = (kind: 'md5' | 'sha1' | 'sha256' | 'photoDna'): string | null =>
    signals.map(({ hashes }) => hashes[kind] ?? null).find((hash) => hash !== null) ?? null;
  return {
    md5: first('md5'),
    sha1: first('sha1'),
    sha256: first('sha256'),
    photoDna: first('photoDna'),
    others: signals.flatMap(({ hashes }) => hashes.others ?? []),
  };
};
