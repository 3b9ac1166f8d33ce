// An entry as bytes of a block: what its source says and nothing else, so that it comes out again as it went in. Its place in the source is not kept.
import {
  entryOf,
  type ListCategory,
  type ListEntry,
  type ListOccurrence,
  type OtherHash,
} from '../../formats/lists/entry.js';
import type { BlockReader, BlockWriter } from './block-bytes.js';

/** What is there, in this order. */
const HAS = { md5: 1, sha1: 2, sha256: 4, key: 8, size: 16, photoDna: 32, more: 64 } as const;
const MORE = { categories: 1, flags: 2, others: 4, occurrences: 8, properties: 16 } as const;
const VALUE = { term: 0, text: 1, json: 2 } as const;

/** Longer texts do not come again. */
const LONGEST_TERM = 40;
/** A property is tried so often; where fewer than a quarter of its values came again, they are texts from there on, until the next block. */
const TRIED = 64;

/** Where the digests of the entry that was written last lie in the bytes of the block; -1 for one that it does not have. */
export interface DigestPlaces {
  md5: number;
  sha1: number;
  sha256: number;
}

interface Habit {
  tried: number;
  known: number;
}

export class EntryEncoder {
  readonly places: DigestPlaces = { md5: -1, sha1: -1, sha256: -1 };
  readonly #habits = new Map<string, Habit>();

  constructor(readonly to: BlockWriter) {}

  clear(): void {
    this.to.clear();
    this.#habits.clear();
  }

  write(entry: ListEntry): void {
    const { to, places } = this;
    const { md5, sha1, sha256, key, size, photoDna } = entry;
    const more = moreOf(entry);
    to.byte(
      (md5 === null ? 0 : HAS.md5) |
        (sha1 === null ? 0 : HAS.sha1) |
        (sha256 === null ? 0 : HAS.sha256) |
        (key === null ? 0 : HAS.key) |
        (size === null ? 0 : HAS.size) |
        (photoDna === null ? 0 : HAS.photoDna) |
        (more === 0 ? 0 : HAS.more),
    );
    places.md5 = md5 === null ? -1 : to.hex(md5);
    places.sha1 = sha1 === null ? -1 : to.hex(sha1);
    places.sha256 = sha256 === null ? -1 : to.hex(sha256);
    if (key !== null) to.text(key);
    if (size !== null) to.number(size);
    if (photoDna !== null) {
      to.number(photoDna.length >>> 1);
      to.hex(photoDna);
    }
    if (more !== 0) this.#writeMore(entry, more);
  }

  #writeMore({ categories, flags, others, occurrences, properties }: ListEntry, more: number): void {
    const { to } = this;
    to.byte(more);
    if (more & MORE.categories) {
      to.number(categories.length);
      for (const { scheme, code } of categories) {
        to.term(scheme ?? '');
        to.term(code);
      }
    }
    if (more & MORE.flags) to.term(JSON.stringify(flags));
    if (more & MORE.others) to.text(JSON.stringify(others));
    if (more & MORE.occurrences) to.text(JSON.stringify(occurrences));
    if (!(more & MORE.properties)) return;
    let count = 0;
    for (const name in properties) if (isSaid(properties[name])) count += 1;
    to.number(count);
    for (const name in properties) {
      const value = properties[name];
      if (!isSaid(value)) continue;
      to.term(name);
      if (typeof value !== 'string') {
        to.byte(VALUE.json);
        to.text(JSON.stringify(value));
      } else if (value.length <= LONGEST_TERM && this.#comesAgain(name, value)) {
        to.byte(VALUE.term);
        to.term(value);
      } else {
        to.byte(VALUE.text);
        to.text(value);
      }
    }
  }

  #comesAgain(name: string, value: string): boolean {
    let habit = this.#habits.get(name);
    if (habit === undefined) this.#habits.set(name, (habit = { tried: 0, known: 0 }));
    if (habit.tried >= TRIED && habit.known * 4 < habit.tried) return false;
    habit.tried += 1;
    if (this.to.isTerm(value)) habit.known += 1;
    return true;
  }
}

const isSaid = (value: unknown): boolean => value !== null && value !== undefined;

const moreOf = ({ categories, flags, others, occurrences, properties }: ListEntry): number => {
  let more = 0;
  if (categories.length > 0) more |= MORE.categories;
  if (others.length > 0) more |= MORE.others;
  if (occurrences.length > 0) more |= MORE.occurrences;
  for (const name in flags)
    if (flags[name] !== null) {
      more |= MORE.flags;
      break;
    }
  for (const name in properties)
    if (isSaid(properties[name])) {
      more |= MORE.properties;
      break;
    }
  return more;
};

/** `place`: what errors and notes call it. */
export const readEntry = (from: BlockReader, place: string): ListEntry => {
  const has = from.byte();
  const md5 = has & HAS.md5 ? from.hex(16) : null;
  const sha1 = has & HAS.sha1 ? from.hex(20) : null;
  const sha256 = has & HAS.sha256 ? from.hex(32) : null;
  const key = has & HAS.key ? from.text() : null;
  const size = has & HAS.size ? from.number() : null;
  const photoDna = has & HAS.photoDna ? from.hex(from.number()) : null;
  return entryOf({ place, md5, sha1, sha256, key, size, photoDna, ...(has & HAS.more ? readMore(from) : {}) });
};

const readMore = (from: BlockReader): Partial<ListEntry> => {
  const more = from.byte();
  const categories: ListCategory[] = [];
  if (more & MORE.categories)
    for (let left = from.number(); left > 0; left--) {
      const scheme = from.term();
      categories.push({ scheme: scheme === '' ? null : scheme, code: from.term() });
    }
  const flags = more & MORE.flags ? { flags: JSON.parse(from.term()) as ListEntry['flags'] } : {};
  const others = more & MORE.others ? { others: JSON.parse(from.text()) as OtherHash[] } : {};
  const occurrences = more & MORE.occurrences ? { occurrences: JSON.parse(from.text()) as ListOccurrence[] } : {};
  if (!(more & MORE.properties)) return { categories, ...flags, ...others, ...occurrences };
  // Of any name: `__proto__` is one that a file may have.
  const properties = Object.create(null) as Record<string, unknown>;
  for (let left = from.number(); left > 0; left--) {
    const name = from.term();
    const kind = from.byte();
    properties[name] = kind === VALUE.json ? JSON.parse(from.text()) : kind === VALUE.term ? from.term() : from.text();
  }
  return { categories, ...flags, ...others, ...occurrences, properties };
};
