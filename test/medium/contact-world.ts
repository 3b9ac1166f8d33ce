// Cases of several agencies that hold what matches, and the days on which contacts are written.
import { sql } from 'kysely';
import { tellContacts } from '../../packages/server/src/matcher/contacts.js';
import { openFixture, type ApiFixture } from './api-fixture.js';
import type { Person } from './api-world.js';

export interface ContactWorld {
  readonly api: ApiFixture;
  /** Signs in: an officer of a new agency. */
  officer(agency: string, login: string): Promise<Person>;
  /** A case that says what it is about, with an exhibit of these files. */
  caseOf(person: Person, reference: string, files: readonly string[], mode?: string): Promise<string>;
  /** The media of two people's agencies match. */
  match(one: Person, content: string, other: Person, far?: string): Promise<void>;
  /** Later than anything waits: answers how many were told. */
  nextDay(): Promise<number>;
}

export const openContactWorld = async (): Promise<ContactWorld> => {
  const api = await openFixture();
  const { world, store } = api;
  let day = Date.now() + 10 * 86_400_000;
  return {
    api,
    officer: async (agency, login) => api.person(await world.agency(agency), login, ['officer', 'coordinator']),
    caseOf: async (person, reference, files, mode = 'open') => {
      const id = await world.case(person, reference);
      await sql`update cases set title = 'about it', contact_mode = ${mode} where id = ${id}::uuid`.execute(
        store.owner,
      );
      await world.exhibit(
        person,
        id,
        '1',
        files.map((content) => ({ content, path: `secret ${content}.jpg` })),
      );
      return id;
    },
    match: async (one, content, other, far = content) =>
      world.match(
        { id: await world.media(one.agencyId, content), agencyId: one.agencyId },
        { id: await world.media(other.agencyId, far), agencyId: other.agencyId },
      ),
    nextDay: () => tellContacts(store.matcher, new Date((day += 86_400_000)).toISOString().slice(0, 10)),
  };
};
