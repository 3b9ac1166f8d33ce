// Members of several groups, and the countries that their numbers are of: people over all exports that the viewer may see, several exports of one group counted once.
import type {
  ChatCountries,
  ChatPeopleQuery,
  ChatPerson,
  ChatPersonPage,
  ChatScopeQuery,
} from '@redthread/core/contract';
import { phoneCountry, type SamePerson } from '@redthread/core/chats';
import type { Context } from '@redthread/core/domain';
import { sql, type RawBuilder } from 'kysely';
import type { z } from 'zod';
import { readCursor, toPage } from '../../app/http/paging.js';
import type { Store } from '../../store/index.js';
import { inScope, readInScope, type Scope } from '../funnel/index.js';
import { peopleIn, type People, type ParticipantRow } from './same-person.js';

export type PersonOfChats = SamePerson<ParticipantRow>;

/** A query of the ids of the exhibits of a scope. */
export const exhibitsIn = (scope: Scope | null): RawBuilder<unknown> | null =>
  scope === null ? null : sql`select e.id from exhibits e join cases c on c.id = e.case_id where ${inScope(scope)}`;

export const countryOf = ({ phones }: PersonOfChats): ReturnType<typeof phoneCountry> =>
  phones.map(phoneCountry).find((one) => one !== null) ?? null;

const groupsOfPerson = ({ parts }: PersonOfChats): Set<string> =>
  new Set(parts.flatMap(({ of }) => (of.kind === 'direct' ? [] : [of.group])));

const messagesOf = ({ parts }: PersonOfChats): number => parts.reduce((sum, { of }) => sum + of.messages, 0);

const toPerson = (person: PersonOfChats): ChatPerson => {
  const { accounts, parts, phones } = person;
  const [phone = null] = phones;
  const names = [...new Set(parts.map(({ of }) => of.name))];
  return {
    // A number that stands for a name says less than a name.
    name: names.find((name) => !name.startsWith('+')) ?? names[0] ?? '',
    phone,
    account: accounts[0] ?? null,
    names,
    country: countryOf(person)?.country ?? null,
    groups: groupsOfPerson(person).size,
    chats: parts.map(({ by, of }) => ({
      id: of.chatId,
      subject: of.subject,
      messages: of.messages,
      name: of.name,
      by,
    })),
  };
};

interface Ranked {
  readonly person: PersonOfChats;
  readonly groups: number;
  readonly messages: number;
}

const compare = (a: Ranked, b: Ranked): number =>
  b.groups - a.groups ||
  b.messages - a.messages ||
  (a.person.key < b.person.key ? -1 : a.person.key > b.person.key ? 1 : 0);

/** Those in the most groups first. Errors: as `readInScope`. */
export const listPeople = (
  store: Store,
  ctx: Context,
  { country, cursor, groups: least, limit, ...given }: ChatPeopleQuery,
): Promise<z.infer<typeof ChatPersonPage>> => {
  const after = readCursor<[number, number, string]>(cursor, ['number', 'number', 'string']);
  return readInScope(store, ctx, given, async (trx, scope) => {
    const { all } = await peopleIn(trx, exhibitsIn(scope));
    const found = all
      .filter((person) => country === undefined || countryOf(person)?.country === country)
      .map((person) => ({ person, groups: groupsOfPerson(person).size, messages: messagesOf(person) }))
      .filter(({ groups }) => least === 1 || groups >= least)
      .sort(compare);
    const from =
      after === null
        ? 0
        : found.findIndex(
            (one) =>
              compare(one, { groups: after[0], messages: after[1], person: { key: after[2] } as PersonOfChats }) > 0,
          );
    const rows = from < 0 ? [] : found.slice(from, from + limit + 1);
    return toPage(
      rows,
      limit,
      found.length,
      ({ groups, messages, person }) => [groups, messages, person.key],
      ({ person }) => toPerson(person),
    );
  });
};

/** Whose prefix is whose, and in how many chats: the largest first. Errors: as `readInScope`. */
export const countCountries = (store: Store, ctx: Context, given: ChatScopeQuery): Promise<ChatCountries> =>
  readInScope(store, ctx, given, async (trx, scope) => countriesOf(await peopleIn(trx, exhibitsIn(scope))));

const countriesOf = ({ all }: People): ChatCountries => {
  const byPrefix = new Map<
    string,
    { country: string | null; prefix: string; people: number; chats: Set<string>; groups: Set<string> }
  >();
  let withoutNumber = 0;
  for (const person of all) {
    const said = countryOf(person);
    if (said === null) {
      withoutNumber += 1;
      continue;
    }
    const key = `${said.prefix} ${said.country ?? ''}`;
    const counted = byPrefix.get(key) ?? { ...said, people: 0, chats: new Set(), groups: new Set() };
    byPrefix.set(key, counted);
    counted.people += 1;
    for (const { of } of person.parts) {
      counted.chats.add(of.chatId);
      counted.groups.add(of.group);
    }
  }
  const items = [...byPrefix.values()].map(({ chats, groups, ...rest }) => ({
    ...rest,
    chats: chats.size,
    groups: groups.size,
  }));
  return {
    items: items.sort(
      (a, b) =>
        b.people - a.people || (a.prefix < b.prefix ? -1 : 1) || ((a.country ?? '') < (b.country ?? '') ? -1 : 1),
    ),
    withoutNumber,
  };
};
