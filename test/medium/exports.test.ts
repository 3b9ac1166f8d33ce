// Exports for other programs over the API: what leaves, for whom, what stops it, and what the record and the ledger say of it.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  EXCHANGE_FORMATS,
  ExchangeAsk,
  type BaselineSummary,
  type ConnectionPage,
  type Contribution,
  type ExchangeSummary,
} from '@redthread/core/contract';
import { beginExport } from '../../packages/server/src/features/exchange/export.js';
import { contextOfPerson, openFixture, type ApiFixture, type Client } from './api-fixture.js';
import { sha256Of, type Person } from './api-world.js';

let api: ApiFixture;
let anna: Client;
let person: Person;
let ben: Person;
const ids: Record<string, string> = {};

beforeAll(async () => {
  api = await openFixture();
  const { world, store } = api;
  const [alpha, beta] = [await world.agency('Alpha'), await world.agency('Beta', 'FR')];
  person = await api.person(alpha, 'anna', ['coordinator']);
  ben = await api.person(beta, 'ben', ['coordinator']);
  anna = await api.signIn('anna');
  const operation = await world.operation('Tantalus', [alpha, beta]);
  ids['operation'] = operation;
  ids['case'] = await world.case(person, 'A-1', operation);
  ids['other'] = await world.case(person, 'A-2', operation);
  ids['theirs'] = await world.case(ben, 'B-1', operation, true);
  ids['exhibit'] = await world.exhibit(person, ids['case'], '7', [
    { content: 'lamp', path: 'DCIM/lamp.jpg' },
    { content: 'lamp', path: 'copy/lamp.jpg' },
    { content: 'chair', path: 'DCIM/chair.jpg' },
  ]);
  ids['broken'] = await world.exhibit(person, ids['case'], '8', [{ content: null, path: 'broken.jpg' }]);
  await world.exhibit(person, ids['other'], '1', [{ content: 'lamp', path: 'secret path/lamp.jpg' }]);
  await world.exhibit(ben, ids['theirs'], '1', [{ content: 'table', path: 'theirs.jpg' }]);
  const lamp = await world.media(alpha, 'lamp');
  ids['lamp'] = lamp;
  await world.list(person, 'Known lamps', ['lamp']);
  for (const [userId, code] of [
    [person.id, '2'],
    [(await world.person(alpha, 'olga')).id, '2'],
  ] as const)
    await store.owner
      .insertInto('verdicts')
      .values({
        agency_id: alpha,
        media_id: lamp,
        voter_agency_id: alpha,
        voter_agency: 'Alpha',
        user_id: userId,
        login: 'x',
        scheme: 'vic-default@2.0',
        code,
        seen: 'by-stack',
        stack_vote: null,
      })
      .execute();
  const { id: content } = await store.owner
    .selectFrom('contents')
    .select('id')
    .where('sha256', '=', Buffer.from(sha256Of('lamp'), 'hex'))
    .executeTakeFirstOrThrow();
  await store.owner
    .insertInto('signals')
    .values({
      content_id: content,
      method: 'pdq',
      version: 1,
      decoder: 'sharp@1',
      quality: 100,
      value: Buffer.alloc(256, 7),
    })
    .execute();
});
afterAll(() => api.close());

const exported = (body: object) => anna.send('POST', '/api/v1/exports', body);
const preview = async (body: object) =>
  (await anna.send('POST', '/api/v1/exports/preview', body)).json<ExchangeSummary>();
const problem = async (body: object) =>
  (await exported(body)).json<{ code: string; detail: string; pointer?: string }>();
const eventsOf = (type: string) =>
  api.store.owner.selectFrom('audit_events').select('detail').where('type', '=', type).execute();

interface Media {
  MD5: string;
  Category?: number;
  AlternativeHashes?: { HashName: string; HashValue: string }[];
  MediaFiles: { FilePath: string; SourceID: string }[];
  MediaMetadata: { PropertyName: string; PropertyValue: string }[];
}

describe('a case as VICS', () => {
  it('is refused, with the file named, while it would leave one out', async () => {
    expect(await problem({ case: ids['case'], format: 'vics' })).toMatchObject({
      code: 'EXPORT_INCOMPLETE',
      detail: expect.stringContaining('A-1/8/broken.jpg') as string,
      pointer: '/withoutUnread',
    });
    expect(await eventsOf('export')).toEqual([]);
  });

  it('holds each media with its files of that case, its category by the map, PDQ, and what lists say apart', async () => {
    const ask = { case: ids['case'], format: 'vics', withoutUnread: true };
    expect(await preview(ask)).toMatchObject({
      media: 2,
      files: 3,
      scheme: 'vic-default@2.0',
      handling: 'TLP:AMBER',
      notes: [{ code: 'UNREAD_LEFT_OUT', count: 1 }],
    });
    expect(await preview({ ...ask, scheme: 'vic-us@2.0' })).toMatchObject({
      notes: [{ code: 'CATEGORY_NOT_MAPPED', count: 1, places: [sha256Of('lamp')] }, { code: 'UNREAD_LEFT_OUT' }],
    });
    const answer = await exported(ask);
    expect(answer.headers['content-disposition']).toContain('redthread-vics.json');
    const [one] = answer.json<{ value: { CaseNumber: string; TotalMediaFiles: number; Media: Media[] }[] }>().value;
    expect(one).toMatchObject({ CaseNumber: 'A-1', TotalMediaFiles: 2 });
    const md5 = createHash('md5').update('lamp').digest('hex').toUpperCase();
    const lamp = one?.Media.find((media) => media.MD5 === md5);
    expect(lamp?.Category).toBe(2);
    expect(lamp?.AlternativeHashes).toEqual([{ HashName: 'PDQ', HashValue: '07'.repeat(32) }]);
    expect(lamp?.MediaFiles.map(({ FilePath, SourceID }) => `${SourceID}: ${FilePath}`)).toEqual([
      '7: DCIM/lamp.jpg',
      '7: copy/lamp.jpg',
    ]);
    expect(lamp?.MediaMetadata.map(({ PropertyName }) => PropertyName)).toEqual([
      'redthread:handling',
      'redthread:verdict',
      'redthread:list',
    ]);
    expect(answer.body).not.toContain('secret path');
    expect((await exported(ask)).body).toBe(answer.body);
    expect(await eventsOf('export')).toEqual([
      { detail: { format: 'vics', items: 2, recipient: null } },
      { detail: { format: 'vics', items: 2, recipient: null } },
    ]);
    expect((await exported({ ...ask, leaveOut: ['paths', 'times', 'signals', 'lists'] })).body).not.toMatch(
      /lamp\.jpg|PDQ|Known lamps/,
    );
  });

  it('of a scheme that VICS has no region for, of two subjects, and of none, is refused', async () => {
    expect(await problem({ exhibit: ids['exhibit'], format: 'vics', scheme: 'vic-uk@2.0' })).toMatchObject({
      code: 'EXPORT_SCHEME',
    });
    expect(await problem({ exhibit: ids['exhibit'], format: 'vics', scheme: 'nobody@1' })).toMatchObject({
      code: 'SCHEME_UNKNOWN',
    });
    expect(await problem({ exhibit: ids['exhibit'], case: ids['case'], format: 'csv' })).toMatchObject({
      code: 'REQUEST_INVALID',
    });
    expect(await problem({ format: 'csv' })).toMatchObject({ code: 'REQUEST_INVALID' });
  });
});

describe('other formats', () => {
  it.each(['icse', 'csv', 'case', 'ftm', 'graphml'] as const)(
    '%s of an operation holds every media that is seen',
    async (format) => {
      const answer = await exported({ operation: ids['operation'], format, withoutUnread: true });
      expect(answer.statusCode).toBe(200);
      const digest = (content: string) =>
        createHash(format === 'icse' ? 'md5' : format === 'ftm' ? 'sha1' : 'sha256')
          .update(content)
          .digest('hex');
      for (const content of ['lamp', 'chair', 'table']) expect(answer.body).toContain(digest(content));
      if (format === 'case') JSON.parse(answer.body);
    },
  );

  it('a review leaves as its query finds it now', async () => {
    const begun = await anna.send('POST', '/api/v1/reviews', { query: { case: ids['case'] } });
    const { id } = begun.json<{ id: string }>();
    expect(await preview({ review: id, format: 'csv', withoutUnread: true })).toMatchObject({ media: 2, files: 3 });
  });
});

describe('for somebody else', () => {
  it('only what is one’s own leaves, as far as the code of each file reaches them', async () => {
    expect(await problem({ case: ids['theirs'], format: 'csv', to: 'Gamma' })).toMatchObject({
      code: 'EXPORT_HELD_BACK',
      detail: expect.stringContaining('theirs to give') as string,
    });
    const strict = (handling: string | null) =>
      anna.send('PUT', `/api/v1/exhibits/${ids['exhibit']}/handling`, { handling });
    await strict('TLP:AMBER+STRICT');
    expect(await problem({ exhibit: ids['exhibit'], format: 'csv', to: 'Beta' })).toMatchObject({
      code: 'EXPORT_HELD_BACK',
      detail: '7/DCIM/chair.jpg is TLP:AMBER+STRICT, which does not reach Beta',
    });
    await anna.send('POST', `/api/v1/cases/${ids['case']}/access`, { agency: 'Beta' });
    expect((await exported({ exhibit: ids['exhibit'], format: 'csv', to: 'Beta' })).statusCode).toBe(200);
    expect(await problem({ exhibit: ids['exhibit'], format: 'csv', to: 'Somewhere' })).toMatchObject({
      code: 'EXPORT_HELD_BACK',
    });
    await strict('TLP:RED');
    const red = { exhibit: ids['exhibit'], format: 'csv' };
    expect(await problem(red)).toMatchObject({ code: 'REQUEST_INVALID', pointer: '/handling' });
    expect(await problem({ ...red, handling: 'TLP:AMBER' })).toMatchObject({ code: 'REQUEST_INVALID' });
    expect((await exported({ ...red, handling: 'TLP:RED' })).statusCode).toBe(200);
    await api.store.owner.updateTable('exhibits').set({ handling: null }).execute();
  });

  it('no list or series is named that is not one’s own, or whose code does not reach them', async () => {
    const ask = { exhibit: ids['exhibit'], format: 'csv' };
    const take = async (to?: string) => {
      const { body } = await exported({ ...ask, to });
      return ['Known lamps', 'Lamps of Beta'].filter((name) => body.includes(name));
    };
    await api.world.list(ben, 'Lamps of Beta', ['lamp'], ids['operation']);
    expect(await take()).toEqual(['Known lamps', 'Lamps of Beta']);
    expect(await take('Gamma')).toEqual(['Known lamps']);
    const handled = (handling: string) =>
      api.store.owner.updateTable('lists').set({ handling }).where('name', '=', 'Known lamps').execute();
    await handled('TLP:RED');
    expect(await take('Gamma')).toEqual([]);
    await handled('TLP:AMBER');
  });

  it.each([...EXCHANGE_FORMATS, 'media-set' as const])(
    'as %s is refused with the file that would be missing, and ends with the media that was taken away meanwhile',
    async (kind) => {
      const asked = kind === 'media-set' ? { format: 'vics', shape: kind } : { format: kind };
      expect(await problem({ case: ids['case'], ...asked })).toMatchObject({
        code: 'EXPORT_INCOMPLETE',
        detail: expect.stringContaining('A-1/8/broken.jpg') as string,
      });
      const ask = ExchangeAsk.parse({ exhibit: ids['exhibit'], ...asked });
      const nothing = () => Promise.resolve({ items: [], total: 0, next: null } as unknown as ConnectionPage);
      const { text } = await beginExport(api.store, contextOfPerson(person), ask, nothing);
      const [first] = await api.store.owner
        .selectFrom('occurrences')
        .select('media_id')
        .where('exhibit_id', '=', ids['exhibit'] ?? '')
        .where('media_id', 'is not', null)
        .execute();
      const gone = first?.media_id ?? '';
      const there = await api.store.owner
        .updateTable('occurrences')
        .set({ media_id: null })
        .where('media_id', '=', gone)
        .where('exhibit_id', '=', ids['exhibit'] ?? '')
        .returning('id')
        .execute();
      const files = there.map(({ id }) => id);
      const taken = (async () => {
        for await (const _part of text);
      })().finally(() =>
        api.store.owner.updateTable('occurrences').set({ media_id: gone }).where('id', 'in', files).execute(),
      );
      await expect(taken).rejects.toMatchObject({
        code: 'EXPORT_INCOMPLETE',
        detail: expect.stringContaining(gone) as string,
      });
    },
  );

  it('ends where a file became stricter after the export had begun', async () => {
    const begun = async (to?: string) => {
      const ask = ExchangeAsk.parse({ exhibit: ids['exhibit'], format: 'csv', to });
      const { text } = await beginExport(api.store, contextOfPerson(person), ask, () => Promise.reject(new Error()));
      await api.store.owner.updateTable('exhibits').set({ handling: 'TLP:RED' }).execute();
      return (async () => {
        for await (const _part of text);
      })().finally(() => api.store.owner.updateTable('exhibits').set({ handling: null }).execute());
    };
    await expect(begun('Gamma')).rejects.toMatchObject({ code: 'EXPORT_HELD_BACK' });
    await expect(begun()).rejects.toMatchObject({ code: 'EXPORT_INCOMPLETE' });
  });

  it('stands in the ledger with its digest, until it is taken back', async () => {
    const answer = await exported({ exhibit: ids['exhibit'], format: 'csv', to: 'Gamma' });
    const ledger = async () => (await anna.get('/api/v1/contributions')).json<{ items: Contribution[] }>().items;
    const [line] = await ledger();
    expect(line).toMatchObject({
      receiver: 'Gamma',
      format: 'csv',
      subject: 'exhibit A-1 / 7',
      items: 2,
      withdrawnItems: 0,
      sha256: createHash('sha256').update(answer.body).digest('hex'),
    });
    const url = `/api/v1/contributions/${line?.id}/withdraw`;
    const part = await anna.send('POST', url, { reason: 'not theirs', media: [ids['lamp']] });
    expect(part.json()).toMatchObject({ withdrawnItems: 1, withdrawn: null });
    const rest = await anna.send('POST', url, { reason: 'not theirs either' });
    expect(rest.json()).toMatchObject({ withdrawnItems: 2, withdrawn: { by: 'anna', reason: 'not theirs either' } });
    expect((await anna.send('POST', url, { reason: 'once more' })).json()).toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(await eventsOf('contribution-withdraw')).toHaveLength(2);
  });
});

describe('the baseline list', () => {
  const preview = async () =>
    (await anna.send('POST', '/api/v1/baseline/preview', { to: 'Gamma' })).json<BaselineSummary>();
  const release = () => anna.send('POST', '/api/v1/baseline', { to: 'Gamma' });
  const retract = (mediaId: string) =>
    api.store.owner
      .updateTable('verdicts')
      .set({ retracted_at: new Date(), retract_reason: 'a mistake' })
      .where('media_id', '=', mediaId)
      .where('scheme', '=', 'interpol-baseline@1')
      .execute();

  it('holds what people of two countries looked at, neither by stack; what goes is told to whoever had it', async () => {
    const { owner } = api.store;
    const { world } = api;
    const [alpha, beta] = [person.agencyId, ben.agencyId];
    await world.exhibit(ben, ids['theirs'] ?? '', '2', [{ content: 'lamp' }, { content: 'chair' }]);
    const vote = async (who: Person, content: string, seen: 'looked' | 'by-stack', code = 'baseline') => {
      const mediaId = await world.media(who.agencyId, content);
      await owner
        .insertInto('verdicts')
        .values({
          agency_id: who.agencyId,
          media_id: mediaId,
          voter_agency_id: who.agencyId,
          voter_agency: 'x',
          user_id: who.id,
          login: who.login,
          scheme: 'interpol-baseline@1',
          code,
          seen,
          revealed_at: seen === 'looked' ? new Date() : null,
          stack_vote: null,
        })
        .execute();
      return mediaId;
    };
    expect((await release()).json()).toMatchObject({ code: 'EXPORT_INCOMPLETE' });
    await vote(person, 'lamp', 'looked');
    expect(await preview()).toMatchObject({ entries: 0, alone: 1 });
    await vote(ben, 'lamp', 'by-stack');
    expect(await preview()).toMatchObject({ entries: 0, alone: 1 });
    await vote(person, 'chair', 'looked');
    const theirs = await vote(ben, 'chair', 'looked');
    expect(await preview()).toEqual({
      to: 'Gamma',
      entries: 1,
      withdrawn: 0,
      disputed: 0,
      alone: 1,
      handling: 'TLP:AMBER',
    });

    const first = await release();
    const digests = ['sha256', 'sha1', 'md5'].map((name) => createHash(name).update('chair').digest('hex')).join(',');
    expect(first.body.split('\n').filter((line) => !line.startsWith('#'))).toEqual([digests, '']);
    expect(await preview()).toMatchObject({ entries: 1, withdrawn: 0 });
    const dissent = await world.person(alpha, 'dora');
    await vote({ ...person, id: dissent.id, login: 'dora' }, 'chair', 'looked', 'not-baseline');
    expect(await preview()).toMatchObject({ entries: 0, withdrawn: 1, disputed: 1 });
    await owner
      .updateTable('verdicts')
      .set({ retracted_at: new Date(), retract_reason: 'a mistake' })
      .where('code', '=', 'not-baseline')
      .execute();
    await retract(theirs);
    const second = await release();
    expect(second.body).toContain(`# withdrawn ${sha256Of('chair')}`);
    expect(second.body).not.toContain(digests);
    const { items } = (await anna.get('/api/v1/contributions')).json<{ items: Contribution[] }>();
    expect(items.filter(({ format }) => format === 'baseline')).toMatchObject([
      { receiver: 'Gamma', items: 1, withdrawnItems: 1 },
    ]);
    await vote({ ...ben, id: (await world.person(beta, 'bea')).id, login: 'bea' }, 'chair', 'looked');
    expect((await release()).body).toContain(digests);
  });

  it('is not released by somebody from whom a case of their agency is kept', async () => {
    await api.store.owner
      .updateTable('cases')
      .set({ access: 'named' })
      .where('id', '=', ids['other'] ?? '')
      .execute();
    await api.person(person.agencyId, 'orla', ['coordinator']);
    const orla = await api.signIn('orla');
    const refused = await orla.send('POST', '/api/v1/baseline', { to: 'Gamma' });
    expect(refused.json()).toMatchObject({ code: 'FORBIDDEN' });
  });
});
