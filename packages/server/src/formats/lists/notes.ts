// What a reader noticed and did not hide: each kind is counted, and the first places of it are kept.

export const NOTE_CODES = {
  HASH_INVALID: 'not a hash of the kind that stands there; left out',
  HASH_OF_EMPTY_FILE: 'the digest of an empty file; it never matches',
  HASH_AMBIGUOUS: 'two different hashes of one kind in one row; the first counts',
  FLAG_UNREADABLE: 'neither yes nor no; taken as not said',
  SIZE_UNREADABLE: 'not a size in bytes; left out',
  LINE_SKIPPED: 'no hash in this line',
  COLUMNS_FEWER: 'fewer cells than the header has columns',
  COLUMNS_MORE: 'more cells than the header has columns; the rest was not read',
  CATEGORY_NOT_OF_SCHEME: 'a category in a form that no scheme has; kept as written',
  KEY_UNKNOWN: 'a name that the format does not have; kept as written',
  TEXT_DAMAGED: 'bytes that are no text in the encoding of the file',
  COUNT_DIFFERS: 'the file counts itself otherwise than it is',
  DATE_UNREADABLE: 'not a date of any form seen; kept as written',
  SPECIAL_CODE: 'its source marks it as special or malicious: it is not known good; left out',
  SIGNAL_UNKNOWN: 'a kind of signal that is not read; left out',
  CATEGORY_CONFLICT: 'contents with more than one category; each is kept as a vote',
  OPINION_NOT_POSITIVE: 'its source says that it is not, or may not be, what the list is of; left out',
  STATUS_MIXED: 'rows of one file with different status',
  FETCHED_SEPARATELY: 'a fingerprint that the source gives only on request; not fetched',
} as const;
export type NoteCode = keyof typeof NOTE_CODES;

export interface Note {
  readonly code: NoteCode;
  readonly count: number;
  /** Where, and what stood there; the first twenty. */
  readonly places: readonly string[];
}

const PLACES = 20;
const EXCERPT = 60;

/** Enough of a value to find it, without what a terminal would take for an order. */
export const excerpt = (value: string): string => {
  const plain = value.slice(0, EXCERPT + 1).replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?');
  return plain.length > EXCERPT ? `${plain.slice(0, EXCERPT)}…` : plain;
};

export class Notes {
  readonly #found = new Map<NoteCode, { count: number; places: string[] }>();

  /** Many of one kind at once, without their places. */
  addCount(code: NoteCode, count: number): void {
    if (count > 0) this.#found.set(code, { count: this.count(code) + count, places: [] });
  }

  add(code: NoteCode, place: string, value?: string): void {
    const note = this.#found.get(code) ?? { count: 0, places: [] };
    this.#found.set(code, note);
    note.count += 1;
    if (note.places.length < PLACES) note.places.push(value === undefined ? place : `${place}: ${excerpt(value)}`);
  }

  /** What another file of the same list gave. */
  take(other: Notes): void {
    for (const { code, count, places } of other.all()) {
      const before = this.#found.get(code) ?? { count: 0, places: [] };
      this.#found.set(code, {
        count: before.count + count,
        places: [...before.places, ...places].slice(0, PLACES),
      });
    }
  }

  count(code: NoteCode): number {
    return this.#found.get(code)?.count ?? 0;
  }

  all(): Note[] {
    return [...this.#found].map(([code, { count, places }]) => ({ code, count, places }));
  }
}
