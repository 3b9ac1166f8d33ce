// The lists whose entries a run holds: who owns them and what being on them means. Names, handling codes and expiry are the
// database's, which is asked by id.
import { fail } from '../../errors/index.js';

export const POLARITIES = ['known-bad', 'known-good', 'other'] as const;
export type Polarity = (typeof POLARITIES)[number];

export interface ExactList {
  readonly id: string;
  /** The agency that owns it. */
  readonly agencyId: string;
  readonly polarity: Polarity;
}

/** A record of the table: two UUIDs, the polarity, three bytes of zero. */
export const LIST_BYTES = 36;
/** What the tag of an entry can number. */
export const MOST_LISTS = 32_768;

/** Ids of lists and agencies: any UUID, in the form in which PostgreSQL writes it. */
export const LIST_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const writeUuid = (uuid: string, into: Uint8Array, at: number): void => {
  if (!LIST_ID.test(uuid)) throw fail('ARGUMENT_INVALID', `${uuid} is not a UUID in lower case`);
  const hex = uuid.replaceAll('-', '');
  for (let i = 0; i < 16; i++) into[at + i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
};

const readUuid = (from: Uint8Array, at: number): string => {
  const hex = Array.from(from.subarray(at, at + 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

/** Errors: ARGUMENT_INVALID naming what is no UUID, unknown as a polarity, twice there, or one list too many. */
export const encodeLists = (lists: readonly ExactList[]): Uint8Array => {
  if (lists.length > MOST_LISTS)
    throw fail('ARGUMENT_INVALID', `${lists.length} lists in one run: at most ${MOST_LISTS}`);
  const table = new Uint8Array(lists.length * LIST_BYTES);
  const ids = new Set<string>();
  lists.forEach(({ id, agencyId, polarity }, index) => {
    if (ids.has(id)) throw fail('ARGUMENT_INVALID', `list ${id} is given twice`);
    ids.add(id);
    const number = POLARITIES.indexOf(polarity);
    if (number < 0) throw fail('ARGUMENT_INVALID', `${polarity} is not a polarity: ${POLARITIES.join(', ')}`);
    writeUuid(id, table, index * LIST_BYTES);
    writeUuid(agencyId, table, index * LIST_BYTES + 16);
    table[index * LIST_BYTES + 32] = number;
  });
  return table;
};

/** Errors: INDEX_FILE_INVALID naming the file and the polarity that it cannot mean. */
export const decodeLists = (table: Uint8Array, name: string): ExactList[] =>
  Array.from({ length: table.length / LIST_BYTES }, (_, index) => {
    const at = index * LIST_BYTES;
    const polarity = POLARITIES[table[at + 32]!];
    if (polarity === undefined)
      throw fail('INDEX_FILE_INVALID', `${name}: list ${index} has polarity ${table[at + 32]}`);
    return { id: readUuid(table, at), agencyId: readUuid(table, at + 16), polarity };
  });
