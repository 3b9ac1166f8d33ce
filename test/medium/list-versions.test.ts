// Versions of lists that are here: told apart, ended, given out, asked for a hash, and converted from the tables where they lay before; and whose exhibits
// they name hears of it.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { List, SearchResult } from '../../packages/core/src/contract/index.js';
import { tellOfEndedLists } from '../../packages/server/src/matcher/ended-lists.js';
import { convertStoredLists } from '../../packages/server/src/store/convert-lists.js';
import type { Trx } from '../../packages/server/src/store/index.js';
import { ApiWorld } from './api-world.js';
import { jsonOf } from './command-line.js';
import { hex, openListFixture, VICS, vics, type ListFixture } from './list-fixture.js';

let fixture: ListFixture;

beforeAll(async () => {
  fixture = await openListFixture();
});
afterAll(() => fixture.close());

describe('a list that lies in tables', () => {
  it('becomes files when the store is opened, with what its source says, and the tables go', async () => {
    const { owner } = fixture.store;
    const { agency_id: agencyId, id: userId } = await owner
      .selectFrom('users')
      .select(['id', 'agency_id'])
      .executeTakeFirstOrThrow();
    // As before migration 0044.
    await sql`create table list_entries (list_id uuid not null, agency_id uuid not null, digest bytea not null, primary key (digest, list_id))`.execute(
      owner,
    );
    await sql`create table list_items (agency_id uuid not null, list_id uuid not null, id uuid not null default gen_random_uuid(),
      item_key text, digests bytea[] not null, facts jsonb not null)`.execute(owner);
    const { id } = await owner
      .insertInto('lists')
      .values({
        agency_id: agencyId,
        name: 'old',
        polarity: 'known-bad',
        version: '1',
        source_name: 'old.json',
        source_sha256: Buffer.alloc(32),
        entry_count: 3,
        created_by: userId,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const [md5, sha1, bare] = [hex('6'), hex('7', 40), hex('8', 64)];
    for (const digest of [md5, sha1, bare])
      await sql`insert into list_entries values (${id}::uuid, ${agencyId}::uuid, decode(${digest}, 'hex'))`.execute(
        owner,
      );
    const facts = { categories: [{ scheme: 'vic-us@2.0', code: '1' }], size: 12, properties: { series: 'Attic' } };
    await sql`insert into list_items (agency_id, list_id, item_key, digests, facts)
      values (${agencyId}::uuid, ${id}::uuid, 'k', array[decode(${md5}, 'hex'), decode(${sha1}, 'hex')], ${JSON.stringify(facts)}::jsonb)`.execute(
      owner,
    );
    await convertStoredLists(owner, fixture.store.config.vaultFolder);
    expect(fixture.entriesOf(id)).toMatchObject([
      { key: 'k', md5, sha1, sha256: null, ...facts },
      { key: null, md5: null, sha1: null, sha256: bare, categories: [], properties: {} },
    ]);
    const { rows } = await sql<{
      left: string | null;
    }>`select coalesce(to_regclass('list_entries'), to_regclass('list_items')) as left`.execute(owner);
    expect(rows).toEqual([{ left: null }]);
    const row = await owner.selectFrom('lists').select(['item_count', 'files_sha256']).executeTakeFirstOrThrow();
    expect(row).toEqual({ item_count: 2, files_sha256: fixture.store.lists.folders.of(id).checksum() });
    await convertStoredLists(owner, fixture.store.config.vaultFolder);
  });
});

describe('a version of a list', () => {
  it('tells versions apart, says until when one counts, and gives one out as it was said', async () => {
    const good = ['--name', 'toys', '--polarity', 'other', '--list-version'];
    const media = (sign: string, category: number) => ({ MD5: hex(sign), SHA1: hex(sign, 40), Category: category });
    await fixture.imported([fixture.fileOf('toys1.json', vics(VICS, [media('a', 1), media('b', 2)]))], ...good, '1');
    const { id } = await fixture.imported(
      [fixture.fileOf('toys2.json', vics(VICS, [media('b', 2), media('c', 1)]))],
      ...good,
      '2',
    );
    const { out } = await fixture.redthread('list', 'diff', 'toys', '1', '2', '--digests', '--json');
    const lines = jsonOf<Record<string, unknown>>(out);
    expect(lines.slice(0, 2)).toEqual([
      { change: 'removed', kind: 'md5', digest: hex('a') },
      { change: 'added', kind: 'md5', digest: hex('c') },
    ]);
    expect(lines.at(-1)).toMatchObject({
      changes: [
        { kind: 'md5', added: 1, removed: 1, same: 1 },
        { kind: 'sha1', added: 1, removed: 1, same: 1 },
        { kind: 'sha256', added: 0, removed: 0, same: 0 },
      ],
    });
    const recorded = await fixture.store.owner
      .selectFrom('audit_events')
      .select('detail')
      .where('type', '=', 'list-diff')
      .execute();
    expect(recorded.map(({ detail }) => detail)).toMatchObject([{ name: 'toys', from: '1', to: '2' }]);
    await expect(fixture.redthread('list', 'diff', 'toys', '1', '3')).rejects.toThrow(/NOT_FOUND.*version 3/);

    const target = join(fixture.folder, 'given.json');
    const out2 = ['--out', target, '--format', 'vics'];
    await expect(fixture.redthread('list', 'export', 'toys', ...out2)).rejects.toThrow(/say which version: 1, 2/);
    await fixture.redthread('list', 'export', 'toys', ...out2, '--list-version', '2');
    await expect(fixture.redthread('list', 'export', 'toys', ...out2, '--list-version', '2')).rejects.toThrow(
      /ARGUMENT_INVALID.*is there already/,
    );
    const again = await fixture.imported([target], '--name', 'again', '--polarity', 'other');
    expect(fixture.entriesOf(again.id)).toEqual(fixture.entriesOf(id));
    const events = await fixture.store.owner
      .selectFrom('audit_events')
      .select('detail')
      .where('type', '=', 'list-export')
      .execute();
    expect(events.map(({ detail }) => detail)).toContainEqual({
      name: 'toys',
      version: '2',
      format: 'vics',
      entries: 2,
    });
    const mixed = fixture.fileOf('both.txt', `${hex('a')}\n`);
    await fixture.imported([mixed], '--name', 'mixed again', '--polarity', 'other');
    await fixture.redthread(
      'list',
      'export',
      'mixed again',
      '--out',
      join(fixture.folder, 'bare.txt'),
      '--format',
      'hashes',
    );
    expect(readFileSync(join(fixture.folder, 'bare.txt'), 'utf8')).toBe(`${hex('a')}\n`);
    expect(existsSync(`${target}.part`), 'what is being written goes by another name').toBe(false);

    const expiring = (...words: string[]) =>
      fixture.redthread('list', 'expire', 'toys', '--list-version', '1', ...words);
    await expect(expiring('--on', 'soon')).rejects.toThrow(/ARGUMENT_INVALID: soon/);
    await expect(expiring('--on', '2020-01-01')).rejects.toThrow(/ARGUMENT_INVALID: 2020-01-01 has passed/);
    const expired = jsonOf<List>((await expiring('--on', '2099-12-31', '--json')).out)[0];
    expect(expired).toMatchObject({ expiresAt: '2099-12-31T00:00:00.000Z', expired: false });
  });

  it('tells whose exhibits hold what it names, and again when it counts no longer', async () => {
    const world = new ApiWorld(fixture.store);
    const { id, agency_id: agencyId } = await fixture.store.owner
      .selectFrom('users')
      .select(['id', 'agency_id'])
      .where('login', '=', 'anna')
      .executeTakeFirstOrThrow();
    const anna = { id, agencyId, login: 'anna' };
    const south = await world.agency('South', 'IT');
    const [ben, gil] = [await world.person(agencyId, 'ben'), await world.person(south, 'gil')];
    await world.operation('Attic', [agencyId, south]);
    const toys = [{ content: 'toy 1' }, { content: 'toy 2' }];
    await world.exhibit(anna, await world.case(anna, 'N-1'), 'E-1', toys);
    await world.exhibit(anna, await world.case(anna, 'N-2'), 'E-1', toys.slice(0, 1));
    await world.exhibit(gil, await world.case(gil, 'S-1'), 'E-1', toys);
    // What ben registered is in a case that he is not on any more.
    const closed = await world.case(anna, 'N-3');
    await world.exhibit(ben, closed, 'E-1', toys);
    await sql`update cases set access = 'named' where id = ${closed}::uuid`.execute(fixture.store.owner);
    const told = async () =>
      (
        await fixture.store.owner
          .selectFrom('notices')
          .innerJoin('users', 'users.id', 'notices.user_id')
          .select(['login', 'kind', 'detail'])
          .orderBy('login')
          .execute()
      ).map(({ detail, kind, login }) => ({
        login,
        kind,
        ...(detail as { readonly version: string; readonly exhibits: string }),
      }));
    const md5 = (content: string) => createHash('md5').update(content).digest('hex');
    const file = fixture.fileOf('toys.txt', `${md5('toy 1')}\n${md5('toy 2')}\n`);
    const list = await fixture.imported([file], '--name', 'Toys', '--polarity', 'known-bad');
    const naming = { list: 'Toys', version: '1', polarity: 'known-bad', media: '2' };
    const ours = { login: 'anna', ...naming, exhibits: '2', exhibit: 'N-1/E-1' };
    // Not shared: whose list it is alone.
    expect(await told()).toEqual([{ ...ours, kind: 'list-hits' }]);
    expect(list.hits).toBe(2);
    const shared = ['--name', 'Toys', '--list-version', '2', '--polarity', 'known-bad', '--share', 'Attic'];
    await fixture.store.owner
      .updateTable('handling_codes')
      .set({ reach: 'shared' })
      .where('code', '=', 'TLP:AMBER')
      .execute();
    await fixture.imported([file], ...shared);
    expect((await told()).map(({ login, version, exhibits }) => [login, version, exhibits])).toEqual([
      ['anna', '1', '2'],
      ['anna', '2', '2'],
      ['gil', '2', '1'],
    ]);
    await fixture.redthread('list', 'withdraw', 'Toys', '--list-version', '1', '--reason', 'a mistake');
    expect(await tellOfEndedLists(fixture.store.owner)).toBe(1);
    expect(await tellOfEndedLists(fixture.store.owner)).toBe(0);
    expect((await told()).filter(({ kind }) => kind === 'list-ended')).toEqual([{ ...ours, kind: 'list-ended' }]);
  });

  it.runIf(process.platform === 'linux')(
    'is let go of ten minutes after it was asked, also where nobody asks again',
    async () => {
      const { lists, owner } = fixture.store;
      // Of this store: other files of tests had theirs in this process.
      const ours = realpathSync(fixture.data);
      const isOfList = (fd: string): boolean => {
        try {
          const path = readlinkSync(`/proc/self/fd/${fd}`);
          return path.startsWith(ours) && path.includes('/lists/');
        } catch {
          return false;
        }
      };
      const isHeld = (): boolean => readdirSync('/proc/self/fd').some(isOfList);
      lists.close();
      expect(isHeld()).toBe(false);
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
      onTestFinished(() => void vi.useRealTimers());
      await owner.transaction().execute((trx) => lists.ask(trx as Trx, Buffer.from(hex('a'), 'hex')));
      expect(isHeld()).toBe(true);
      vi.advanceTimersByTime(11 * 60_000);
      expect(isHeld()).toBe(false);
    },
  );

  it('is asked for a bare hash, and that none knows it is a result', async () => {
    const known = '0d'.repeat(16);
    const bad = ['--polarity', 'known-bad', '--list-version', '7'];
    await fixture.imported(
      [fixture.fileOf('asked.json', vics(VICS, [{ MD5: known, Category: 3 }]))],
      '--name',
      'Asked',
      ...bad,
    );
    const searched = async (what: string): Promise<SearchResult> =>
      jsonOf<SearchResult>((await fixture.redthread('search', what, '--json')).out)[0]!;
    const found = await searched(known.toUpperCase());
    expect(found.lists).toMatchObject([
      { name: 'Asked', version: '7', polarity: 'known-bad', categories: [{ scheme: 'vic-us@2.0', code: '3' }] },
    ]);
    expect(found.media).toEqual([]);
    const nothing = await searched('9e'.repeat(32));
    expect(nothing.lists).toEqual([]);
    expect(nothing.listsAsked).toContainEqual({
      name: 'Asked',
      version: '7',
      importedAt: expect.any(String) as unknown,
      digests: 1,
    });
    const events = await fixture.store.owner
      .selectFrom('audit_events')
      .select('detail')
      .where('type', '=', 'search')
      .orderBy('id')
      .execute();
    const [first, second] = events.map(({ detail }) => detail as { results: number; lists: string[] | null });
    expect(first).toMatchObject({ results: 0, lists: null });
    expect(second?.lists).toContainEqual(expect.stringMatching(/^Asked 7 of .*Z, 1 digests$/));
    // One that was withdrawn is not asked.
    await fixture.redthread('list', 'withdraw', 'Asked', '--reason', 'a mistake');
    expect((await searched(known)).lists).toEqual([]);
  });
});
