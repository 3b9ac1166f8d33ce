// A world of two agencies in which exhibits come, go and move, pictures are matched and stacked, lists and shares change, by chance.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { createRandom, type Random } from '../../packages/core/test-support/random.js';
import { GRADES } from '../../packages/core/src/domain/index.js';
import type { ApiFixture } from './api-fixture.js';
import type { Person } from './api-world.js';

interface Place {
  readonly person: Person;
  readonly caseId: string;
  readonly exhibitId: string;
}

const CONTENTS = 8;

/** A world of two agencies in one operation; what happens in it happens by chance. */
export class ChangingWorld {
  readonly people: Person[] = [];
  readonly #cases: { readonly person: Person; readonly id: string }[] = [];
  readonly #places: Place[] = [];
  readonly #lists: string[] = [];
  readonly #api: ApiFixture;
  readonly #name: string;
  readonly #random: Random;

  constructor(api: ApiFixture, seed: number) {
    this.#api = api;
    this.#name = `world ${seed}`;
    this.#random = createRandom(seed);
  }

  async open(): Promise<void> {
    const agencies = [
      await this.#api.world.agency(`${this.#name} Alpha`),
      await this.#api.world.agency(`${this.#name} Beta`),
    ] as const;
    const operation = await this.#api.world.operation(this.#name, agencies);
    for (const [i, agency] of agencies.entries()) {
      const person = await this.#api.person(agency, `${this.#name} ${i}`.replaceAll(' ', '-'));
      this.people.push(person);
      for (const isShared of [true, false])
        this.#cases.push({
          person,
          id: await this.#api.world.case(person, `${this.#name} ${i} ${isShared}`, operation, isShared),
        });
    }
  }

  #content(): string {
    return `${this.#name} ${this.#random.whole(1, CONTENTS)}`;
  }

  async step(): Promise<void> {
    const { owner } = this.#api.store;
    const place = this.#places.length === 0 ? null : this.#random.pick(this.#places);
    const dice = this.#random.whole(0, 19);
    if (place === null || dice < 5) {
      const { person, id } = this.#random.pick(this.#cases);
      const files = Array.from({ length: this.#random.whole(1, 4) }, () => ({ content: this.#content() }));
      const exhibitId = await this.#api.world.exhibit(person, id, randomUUID(), files);
      this.#places.push({ person, caseId: id, exhibitId });
    } else if (dice < 10) await this.#match(place.person);
    else if (dice === 10) await this.#describe(place.person);
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
      const id = await this.#api.world.list(place.person, randomUUID(), [this.#content()]);
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

  /** Metadata that name a camera; of a medium that has some, another camera, or none. */
  async #describe({ agencyId }: Person): Promise<void> {
    const media = await this.#api.world.media(agencyId, this.#content());
    const serial = this.#random.pick(['20813377', '20813378', null]);
    const value = { camera: { make: 'Norvik', model: 'N40', serial, lens: null, lensSerial: null }, raw: {} };
    await sql`insert into media_metadata (media_id, agency_id, method, version, value)
      values (${media}::uuid, ${agencyId}::uuid, 'exiftool', 1, ${JSON.stringify(value)}::jsonb)
      on conflict (media_id, method, version) do update set value = excluded.value`.execute(this.#api.store.owner);
  }

  async #match(person: Person): Promise<void> {
    const other = this.#random.pick(this.people);
    const [one, two] = [
      await this.#api.world.media(person.agencyId, this.#content()),
      await this.#api.world.media(other.agencyId, this.#content()),
    ];
    if (one === two) return;
    await this.#api.world.match({ id: one, agencyId: person.agencyId }, { id: two, agencyId: other.agencyId });
    await sql`update matches set grade = ${GRADES[this.#random.whole(1, 4)] ?? ''}, bits = ${this.#random.pick([18, 17, 12.5])}
      where ${one}::uuid in (media_a, media_b) and ${two}::uuid in (media_a, media_b) and not exists (
        select from matches x where ${one}::uuid in (x.media_a, x.media_b) and ${two}::uuid in (x.media_a, x.media_b) and x.id <> matches.id)`.execute(
      this.#api.store.owner,
    );
  }

  async #stack({ agencyId }: Person): Promise<void> {
    const [member, head] = [
      await this.#api.world.media(agencyId, this.#content()),
      await this.#api.world.media(agencyId, this.#content()),
    ];
    await sql`update media set representative_id = ${head}::uuid where id in (${member}::uuid, ${head}::uuid)`.execute(
      this.#api.store.owner,
    );
  }
}
