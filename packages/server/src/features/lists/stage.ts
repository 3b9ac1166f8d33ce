// Where the entries of an import lie until all of them are read: a table of the transaction, which is gone with it. What a source replaces or takes
// back, it takes back here, so that no row of a list is ever deleted.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Trx } from '../../store/index.js';
import type { ListEntry, ListFormat } from '../../formats/lists/index.js';

/** Formats whose entries have a name of their own: a later word on one replaces the earlier. */
const REPLACES: ReadonlySet<ListFormat> = new Set(['ncmec', 'stopncii']);
/** Formats that take back by a hash: it is their key, and an entry more under the same one adds. */
const BY_HASH: ReadonlySet<ListFormat> = new Set(['nsrl-rds3', 'nsrl-delta', 'nsrl-v2']);

const BATCH = 5_000;
/** Characters of facts that wait: a source may say megabytes of each entry. */
const BATCH_FACTS = 32 * 2 ** 20;
/** An index holds no longer ones; what is longer is known by its digest. */
const LONGEST_KEY = 500;

interface Item {
  readonly key: string | null;
  readonly digests: string;
  readonly facts: string;
}

export class Stage {
  #items: Item[] = [];
  #factsLength = 0;
  /** Of formats that replace: the last word on each key since the last flush; null where it is taken back. */
  readonly #byKey = new Map<string, Item | null>();

  private constructor(
    readonly trx: Trx,
    readonly format: ListFormat,
  ) {}

  static async open(trx: Trx, format: ListFormat): Promise<Stage> {
    await sql`create temporary table list_stage (item_key text, digests bytea[] not null, facts jsonb not null) on commit drop`.execute(
      trx,
    );
    if (REPLACES.has(format) || BY_HASH.has(format))
      await sql`create index on list_stage (item_key) where item_key is not null`.execute(trx);
    return new Stage(trx, format);
  }

  /** Starts from what another version of the list holds, bare digests among it. */
  async startFrom(listId: string): Promise<void> {
    await sql`insert into list_stage (item_key, digests, facts)
      select item_key, digests, facts from list_items where list_id = ${listId}::uuid`.execute(this.trx);
    const key = BY_HASH.has(this.format) ? sql`encode(le.digest, 'hex')` : sql`null`;
    await sql`insert into list_stage (item_key, digests, facts)
      select ${key}, array[le.digest], '{}' from list_entries le where le.list_id = ${listId}::uuid and not exists (
        select from (select unnest(digests) as digest from list_stage) held where held.digest = le.digest)`.execute(
      this.trx,
    );
  }

  async add(entries: readonly ListEntry[]): Promise<void> {
    for (const entry of entries) {
      const key = this.#keyOf(entry);
      const item = entry.isWithdrawn ? null : { key, digests: digestsOf(entry), facts: factsOf(entry) };
      this.#factsLength += item?.facts.length ?? 0;
      if (key !== null && REPLACES.has(this.format)) this.#byKey.set(key, item);
      else if (item !== null) this.#items.push(item);
      else if (BY_HASH.has(this.format)) await this.#takeBack(entry);
      if (this.#items.length + this.#byKey.size >= BATCH || this.#factsLength >= BATCH_FACTS) await this.flush();
    }
  }

  async flush(): Promise<void> {
    const keys = [...this.#byKey.keys()];
    const items = [...this.#items, ...[...this.#byKey.values()].filter((item) => item !== null)];
    this.#items = [];
    this.#byKey.clear();
    this.#factsLength = 0;
    if (keys.length > 0) await sql`delete from list_stage where item_key = any(${keys}::text[])`.execute(this.trx);
    if (items.length === 0) return;
    await sql`insert into list_stage (item_key, digests, facts)
      select k, d::bytea[], f::jsonb from unnest(${items.map(({ key }) => key)}::text[], ${items.map(({ digests }) => digests)}::text[],
        ${items.map(({ facts }) => facts)}::text[]) as row (k, d, f)`.execute(this.trx);
  }

  /** How many contents have more than one category: each stays a vote of its own. */
  async conflicts(): Promise<number> {
    const result = await sql<{ count: string }>`select count(*) from (
      select s.digests[1] from list_stage s, jsonb_array_elements(s.facts -> 'categories') c
      group by s.digests[1] having count(distinct c) > 1) x`.execute(this.trx);
    return Number(result.rows[0]?.count ?? 0);
  }

  async counts(): Promise<{ readonly items: number; readonly digests: number }> {
    const result = await sql<{ items: string; digests: string }>`select count(*) as items,
      (select count(distinct d) from list_stage, unnest(digests) d) as digests from list_stage`.execute(this.trx);
    return { items: Number(result.rows[0]?.items ?? 0), digests: Number(result.rows[0]?.digests ?? 0) };
  }

  /** Makes it the list: digests in their order, and items for all that say more than one digest. */
  async become(listId: string, agencyId: string): Promise<void> {
    await sql`insert into list_entries (list_id, agency_id, digest)
      select ${listId}::uuid, ${agencyId}::uuid, d from (select distinct unnest(digests) as d from list_stage) x order by d`.execute(
      this.trx,
    );
    await sql`insert into list_items (list_id, agency_id, item_key, digests, facts)
      select ${listId}::uuid, ${agencyId}::uuid, item_key, digests, facts from list_stage
      where item_key is not null or facts <> '{}' or cardinality(digests) > 1`.execute(this.trx);
  }

  #keyOf(entry: ListEntry): string | null {
    if (BY_HASH.has(this.format)) return entry.sha256 ?? entry.sha1 ?? entry.md5;
    if (entry.key === null) return null;
    return entry.key.length > LONGEST_KEY
      ? `sha256:${createHash('sha256').update(entry.key).digest('hex')}`
      : storable(entry.key);
  }

  /** By whichever hashes are named. Under the best of an entry it is found at once; where that is not named, it is looked for among all. */
  async #takeBack({ md5, sha1, sha256, properties }: ListEntry): Promise<void> {
    await this.flush();
    const named = [sha256, sha1, md5].filter((digest) => digest !== null);
    const conditions = (properties['conditions'] ?? {}) as Readonly<Record<string, string>>;
    const of = (name: string, property: string) =>
      conditions[name] === undefined
        ? sql``
        : sql` and facts -> 'properties' ->> ${property} = ${storable(conditions[name])}`;
    const held =
      sha256 !== null ? sql`false` : sql`digests @> ${named.map((digest) => Buffer.from(digest, 'hex'))}::bytea[]`;
    await sql`delete from list_stage where (item_key = any(${named}::text[]) or ${held})${of('package_id', 'packageId')}${of('file_name', 'name')}`.execute(
      this.trx,
    );
  }
}

const digestsOf = ({ md5, sha1, sha256 }: ListEntry): string =>
  `{${[md5, sha1, sha256].flatMap((digest) => (digest === null ? [] : [`"\\\\x${digest}"`])).join(',')}}`;

/** Only what the source says: most entries say little. */
const factsOf = (entry: ListEntry): string => {
  const facts: Record<string, unknown> = {};
  if (entry.categories.length > 0) facts['categories'] = entry.categories;
  if (entry.photoDna !== null) facts['photoDna'] = entry.photoDna;
  if (entry.others.length > 0) facts['others'] = entry.others;
  if (entry.size !== null) facts['size'] = entry.size;
  if (Object.values(entry.flags).some((flag) => flag !== null)) facts['flags'] = entry.flags;
  if (entry.occurrences.length > 0) facts['occurrences'] = entry.occurrences;
  if (Object.values(entry.properties).some((value) => value !== null && value !== undefined))
    facts['properties'] = entry.properties;
  const text = JSON.stringify(facts);
  // The database holds no NUL and no half of a character: rare, and dear to look for in every text.
  return /\\u(?:0000|[dD][89a-fA-F])/.test(text) ? JSON.stringify(facts, (_, value: unknown) => cleaned(value)) : text;
};

const cleaned = (value: unknown): unknown => {
  if (typeof value === 'string') return storable(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key), inner]));
};

const storable = (text: string): string =>
  text.replace(/\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
