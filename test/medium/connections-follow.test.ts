// Connections are kept in memory and follow what changes: after whatever comes, goes, moves, is matched, stacked, listed or shared they
// are what a scan of everything says, for each viewer, and a new store knows no other.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../packages/core/test-support/random.js';
import { GRADES, gradeRank } from '../../packages/core/src/domain/index.js';
import type { EvidenceOfPair } from '../../packages/core/src/graph/index.js';
import { rankedFor } from '../../packages/server/src/features/connections/seen.js';
import { trimConnectionChanges } from '../../packages/server/src/matcher/connections.js';
import { withContext } from '../../packages/server/src/store/index.js';
import { contextOfPerson, openFixture, type ApiFixture } from './api-fixture.js';
import type { Person } from './api-world.js';
import { evidenceByScan } from './connections-by-scan.js';

let api: ApiFixture;
beforeAll(async () => {
  api = await openFixture();
});
afterAll(() => api.close());

const BETWEEN = ['exhibits', 'cases'] as const;

const inOrder = (rows: readonly EvidenceOfPair[]): EvidenceOfPair[] =>
  rows
    .map(({ a, b, grade, bits, holders, comparisons, mediaA, mediaB, pairs, matchId }) => ({
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
    }))
    .sort((x, y) => (`${x.a} ${x.b} ${gradeRank(x.grade)}` < `${y.a} ${y.b} ${gradeRank(y.grade)}` ? -1 : 1));

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

interface Place {
  readonly person: Person;
  readonly caseId: string;
  readonly exhibitId: string;
}

const CONTENTS = 8;

/** A world of two agencies in one operation; what happens in it happens by chance. */
class World {
  readonly people: Person[] = [];
  readonly #cases: { readonly person: Person; readonly id: string }[] = [];
  readonly #places: Place[] = [];
  readonly #lists: string[] = [];
  readonly #name: string;
  readonly #random: Random;

  constructor(seed: number) {
    this.#name = `world ${seed}`;
    this.#random = createRandom(seed);
  }

  async open(): Promise<void> {
    const agencies = [
      await api.world.agency(`${this.#name} Alpha`),
      await api.world.agency(`${this.#name} Beta`),
    ] as const;
    const operation = await api.world.operation(this.#name, agencies);
    for (const [i, agency] of agencies.entries()) {
      const person = await api.person(agency, `${this.#name} ${i}`.replaceAll(' ', '-'));
      this.people.push(person);
      for (const isShared of [true, false])
        this.#cases.push({
          person,
          id: await api.world.case(person, `${this.#name} ${i} ${isShared}`, operation, isShared),
        });
    }
  }

  #content(): string {
    return `${this.#name} ${this.#random.whole(1, CONTENTS)}`;
  }

  async step(): Promise<void> {
    const { owner } = api.store;
    const place = this.#places.length === 0 ? null : this.#random.pick(this.#places);
    const dice = this.#random.whole(0, 19);
    if (place === null || dice < 5) {
      const { person, id } = this.#random.pick(this.#cases);
      const files = Array.from({ length: this.#random.whole(1, 4) }, () => ({ content: this.#content() }));
      const exhibitId = await api.world.exhibit(person, id, randomUUID(), files);
      this.#places.push({ person, caseId: id, exhibitId });
    } else if (dice < 11) await this.#match(place.person);
    else if (dice < 14) await this.#stack(place.person);
    else if (dice === 14) {
      await owner.deleteFrom('occurrences').where('exhibit_id', '=', place.exhibitId).execute();
      await owner.deleteFrom('exhibits').where('id', '=', place.exhibitId).execute();
      this.#places.splice(this.#places.indexOf(place), 1);
    } else if (dice === 15) {
      const to = this.#random.pick(this.#cases.filter(({ person }) => person === place.person)).id;
      await owner.transaction().execute(async (trx) => {
        await trx.updateTable('exhibits').set({ case_id: to }).where('id', '=', place.exhibitId).execute();
        await trx.updateTable('occurrences').set({ case_id: to }).where('exhibit_id', '=', place.exhibitId).execute();
      });
    } else if (dice === 16) {
      const id = await api.world.list(place.person, randomUUID(), [this.#content()]);
      await owner.updateTable('lists').set({ polarity: 'known-good' }).where('id', '=', id).execute();
      this.#lists.push(id);
    } else if (dice === 17 && this.#lists.length > 0) {
      const list_id = this.#random.pick(this.#lists);
      await sql`update lists set expires_at = now() where id = ${list_id}::uuid`.execute(owner);
    } else if (dice === 18) {
      const id = this.#random.pick(this.#cases).id;
      await sql`update cases set shared_with_operation = not shared_with_operation where id = ${id}::uuid`.execute(
        owner,
      );
    } else
      await sql`delete from matches where id = (select id from matches
        where agency_a = ${place.person.agencyId}::uuid order by id limit 1)`.execute(owner);
  }

  async #match(person: Person): Promise<void> {
    const other = this.#random.pick(this.people);
    const [one, two] = [
      await api.world.media(person.agencyId, this.#content()),
      await api.world.media(other.agencyId, this.#content()),
    ];
    if (one === two) return;
    await api.world.match({ id: one, agencyId: person.agencyId }, { id: two, agencyId: other.agencyId });
    await sql`update matches set grade = ${GRADES[this.#random.whole(1, 4)] ?? ''}, bits = ${this.#random.pick([18, 17, 12.5])}
      where ${one}::uuid in (media_a, media_b) and ${two}::uuid in (media_a, media_b) and not exists (
        select from matches x where ${one}::uuid in (x.media_a, x.media_b) and ${two}::uuid in (x.media_a, x.media_b) and x.id <> matches.id)`.execute(
      api.store.owner,
    );
  }

  async #stack({ agencyId }: Person): Promise<void> {
    const [member, head] = [
      await api.world.media(agencyId, this.#content()),
      await api.world.media(agencyId, this.#content()),
    ];
    await sql`update media set representative_id = ${head}::uuid where id in (${member}::uuid, ${head}::uuid)`.execute(
      api.store.owner,
    );
  }
}

describe('connections that are kept', () => {
  it.each([1, 2, 3, 4])(
    'are what a scan says, after every step: seed %i',
    async (seed) => {
      const world = new World(seed);
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
    const world = new World(99);
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

describe('several readers of one sight', () => {
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
