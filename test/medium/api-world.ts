// A small world written straight into the tables: agencies, cases, exhibits, files, stacks and matches, for the tests of
// what is read. Rows only: the tests that need pictures go through a real ingest.
import { createHash, randomUUID } from 'node:crypto';
import type { Insertable, Kysely } from 'kysely';
import type { MatchGrade } from '@redthread/core/domain';
import type { Database, Store } from '../../packages/server/src/store/index.js';
import { storeList } from './stored-list.js';

export interface Person {
  readonly id: string;
  readonly agencyId: string;
  readonly login: string;
}

export interface PlacedFile {
  /** Files with the same name of content hold the same bytes. */
  readonly content: string | null;
  readonly path?: string;
}

export interface ContentTraits {
  readonly comparable?: boolean;
  readonly width?: number;
  readonly height?: number;
  /** Name of the content that represents its stack. */
  readonly stack?: string;
}

const digest = (algorithm: string, content: string): Buffer => createHash(algorithm).update(content).digest();
export const sha256Of = (content: string): string => digest('sha256', content).toString('hex');

/** Writes rows as the owner of the schema. */
export class ApiWorld {
  readonly #store: Store<'owner'>;
  readonly #db: Kysely<Database>;
  readonly #traits = new Map<string, ContentTraits>();
  #clock = Date.parse('2026-01-01T00:00:00Z');

  constructor(store: Store<'owner'>) {
    this.#store = store;
    this.#db = store.owner;
  }

  #tick(): Date {
    this.#clock += 60_000;
    return new Date(this.#clock);
  }

  async agency(name: string, country = 'ES'): Promise<string> {
    const row = await this.#db
      .insertInto('agencies')
      .values({ name, country })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  }

  async person(
    agencyId: string,
    login: string,
    roles: string[] = ['officer'],
    passwordHash: string | null = null,
  ): Promise<Person> {
    const row = await this.#db
      .insertInto('users')
      .values({ agency_id: agencyId, login, display_name: login, roles, password_hash: passwordHash, os_account: null })
      .returning('id')
      .executeTakeFirstOrThrow();
    return { id: row.id, agencyId, login };
  }

  async operation(reference: string, agencies: readonly string[]): Promise<string> {
    const { id } = await this.#db
      .insertInto('operations')
      .values({ agency_id: agencies[0] ?? (await this.agency(`founder of ${reference}`)), reference, name: reference })
      .returning('id')
      .executeTakeFirstOrThrow();
    for (const agency_id of agencies)
      await this.#db.insertInto('operation_members').values({ operation_id: id, agency_id }).execute();
    return id;
  }

  async case(person: Person, reference: string, operationId: string | null = null, shared = false): Promise<string> {
    const row = await this.#db
      .insertInto('cases')
      .values({
        agency_id: person.agencyId,
        reference,
        operation_id: operationId,
        shared_with_operation: shared,
        created_by: person.id,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  }

  traits(content: string, traits: ContentTraits): void {
    this.#traits.set(content, traits);
  }

  /** An exhibit, registered one minute after the last one, with its files. */
  async exhibit(person: Person, caseId: string, reference: string, files: readonly PlacedFile[]): Promise<string> {
    const at = this.#tick();
    const { id } = await this.#db
      .insertInto('exhibits')
      .values({
        agency_id: person.agencyId,
        case_id: caseId,
        reference,
        kind: 'folder',
        source_path: `/seized/${reference}`,
        in_place_root: null,
        container_sha256: null,
        error_code: null,
        error_detail: null,
        created_by: person.id,
        created_at: at,
        state: 'complete',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    for (const [i, file] of files.entries()) {
      const mediaId = file.content === null ? null : await this.media(person.agencyId, file.content);
      await this.#db
        .insertInto('occurrences')
        .values({
          agency_id: person.agencyId,
          case_id: caseId,
          exhibit_id: id,
          media_id: mediaId,
          path: file.path ?? `files/${String(i).padStart(4, '0')}.jpg`,
          raw_name: null,
          container: null,
          size_bytes: file.content === null ? 10 : 1000,
          source_times: '[]',
          state: file.content === null ? 'unreadable' : 'stored',
          error_code: file.content === null ? 'FILE_UNREADABLE' : null,
          error_detail: file.content === null ? 'bad sector' : null,
          in_place_path: null,
          stat_key: null,
          created_at: new Date(at.getTime() + i),
        })
        .execute();
    }
    return id;
  }

  /** The media of a content in an agency, or null when it has none. */
  async find(agencyId: string, content: string): Promise<string | null> {
    const row = await this.#db
      .selectFrom('media')
      .select('id')
      .where('agency_id', '=', agencyId)
      .where('sha256', '=', digest('sha256', content))
      .executeTakeFirst();
    return row?.id ?? null;
  }

  /** The media of a content in an agency, made when it is not there yet. */
  async media(agencyId: string, content: string): Promise<string> {
    const sha256 = digest('sha256', content);
    const existing = await this.find(agencyId, content);
    if (existing !== null) return existing;
    const digests = { sha256, sha1: digest('sha1', content), md5: digest('md5', content), size_bytes: 1000 };
    const traits = this.#traits.get(content) ?? {};
    const type = { mime: 'image/jpeg', kind: 'image' };
    const known = await this.#db.selectFrom('contents').select('id').where('sha256', '=', sha256).executeTakeFirst();
    const contentId =
      known?.id ??
      (
        await this.#db
          .insertInto('contents')
          .values({ ...digests, ...type })
          .returning('id')
          .executeTakeFirstOrThrow()
      ).id;
    const id = randomUUID();
    const representative =
      traits.stack === undefined || traits.stack === content ? id : await this.media(agencyId, traits.stack);
    await this.#db
      .insertInto('media')
      .values({
        id,
        agency_id: agencyId,
        content_id: contentId,
        ...digests,
        ...type,
        width: traits.width ?? 640,
        height: traits.height ?? 480,
        state: 'ready',
        error_code: null,
        error_detail: null,
        comparable: traits.comparable ?? true,
        representative_id: representative,
      })
      .execute();
    await this.#db.transaction().execute((trx) => this.#store.lists.mark(trx, [id]));
    return id;
  }

  /** A match between two media, whichever way round. */
  async match(
    first: { id: string; agencyId: string },
    second: { id: string; agencyId: string },
    value = 8,
  ): Promise<void> {
    const [a, b] = first.id < second.id ? [first, second] : [second, first];
    const grade = 'same content';
    const reason = {
      method: 'pdq',
      version: 1,
      grade,
      value,
      threshold: 31,
      unit: 'bits',
      bits: 18,
      where: { a: { orientation: 'upright' }, b: { orientation: 'upright' } },
    };
    await this.#db
      .insertInto('matches')
      .values({
        media_a: a.id,
        media_b: b.id,
        agency_a: a.agencyId,
        agency_b: b.agencyId,
        grade,
        method: 'pdq',
        version: 1,
        value,
        threshold: 31,
        unit: 'bits',
        bits: 18,
        decoder: 'sharp@0.35',
        reasons: JSON.stringify([reason]),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /** One of that grade and so many bits, between two contents of an agency. */
  async matchContents(
    agencyId: string,
    [first, second]: readonly [string, string],
    grade: MatchGrade,
    bits: number,
  ): Promise<void> {
    const [one, two] = [await this.media(agencyId, first), await this.media(agencyId, second)];
    await this.match({ id: one, agencyId }, { id: two, agencyId });
    const [a = '', b = ''] = [one, two].sort();
    await this.#db
      .updateTable('matches')
      .set({ grade, bits })
      .where('media_a', '=', a)
      .where('media_b', '=', b)
      .execute();
  }

  /** A line of the ledger with one media; answers its id. */
  async contribution(
    { agencyId, id, login }: Person,
    mediaId: string,
    line: Partial<Insertable<Database['contributions']>> = {},
    isWithdrawn = false,
  ): Promise<string> {
    const made = { agency_id: agencyId, made_by: id, made_login: login, item_count: 1, handling: 'TLP:AMBER' };
    const { id: contribution } = await this.#db
      .insertInto('contributions')
      .values({ ...made, receiver: 'a desk', format: 'vics', subject: 'drawn', ...line })
      .returning('id')
      .executeTakeFirstOrThrow();
    const { sha256 } = await this.#db
      .selectFrom('media')
      .select('sha256')
      .where('id', '=', mediaId)
      .executeTakeFirstOrThrow();
    const item = { agency_id: agencyId, contribution_id: contribution, sha256, media_id: mediaId };
    await this.#db
      .insertInto('contribution_items')
      .values({ ...item, ...(isWithdrawn && { withdrawn_at: new Date(), withdraw_reason: 'drawn' }) })
      .execute();
    return contribution;
  }

  async list(
    person: Person,
    name: string,
    contents: readonly string[],
    operationId: string | null = null,
    expiresAt: Date | null = null,
  ): Promise<string> {
    const digests = [...new Set(contents)].map((content) => digest('md5', content).toString('hex'));
    const { agencyId, id: userId } = person;
    return storeList(this.#store, { agencyId, userId, name, operationId, expiresAt, digests });
  }
}
