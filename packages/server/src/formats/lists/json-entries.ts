// The entries of a list in JSON, one an element of its arrays.
import type { Batches, ListEntry, ListHeader } from './entry.js';
import { invalidAt } from './invalid.js';
import type { JsonElements } from './json-elements.js';
import { utf8Chunks, type ByteInput } from './text-input.js';

export type JsonRecord = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Errors: LIST_INVALID with a JSON pointer; also where an element is no object. */
export const recordAt = (pointer: string, value: unknown): JsonRecord => {
  if (!isRecord(value)) throw invalidAt(pointer, 'not an object');
  return value;
};

/** `read` answers null for an element of which nothing is taken. Errors: LIST_INVALID with a JSON pointer. */
export async function* entriesOfElements(
  elements: JsonElements,
  input: ByteInput,
  header: ListHeader,
  read: (value: JsonRecord, pointer: string) => ListEntry | null,
): Batches {
  for await (const chunk of utf8Chunks(input, header)) {
    const entries: ListEntry[] = [];
    for (const { pointer, value } of elements.write(chunk)) {
      const entry = read(recordAt(pointer, value), pointer);
      if (entry !== null) entries.push(entry);
    }
    if (entries.length > 0) yield entries;
  }
  elements.end();
}
