// Which media stand on which lists: looked up in the files of the lists, and kept as rows that every question joins. Two things bring new rows, a new
// medium and a new version of a list; a lock of the database keeps each from missing the other.
import { sql, type Transaction } from 'kysely';
import { isRedthreadError, type ErrorCode } from '@redthread/core/errors';
import { DIGEST_BYTES, DIGEST_KINDS, kindOfDigest, type DigestKind } from '@redthread/core/index/exact';
import type { ListEntry } from '../formats/lists/index.js';
import { VersionFolders, type ExactLists, type ExactListsView } from '../lists/index.js';
import type { Database, Polarity } from './tables.js';

type Trx = Transaction<Database>;

const MEDIA_AT_ONCE = 20_000;
const LOCK = sql`hashtextextended('redthread lists', 0)`;

interface Medium {
  readonly id: string;
  readonly agency_id: string;
  readonly sha256: Buffer;
  readonly sha1: Buffer;
  readonly md5: Buffer;
}

export interface ListRef {
  readonly id: string;
  readonly agencyId: string;
}

/** A list that counts and was asked. */
export interface AskedList extends ListRef {
  readonly name: string;
  readonly version: string;
  readonly polarity: Polarity;
  readonly digests: number;
  readonly createdAt: Date;
}

/** Of files that cannot be read: the list is set aside, and says nothing until they are whole again. */
const DAMAGE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'INDEX_FILE_INVALID',
  'INDEX_VERSION_UNSUPPORTED',
  'INDEX_CHECKSUM_MISMATCH',
]);

/** Answers the code of what is wrong with the files of a list; whatever else went wrong goes on. */
export const damageOf = (error: unknown): ErrorCode => {
  if (isRedthreadError(error) && DAMAGE.has(error.code)) return error.code;
  throw error;
};

export interface ListAnswer {
  readonly asked: readonly AskedList[];
  /** Those that count and could not be asked, with the code of why: whether they name the digest is not known. */
  readonly unasked: readonly { readonly list: AskedList; readonly code: ErrorCode }[];
  /** What names the digest, with what it says of it last. */
  readonly found: readonly { readonly list: AskedList; readonly entry: ListEntry }[];
}

/** What is opened for one kind of digests: who asks for MD5 holds no more of a list in memory. */
interface Opened {
  readonly id: string;
  readonly lists: ExactLists;
  readonly view: ExactListsView;
  usedAt: number;
}

const UNUSED_MS = 600_000;
const TIMER_SLACK_MS = 1_000;

export class KnownLists {
  readonly folders: VersionFolders;
  readonly #opened = new Map<string, Opened>();
  #lettingGo: NodeJS.Timeout | undefined;

  constructor(vaultFolder: string) {
    this.folders = new VersionFolders(vaultFolder);
  }

  /** Looks up media that this transaction has made in every list that counts. One whose files are damaged is set aside, and `markAll` makes up for it. */
  async mark(trx: Trx, mediaIds: readonly string[]): Promise<void> {
    if (mediaIds.length === 0) return;
    await sql`select pg_advisory_xact_lock_shared(${LOCK})`.execute(trx);
    const { rows: lists } = await sql<ListRef>`select id, agency_id as "agencyId" from lists
      where damage is null and (expires_at is null or expires_at > now()) order by id`.execute(trx);
    const counting = new Set(lists.map(({ id }) => id));
    this.#close(({ id }) => !counting.has(id));
    if (lists.length === 0) return;
    const { rows: media } = await sql<Medium>`select id, agency_id, sha256, sha1, md5 from media
      where id = any(${[...mediaIds]}::uuid[]) order by id`.execute(trx);
    for (const list of lists) {
      const hits = await this.#orSetAside(trx, list, () => this.#hitsAmong(list, media));
      if (hits !== null) await insertHits(trx, list, hits);
    }
  }

  /**
   * Looks up everything that is stored in one list, and answers how many media stand on it; what comes in meanwhile waits.
   * Errors: INDEX_FILE_INVALID, INDEX_VERSION_UNSUPPORTED, INDEX_CHECKSUM_MISMATCH where its files are damaged or gone.
   */
  async markAll(trx: Trx, list: ListRef): Promise<number> {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(trx);
    await sql`declare media_to_look_up no scroll cursor for select id, agency_id, sha256, sha1, md5 from media`.execute(
      trx,
    );
    let count = 0;
    for (;;) {
      const { rows: media } = await sql<Medium>`fetch ${sql.lit(MEDIA_AT_ONCE)} from media_to_look_up`.execute(trx);
      if (media.length === 0) break;
      const hits = this.#hitsAmong(list, media);
      await insertHits(trx, list, hits);
      count += hits.length;
    }
    await sql`close media_to_look_up`.execute(trx);
    return count;
  }

  /** Which of the lists that count, and that this transaction sees, name a digest. Errors: HASH_INVALID. */
  async ask(trx: Trx, digest: Buffer): Promise<ListAnswer> {
    const kind = kindOfDigest(digest);
    const { rows: counting } =
      await sql<AskedList>`select id, agency_id as "agencyId", name, version, polarity, entry_count as digests,
      created_at as "createdAt" from lists where expires_at is null or expires_at > now() order by name, version, id`.execute(
        trx,
      );
    this.#closeUnused();
    const [asked, found, unasked]: [AskedList[], ListAnswer['found'][number][], ListAnswer['unasked'][number][]] = [
      [],
      [],
      [],
    ];
    for (const list of counting) {
      const look = (): ListEntry[] => {
        const hits = this.#viewOf(list.id, kind).find(digest).slice(0, 1);
        return hits.map(({ payload }) => this.#entryOf(list, payload));
      };
      const entries = await this.#orSetAside(trx, list, look, (code) => unasked.push({ list, code }));
      if (entries === null) continue;
      asked.push(list);
      found.push(...entries.map((entry) => ({ list, entry })));
    }
    // Also where nobody asks again.
    clearTimeout(this.#lettingGo);
    this.#lettingGo = setTimeout(() => this.#closeUnused(), UNUSED_MS + TIMER_SLACK_MS).unref();
    return { asked, found, unasked };
  }

  close(): void {
    clearTimeout(this.#lettingGo);
    this.#close(() => true);
  }

  #closeUnused(): void {
    this.#close(({ usedAt }) => usedAt <= Date.now() - UNUSED_MS);
  }

  /** Null where the files of the list are damaged: it is said of the list, those whom it concerns are told, and nothing else stops. */
  async #orSetAside<T>(
    trx: Trx,
    { id }: ListRef,
    look: () => T,
    onDamage?: (code: ErrorCode) => void,
  ): Promise<T | null> {
    try {
      return look();
    } catch (error) {
      const code = damageOf(error);
      this.#close((opened) => opened.id === id);
      await sql`select list_damaged(${id}::uuid, ${code})`.execute(trx);
      onDamage?.(code);
      return null;
    }
  }

  #entryOf({ id }: ListRef, number: number): ListEntry {
    const entries = this.folders.of(id).openEntries();
    try {
      return entries.at(number);
    } finally {
      entries.close();
    }
  }

  #hitsAmong({ id }: ListRef, media: readonly Medium[]): Medium[] {
    const found = new Set<number>();
    for (const kind of DIGEST_KINDS)
      this.#viewOf(id, kind).findMany(kind, digestsOf(kind, media), (index) => {
        found.add(index);
      });
    return [...found].map((index) => media[index]!);
  }

  #viewOf(id: string, kind: DigestKind): ExactListsView {
    const name = `${id} ${kind}`;
    const known = this.#opened.get(name);
    if (known !== undefined) {
      known.usedAt = Date.now();
      return known.view;
    }
    const lists = this.folders.of(id).openDigests([kind]);
    const view = lists.viewFor({ lists: new Set([id]) });
    this.#opened.set(name, { id, lists, view, usedAt: Date.now() });
    return view;
  }

  #close(isEnded: (opened: Opened) => boolean): void {
    for (const [name, opened] of this.#opened) {
      if (!isEnded(opened)) continue;
      opened.lists.close();
      this.#opened.delete(name);
    }
  }
}

const digestsOf = (kind: DigestKind, media: readonly Medium[]): Uint8Array => {
  const bytes = DIGEST_BYTES[kind];
  const digests = new Uint8Array(bytes * media.length);
  media.forEach((medium, index) => digests.set(medium[kind], bytes * index));
  return digests;
};

const insertHits = async (trx: Trx, list: ListRef, media: readonly Medium[]): Promise<void> => {
  if (media.length === 0) return;
  await sql`insert into list_hits (agency_id, media_id, list_agency_id, list_id)
    select m.agency_id, m.id, ${list.agencyId}::uuid, ${list.id}::uuid
    from unnest(${media.map(({ agency_id }) => agency_id)}::uuid[], ${media.map(({ id }) => id)}::uuid[]) as m (agency_id, id)
    on conflict do nothing`.execute(trx);
};
