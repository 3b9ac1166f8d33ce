// What an agency is answered does not depend on what others hide from it: the same bytes over the API and on the command line
// with and without it, whether it came before, between or after. How long it takes is measured by `bench -- trust` (rows hidden-*).
import { join } from 'node:path';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from './api-fixture.js';
import { drawing, idOf, openIsolationStore, OPERATION, type IsolationStore, type Placed } from './isolation-world.js';
import { programOn } from './program.js';
import { temporaryFolder } from './store-fixture.js';

const shown = (agency: 'North' | 'West', name: string, exhibit: string, names: readonly string[]): Placed => ({
  agency,
  case: name,
  exhibit,
  names,
  isHidden: false,
});
const hidden = (agency: 'West' | 'South', name: string, exhibit: string, names: readonly string[]): Placed => ({
  agency,
  case: name,
  exhibit,
  names,
  isHidden: true,
});

/** Hidden copies come first, in the middle and last: byte for byte, nearly, and of nothing that North has. */
const STEPS: readonly Placed[] = [
  hidden('South', 'S-1', '1', ['attic', 'bath small', 'cellar dim', 'porch']),
  shown('North', 'N-1', '1', ['attic', 'attic small', 'bath', 'garage']),
  hidden('South', 'S-1', '2', ['attic small', 'attic dim', 'garage', 'yard']),
  hidden('West', 'W-2', '1', ['bath', 'bath dim', 'cellar']),
  shown('West', 'W-1', '1', ['attic dim', 'cellar', 'hall']),
  hidden('South', 'S-2', '1', ['hall small', 'cellar small', 'stairs']),
  shown('North', 'N-2', '1', ['bath small', 'cellar small', 'hall', 'attic', 'stairs dim']),
  hidden('South', 'S-3', '1', ['stairs dim', 'hall dim', 'attic', 'garage small', 'roof']),
];

let without: IsolationStore;
let withHidden: IsolationStore;
beforeAll(async () => {
  [without, withHidden] = await Promise.all([openIsolationStore(STEPS, false), openIsolationStore(STEPS, true)]);
}, 240_000);
afterAll(async () => {
  await without.close();
  await withHidden.close();
});

/** Ids of matches are drawn anew in each store: they are told by what they are of. Times of ours are those of the run. */
const mask = async ({ api }: IsolationStore): Promise<(text: string) => string> => {
  const { rows } = await sql<{ id: string; words: string }>`
    select id, 'match of ' || media_a || ' ' || media_b || ' ' || grade as words from matches`.execute(api.store.owner);
  const words = new Map(rows.map((row) => [row.id, row.words]));
  return (text) =>
    text
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => words.get(id) ?? id)
      .replace(/(\\?"requestId\\?":\\?")[0-9a-f-]{36}/g, '$1asked')
      .replace(/20(2[6-9]|[3-9]\d)-\d\d-\d\dT[\d:.]+Z/g, 'lately');
};

const headersOf = (headers: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(date|x-request-id|content-length)$/.test(name)));

/** A page and those after it, as they are sent. */
const pagesOf = async (client: Client, url: string): Promise<unknown[]> => {
  const pages: unknown[] = [];
  for (let cursor: string | null | undefined = null; cursor !== undefined;) {
    const more: string = cursor === null ? '' : `${url.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
    const answer = await client.get(`/api/v1${url}${more}`);
    pages.push([url, answer.statusCode, headersOf(answer.headers), answer.body]);
    cursor = (answer.json<{ nextCursor?: string | null } | null>()?.nextCursor ?? null) || undefined;
  }
  return pages;
};

const NORTH = STEPS.flatMap(({ agency, names, isHidden }) =>
  isHidden ? [] : names.map((name) => idOf(`media ${agency} ${name}`)),
);
const HIDDEN_MEDIA = STEPS.flatMap(({ agency, names, isHidden }) =>
  isHidden ? names.map((name) => idOf(`media ${agency} ${name}`)) : [],
);
const CASES = ['N-1', 'N-2', 'W-1'];
const EXHIBITS = ['N-1/1', 'N-2/1', 'W-1/1'];

const URLS = async (): Promise<string[]> => {
  const digests: string[] = [];
  for (const name of ['attic', 'garage', 'roof', 'yard'])
    digests.push(
      createHash('sha256')
        .update((await drawing(name)).bytes)
        .digest('hex'),
    );
  const scopes = [
    '',
    `operation=${OPERATION}`,
    ...CASES.map((name) => `case=${idOf(name)}`),
    ...EXHIBITS.map((name) => `exhibit=${idOf(name)}`),
    `case=${idOf('S-1')}`,
  ];
  return [
    '/status',
    '/cases',
    '/operations',
    '/lists',
    '/notices',
    '/handling',
    '/break-glass',
    '/requests',
    ...scopes.flatMap((scope) => [
      `/funnel?${scope}`,
      `/connections?${scope}`,
      `/connections?${scope}&limit=1`,
      `/connections?${scope}&between=cases`,
      `/connections?${scope}&leads=true`,
      `/connections/expansion?${scope}`,
      `/contacts?all=true${scope.startsWith('case') ? `&${scope}` : ''}`,
      `/exhibits?${scope.startsWith('exhibit') ? '' : scope}`,
      ...['copies', 'newest', 'size'].flatMap((sort) =>
        ['stack', 'media'].map((collapse) => `/stacks?${scope}&sort=${sort}&collapse=${collapse}&limit=2`),
      ),
      `/stacks?${scope}&grade=identical`,
      `/stacks?${scope}&step=new`,
      `/stacks?${scope}&step=known`,
      `/verdict-queue?${scope}`,
    ]),
    ...[...new Set([...NORTH, ...HIDDEN_MEDIA])].flatMap((id) => [
      `/media/${id}`,
      `/media/${id}/matches?limit=1`,
      `/media/${id}/matches`,
      `/media/${id}/stack`,
      `/media/${id}/occurrences`,
      `/media/${id}/verdicts`,
    ]),
    ...[...digests, 'DCIM', 'attic', 'roof', 'S-1', 'N-1/1'].map((q) => `/search?q=${encodeURIComponent(q)}`),
    `/compare?a=${NORTH[0]}&b=${NORTH[1]}`,
    `/compare?a=${NORTH[0]}&b=${HIDDEN_MEDIA[0]}`,
  ];
};

const SEARCHED = ['attic', 'attic small', 'bath dim', 'garage small', 'roof', 'yard', 'hall dim'];
const searchByPicture = async ({ nora }: IsolationStore, name: string) => {
  const { bytes } = await drawing(name);
  return nora.send('POST', '/api/v1/search/picture?limit=3', bytes, { 'content-type': 'application/octet-stream' });
};

describe('what others hide', () => {
  it('is there: it matches what North has, on the side of the matcher', async () => {
    const across = async ({ api }: IsolationStore): Promise<number> =>
      (
        await sql`select from matches where ${idOf('South')}::uuid in (agency_a, agency_b) and ${idOf('North')}::uuid in (agency_a, agency_b)`.execute(
          api.store.owner,
        )
      ).rows.length;
    expect(await across(without)).toBe(0);
    expect(await across(withHidden)).toBeGreaterThan(10);
    const own = await pagesOf(without.nora, '/connections?');
    expect(JSON.stringify(own)).toContain('same content');
  });

  it('changes no byte of what the API answers: results, order, scores, counts, cursors', async () => {
    const [maskOne, maskTwo] = [await mask(without), await mask(withHidden)];
    for (const url of await URLS()) {
      const one = await pagesOf(without.nora, url);
      const two = await pagesOf(withHidden.nora, url);
      expect(maskTwo(JSON.stringify(two))).toBe(maskOne(JSON.stringify(one)));
    }
  });

  it('changes nothing that a picture finds', async () => {
    const [maskOne, maskTwo] = [await mask(without), await mask(withHidden)];
    const found: number[] = [];
    for (const name of SEARCHED) {
      const [one, two] = [await searchByPicture(without, name), await searchByPicture(withHidden, name)];
      expect([two.statusCode, headersOf(two.headers), maskTwo(two.body)]).toEqual([
        one.statusCode,
        headersOf(one.headers),
        maskOne(one.body),
      ]);
      found.push(one.json<{ hits: unknown[] }>().hits.length);
    }
    // What is hidden alone finds nothing, and what both have does.
    expect(found[0]).toBeGreaterThan(1);
    expect(found[SEARCHED.indexOf('roof')]).toBe(0);
  });

  it('changes nothing on the command line', async () => {
    const folder = temporaryFolder();
    const file = join(folder.path, 'outside.jpg');
    mkdirSync(folder.path, { recursive: true });
    writeFileSync(file, (await drawing('attic dim')).bytes);
    const commands = [
      ['funnel', '--operation', 'tantalus', '--json'],
      ['connections', '--json'],
      ['connections', '--case', 'N-2'],
      ['connections', 'expand', 'N-2'],
      ['connections', 'expand', 'N-2/1', '--exhibit', '--json'],
      ['case', 'list'],
      ['search', 'DCIM', '--json'],
      ['search', 'roof', '--json'],
      ['search', '--picture', file, '--json'],
      ['status'],
      ['case', 'show', 'S-1'],
    ];
    for (const command of commands) {
      const [one, two] = await Promise.all(
        [without, withHidden].map(async (store) => {
          const { code, stdout, stderr } = await programOn(store.api.store.config.dataFolder).run([
            ...command,
            '--as',
            'nora',
          ]);
          const masked = await mask(store);
          return [command, code, masked(stdout), masked(stderr).replaceAll(store.api.folder, 'FOLDER')];
        }),
      );
      expect(two).toEqual(one);
    }
    folder.remove();
  });
});
