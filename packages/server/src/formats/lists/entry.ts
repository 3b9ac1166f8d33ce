// What every reader of a list yields, whatever the format: entries with typed digests, what the source says of them in its own words, and the
// place where it says so. Nothing is converted, guessed or left out in silence.

export const LIST_FORMATS = [
  'hash-list',
  'hash-csv',
  'iped-csv',
  'icse-csv',
  'vics',
  'nist-caid',
  'nsrl-rds3',
  'nsrl-delta',
  'nsrl-v2',
  'ncmec',
  'cybertip',
  'stopncii',
  'threatexchange',
  'hma',
] as const;
export type ListFormat = (typeof LIST_FORMATS)[number];

/** Yes, no, or not said: a source that says nothing has not said no. */
export type Stated = boolean | null;

/** A code of a scheme (`vic-us@2.0`, see docs/schemes.md); a scheme of null is one that the file does not name. */
export interface ListCategory {
  readonly scheme: string | null;
  readonly code: string;
}

/** A perceptual or other hash that is not a digest of bytes: kept as written, compared by nobody here. */
export interface OtherHash {
  readonly method: string;
  readonly value: string;
}

export interface ListOccurrence {
  readonly name: string | null;
  readonly path: string | null;
  /** As written: no zone is added and none is taken away. */
  readonly created: string | null;
  readonly written: string | null;
  readonly accessed: string | null;
  readonly deleted: Stated;
  readonly unallocated: Stated;
}

export interface ListEntry {
  /** `line 12`, `row 3`, or a JSON pointer. */
  readonly place: string;
  /** What the source calls it; entries of the same key replace each other. */
  readonly key: string | null;
  /** The source takes it back: nothing of it counts any longer. */
  readonly isWithdrawn: boolean;
  readonly md5: string | null;
  readonly sha1: string | null;
  readonly sha256: string | null;
  /** 144 bytes in hex: stored and handed on, never compared. */
  readonly photoDna: string | null;
  readonly others: readonly OtherHash[];
  readonly categories: readonly ListCategory[];
  readonly size: number | null;
  readonly flags: Readonly<Record<string, Stated>>;
  readonly occurrences: readonly ListOccurrence[];
  /** What else the source says, under its own names. */
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface ListHeader {
  format: ListFormat;
  /** Of the format: `2.0`; null where it has none. */
  formatVersion: string | null;
  /** Of a VICS file. */
  kind: 'media' | 'cases' | null;
  region: string | null;
  scheme: string | null;
  /** What the source itself can only mean; null where nothing in the file says it. */
  polarity: 'known-bad' | 'known-good' | null;
  /** Edition that the file names. */
  edition: string | null;
  encoding: string;
  delimiter: string | null;
  columns: readonly string[];
  /** The rest of it, under the names of the source. */
  properties: Record<string, unknown>;
}

export const newHeader = (format: ListFormat): ListHeader => ({
  format,
  formatVersion: null,
  kind: null,
  region: null,
  scheme: null,
  polarity: null,
  edition: null,
  encoding: 'utf-8',
  delimiter: null,
  columns: [],
  properties: {},
});

const NONE: readonly never[] = [];
const NOTHING = Object.freeze({});

type Given = { readonly place: string } & Partial<ListEntry>;

/** An entry of which the source says only what is given. */
export const entryOf = (given: Given): ListEntry => ({
  place: given.place,
  key: given.key ?? null,
  isWithdrawn: given.isWithdrawn ?? false,
  md5: given.md5 ?? null,
  sha1: given.sha1 ?? null,
  sha256: given.sha256 ?? null,
  photoDna: given.photoDna ?? null,
  others: given.others ?? NONE,
  categories: given.categories ?? NONE,
  size: given.size ?? null,
  flags: given.flags ?? NOTHING,
  occurrences: given.occurrences ?? NONE,
  properties: given.properties ?? NOTHING,
});

export type Batches = AsyncGenerator<readonly ListEntry[]>;
