// Connections are kept in memory and follow what changes: after whatever comes, goes, moves, is matched, stacked, listed or shared they
// are what a scan of everything says, for each viewer, and a new store knows no other.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gradeRank } from '../../packages/core/src/domain/index.js';
import type { EvidenceOfPair } from '../../packages/core/src/graph/index.js';
import { keepConnections, rankedFor } from '../../packages/server/src/features/connections/seen.js';
import { trimConnectionChanges } from '../../packages/server/src/matcher/connections.js';
import { withContext } from '../../packages/server/src/store/index.js';
import { contextOfPerson, openFixture, type ApiFixture } from './api-fixture.js';
import type { Person } from './api-world.js';
import { evidenceByScan } from './connections-by-scan.js';
import { ChangingWorld } from './connections-world.js';

let api: ApiFixture;
beforeAll(async () => {
  api = await openFixture();
});
afterAll(() => api.close());

const BETWEEN = ['exhibits', 'cases'] as const;

const inOrder = (rows: readonly EvidenceOfPair[]): EvidenceOfPair[] =>
  rows
    .map(({ a, b, grade, bits, holders, comparisons, mediaA, mediaB, pairs, matchId, device }) => ({
      a,
      b,
      grade,
      bits,
      holders: Number(holders),
      comparisons,
      mediaA,
      mediaB,
      pairs: Number(pairs),
      matchId,
      device,
    }))
    .sort((x, y) =>
      `${x.a} ${x.b} ${gradeRank(x.grade)} ${x.device}` < `${y.a} ${y.b} ${gradeRank(y.grade)} ${y.device}` ? -1 : 1,
    );

/** What is kept, and what a scan says; of every viewer and kind of end. */
const compared = async (people: readonly Person[]): Promise<[kept: unknown, scanned: unknown]> => {
  const [kept, scanned]: EvidenceOfPair[][][] = [[], []];
  for (const person of people)
    for (const between of BETWEEN) {
      const ctx = contextOfPerson(person);
      const ranked = await rankedFor(api.store, ctx, between);
      kept?.push(inOrder(ranked.flatMap(({ reasons }) => reasons)));
      scanned?.push(inOrder(await withContext(api.store.app, ctx, (trx) => evidenceByScan(trx, between))));
    }
  return [kept, scanned];
};

describe('connections that are kept', () => {
  it.each([1, 2, 3, 4])(
    'are what a scan says, after every step: seed %i',
    async (seed) => {
      const world = new ChangingWorld(api, seed);
      await world.open();
      let seen = 0;
      for (let step = 0; step < 40; step += 1) {
        await world.step();
        const [kept, scanned] = await compared(world.people);
        expect(kept).toEqual(scanned);
        seen = Math.max(seen, JSON.stringify(scanned).length);
      }
      expect(seen).toBeGreaterThan(1_000);
    },
    120_000,
  );

  it('are read by two at once while they change, and lose nothing', async () => {
    const world = new ChangingWorld(api, 99);
    await world.open();
    for (let round = 0; round < 6; round += 1)
      await Promise.all([
        // The world takes one step after the other.
        (async () => {
          for (let step = 0; step < 4; step += 1) await world.step();
        })(),
        ...world.people.flatMap((person) =>
          BETWEEN.flatMap((between) => [0, 1].map(() => rankedFor(api.store, contextOfPerson(person), between))),
        ),
      ]);
    const [kept, scanned] = await compared(world.people);
    expect(kept).toEqual(scanned);
  });
});

/** Somebody who sees two exhibits that share a picture; `add` brings in one more. */
const viewer = async (name: string) => {
  const agency = await api.world.agency(name);
  const person = await api.person(agency, name);
  const operation = await api.world.operation(name, [agency]);
  const caseId = await api.world.case(person, name, operation, false);
  const add = (...contents: string[]): Promise<string> =>
    api.world.exhibit(
      person,
      caseId,
      randomUUID(),
      contents.map((content) => ({ content: `${name} ${content}` })),
    );
  await add('lamp', 'door');
  await add('lamp');
  return { ctx: contextOfPerson(person), add };
};
const gate = (): { readonly closed: Promise<void>; readonly open: () => void } => {
  let open = (): void => undefined;
  const closed = new Promise<void>((resolve) => (open = resolve));
  return { closed, open };
};

describe('several readers of one sight', () => {
  const evidence = (ranked: Awaited<ReturnType<typeof rankedFor>>): EvidenceOfPair[] =>
    inOrder(ranked.flatMap(({ reasons }) => reasons));

  it('see no change half, whoever of them began first', async () => {
    const { ctx, add } = await viewer('gates');
    await rankedFor(api.store, ctx, 'exhibits');
    /** Begins now, and reads once it is let in. */
    const begin = async (): Promise<{ readonly enter: () => ReturnType<typeof rankedFor> }> => {
      const [begun, entered] = [gate(), gate()];
      const answer = rankedFor(api.store, ctx, 'exhibits', () => {
        begun.open();
        return entered.closed;
      });
      await begun.closed;
      return {
        enter: () => {
          entered.open();
          return answer;
        },
      };
    };
    const first = await begin();
    await add('lamp');
    const second = await begin();
    await add('lamp', 'door');
    const now = evidence(await rankedFor(api.store, ctx, 'exhibits'));
    expect(now.filter(({ pairs }) => pairs === 2)).toHaveLength(1);
    expect(evidence(await first.enter())).toEqual(now);
    expect(evidence(await second.enter())).toEqual(now);
    expect(evidence(await rankedFor(api.store, ctx, 'exhibits'))).toEqual(now);
  });

  it('wait for the first read without keeping others from the database', async () => {
    const { ctx } = await viewer('many');
    const [locked, released] = [gate(), gate()];
    const lock = api.store.owner.transaction().execute(async (trx) => {
      await sql`lock table matches in access exclusive mode`.execute(trx);
      locked.open();
      await released.closed;
    });
    await locked.closed;
    // More than the web has connections.
    const reads = Array.from({ length: 25 }, () => rankedFor(api.store, ctx, 'exhibits'));
    const other = withContext(api.store.app, ctx, (trx) =>
      sql`select from cases`.execute(trx).then(({ rows }) => rows),
    );
    await expect(other).resolves.toHaveLength(1);
    released.open();
    await lock;
    const [one, ...others] = (await Promise.all(reads)).map(evidence);
    expect(one).toHaveLength(1);
    for (const another of others) expect(another).toEqual(one);
  });
});

describe('the first read of a large sight', () => {
  it('is told of while it goes on, is kept for who asks later, and holds nobody up', async () => {
    const { ctx } = await viewer('patient');
    const kept = keepConnections(api.store, { patienceMs: 20 });
    const [locked, released] = [gate(), gate()];
    const lock = api.store.owner.transaction().execute(async (trx) => {
      await sql`lock table matches in access exclusive mode`.execute(trx);
      locked.open();
      await released.closed;
    });
    await locked.closed;
    try {
      const asked = Array.from({ length: 3 }, () => rankedFor(api.store, ctx, 'exhibits'));
      for (const answer of await Promise.allSettled(asked))
        expect(answer).toMatchObject({
          reason: { code: 'CONNECTIONS_BEING_READ', detail: expect.stringContaining('are read, since') as string },
        });
      released.open();
      await lock;
      await expect.poll(() => rankedFor(api.store, ctx, 'exhibits').catch(() => null)).toHaveLength(1);
      expect(kept.readsBegun).toBe(1);
    } finally {
      released.open();
      keepConnections(api.store);
    }
  });

  it('is refused where it finds no room, and told no part of', async () => {
    const { ctx } = await viewer('crowded');
    keepConnections(api.store, { mostMedia: 2 });
    try {
      for (const between of BETWEEN)
        await expect(rankedFor(api.store, ctx, between)).rejects.toMatchObject({ code: 'CONNECTIONS_TOO_MANY' });
    } finally {
      keepConnections(api.store);
    }
  });

  it('of exhibits and of cases stay both, where the memory holds one sight', async () => {
    const [one, two] = [await viewer('first in'), await viewer('second in')];
    const kept = keepConnections(api.store, { mostMedia: 10 });
    try {
      for (const { ctx } of [one, two, two, two])
        for (const between of BETWEEN) await rankedFor(api.store, ctx, between);
      expect(kept.readsBegun).toBe(4);
      for (const between of BETWEEN) await rankedFor(api.store, one.ctx, between);
      expect(kept.readsBegun).toBe(6);
    } finally {
      keepConnections(api.store);
    }
  });
});

describe('what others do', () => {
  const FROM_THE_BEGINNING = '3:3:';
  const changesFor = (person: Person): Promise<number> =>
    withContext(
      api.store.app,
      contextOfPerson(person),
      async (trx) =>
        (await sql`select connection_changes_since(${FROM_THE_BEGINNING}::pg_snapshot)`.execute(trx)).rows.length,
    );

  it('is in no change that somebody is told of, be it of another agency or in a case that is hidden', async () => {
    const { world } = api;
    const agencies = [await world.agency('Heard'), await world.agency('Unheard')] as const;
    const operation = await world.operation('ears', agencies);
    const [heard, unheard] = [await api.person(agencies[0], 'heard'), await api.person(agencies[1], 'unheard')];
    const own = await world.case(heard, 'own', operation, false);
    const shared = await world.case(unheard, 'shared', operation, true);
    const hidden = await world.case(unheard, 'hidden', operation, false);
    await world.exhibit(heard, own, 'e', [{ content: 'ear' }]);
    await world.exhibit(unheard, shared, 'e', [{ content: 'lobe' }]);
    const before = [await changesFor(heard), await changesFor(unheard)];
    expect(before).toEqual([2, 1]);
    await world.exhibit(unheard, hidden, 'h', [{ content: 'drum' }, { content: 'canal' }]);
    const media = async (agency: 0 | 1, content: string) => {
      const agencyId = agencies[agency];
      return { id: await world.media(agencyId, content), agencyId };
    };
    await world.match(await media(0, 'ear'), await media(1, 'drum'));
    await world.match(await media(1, 'lobe'), await media(1, 'canal'));
    expect(await changesFor(heard)).toBe(before[0]);
    expect(await changesFor(unheard)).toBeGreaterThan(1);
    await world.match(await media(0, 'ear'), await media(1, 'lobe'));
    expect(await changesFor(heard)).toBe(before[0]);
  });

  it('is told in the end, where a match was under way while its file came to a case', async () => {
    const { world } = api;
    const agencies = [await world.agency('Early'), await world.agency('Late')] as const;
    const operation = await world.operation('crossing', agencies);
    const [early, late] = [await api.person(agencies[0], 'early'), await api.person(agencies[1], 'late')];
    const own = await world.case(early, 'own', operation, false);
    const [shared, hidden] = [
      await world.case(late, 'shared', operation, true),
      await world.case(late, 'hidden', operation, false),
    ];
    await world.exhibit(early, own, 'e', [{ content: 'near' }]);
    await world.exhibit(late, hidden, 'h', [{ content: 'far' }]);
    const [a, b] = [await world.media(agencies[0], 'near'), await world.media(agencies[1], 'far')].sort() as [
      string,
      string,
    ];
    await rankedFor(api.store, contextOfPerson(early), 'cases');
    const [written, ended] = [gate(), gate()];
    const match = api.store.owner.transaction().execute(async (trx) => {
      await sql`insert into matches (media_a, media_b, agency_a, agency_b, grade, method, version, value, threshold, unit, bits, decoder, reasons)
        select ${a}::uuid, ${b}::uuid, ma.agency_id, mb.agency_id, 'partial', 'pdq', 1, 10, 31, 'bits', 18, 'test', '[]'
        from media ma, media mb where ma.id = ${a}::uuid and mb.id = ${b}::uuid`.execute(trx);
      written.open();
      await ended.closed;
    });
    await written.closed;
    await world.exhibit(late, shared, 's', [{ content: 'far' }]);
    expect(await rankedFor(api.store, contextOfPerson(early), 'cases')).toEqual([]);
    ended.open();
    await match;
    expect(await rankedFor(api.store, contextOfPerson(early), 'cases')).toHaveLength(1);
  });
});

it('what they were told of long ago goes, and nothing else', async () => {
  const { owner } = api.store;
  const count = async (): Promise<number> => (await sql`select from connection_changes`.execute(owner)).rows.length;
  const before = await count();
  await sql`update connection_changes set at = at - interval '25 hours' where id in (select id from connection_changes limit 3)`.execute(
    owner,
  );
  expect(await trimConnectionChanges(api.store.matcher)).toBe(3);
  expect(await count()).toBe(before - 3);
});
