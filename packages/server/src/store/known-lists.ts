// Which media stand on which lists: looked up in the files of the lists, and kept as rows that every question joins. Two things bring new rows, a new
// medium and a new version of a list; a lock of the database keeps each from missing the other.
import { sql, type Transaction } from 'kysely';
import { DIGEST_BYTES, DIGEST_KINDS, type DigestKind } from '@redthread/core/index';
import { VersionFolders, type ExactLists, type ExactListsView } from '../lists/index.js';
import type { Database } from './tables.js';

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

interface Opened {
  readonly lists: ExactLists;
  readonly view: ExactListsView;
}

export class KnownLists {
  readonly folders: VersionFolders;
  readonly #opened = new Map<string, Opened>();

  constructor(vaultFolder: string) {
    this.folders = new VersionFolders(vaultFolder);
  }

  /**
   * Looks up media that this transaction has made in every list that counts.
   * Errors: INDEX_FILE_INVALID, INDEX_VERSION_UNSUPPORTED, INDEX_CHECKSUM_MISMATCH where the files of a list are damaged or gone.
   */
  async mark(trx: Trx, mediaIds: readonly string[]): Promise<void> {
    if (mediaIds.length === 0) return;
    await sql`select pg_advisory_xact_lock_shared(${LOCK})`.execute(trx);
    const { rows: lists } = await sql<ListRef>`select id, agency_id as "agencyId" from lists
      where expires_at is null or expires_at > now() order by id`.execute(trx);
    this.#keepOnly(lists);
    if (lists.length === 0) return;
    const { rows: media } = await sql<Medium>`select id, agency_id, sha256, sha1, md5 from media
      where id = any(${[...mediaIds]}::uuid[]) order by id`.execute(trx);
    for (const list of lists) await insertHits(trx, list, this.#hitsAmong(list, media));
  }

  /** Looks up everything that is stored in one list, and answers how many media stand on it; what comes in meanwhile waits. Errors: as `mark`. */
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

  close(): void {
    this.#keepOnly([]);
  }

  #hitsAmong({ id }: ListRef, media: readonly Medium[]): Medium[] {
    const view = this.#viewOf(id);
    const found = new Set<number>();
    for (const kind of DIGEST_KINDS)
      view.findMany(kind, digestsOf(kind, media), (index) => {
        found.add(index);
      });
    return [...found].map((index) => media[index]!);
  }

  #viewOf(id: string): ExactListsView {
    const known = this.#opened.get(id);
    if (known !== undefined) return known.view;
    const lists = this.folders.of(id).openDigests();
    const view = lists.viewFor({ lists: new Set([id]) });
    this.#opened.set(id, { lists, view });
    return view;
  }

  #keepOnly(lists: readonly ListRef[]): void {
    const kept = new Set(lists.map(({ id }) => id));
    for (const [id, opened] of this.#opened) {
      if (kept.has(id)) continue;
      opened.lists.close();
      this.#opened.delete(id);
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
