// What a delta takes back by hashes: which of the entries before it are gone. As many at once as fit into memory.
import type { ListEntry } from '../../formats/lists/entry.js';

const DIGESTS = ['sha256', 'sha1', 'md5'] as const;

interface Taken {
  /** Entries that came before it; what comes after stays. */
  readonly before: number;
  readonly entry: ListEntry;
  readonly named: readonly string[];
}

/** What a delta may say beside the hash, and what an entry calls it. */
const CONDITIONS = [
  ['package_id', 'packageId'],
  ['file_name', 'name'],
] as const;

export class TakenBack {
  readonly #byDigest = new Map<string, Taken[]>();
  size = 0;

  add(entry: ListEntry, before: number): void {
    const named = DIGESTS.flatMap((kind) => entry[kind] ?? []);
    const taken = { before, entry, named };
    this.size += 1;
    for (const digest of named) {
      const others = this.#byDigest.get(digest);
      if (others === undefined) this.#byDigest.set(digest, [taken]);
      else others.push(taken);
    }
  }

  has(entry: ListEntry, number: number): boolean {
    return DIGESTS.some((kind) => {
      const digest = entry[kind];
      const taken = digest === null ? undefined : this.#byDigest.get(digest);
      return taken !== undefined && taken.some((one) => number < one.before && isOf(one, entry));
    });
  }
}

/** By the best hash of the entry; or by all that are named, unless the best of all is among them and is another. */
const isOf = ({ entry: back, named }: Taken, entry: ListEntry): boolean => {
  const best = entry.sha256 ?? entry.sha1 ?? entry.md5 ?? '';
  const isNamed =
    named.includes(best) ||
    (back.sha256 === null && DIGESTS.every((kind) => back[kind] === null || back[kind] === entry[kind]));
  const conditions = (back.properties['conditions'] ?? {}) as Readonly<Record<string, string>>;
  return (
    isNamed &&
    CONDITIONS.every(
      ([name, property]) => conditions[name] === undefined || entry.properties[property] === conditions[name],
    )
  );
};
