// Who of several conversations is one person: by phone number or account, by messages that two exports of one group both have, and, said as such, by the name under which
// one phone has saved somebody. A name alone joins nobody over two phones, and nobody whose numbers differ.

/** A participant of one conversation of one export. */
export interface PersonInChat {
  readonly chatId: string;
  readonly number: number;
  /** The exhibit that the export lies in: names are those of its phone. */
  readonly exhibitId: string;
  readonly app: string;
  readonly name: string;
  readonly phone: string | null;
  readonly account: string | null;
  readonly messages: number;
}

/** Two exports have so many messages in common that one has from the first and the other from the second. */
export interface CommonAuthor {
  readonly chatA: string;
  readonly numberA: number;
  readonly chatB: string;
  readonly numberB: number;
  readonly messages: number;
}

/** By what it is known that this participant is that person; `alone`: nothing joins them with anybody. */
export const PERSON_BASES = ['phone', 'account', 'messages', 'name', 'alone'] as const;
export type PersonBasis = (typeof PERSON_BASES)[number];

export interface PersonPart<P extends PersonInChat = PersonInChat> {
  readonly of: P;
  readonly by: PersonBasis;
}

export interface SamePerson<P extends PersonInChat = PersonInChat> {
  /** Of its first participant, so that it stays the same while nothing changes. */
  readonly key: string;
  readonly phones: readonly string[];
  readonly accounts: readonly string[];
  /** The best known first, and then as they came. */
  readonly parts: readonly PersonPart<P>[];
}

const keyOf = ({ chatId, number }: Pick<PersonInChat, 'chatId' | 'number'>): string => `${chatId}:${number}`;
const accountOf = ({ app, account }: PersonInChat): string | null => (account === null ? null : `${app} ${account}`);

class Sets {
  readonly #parent: number[];

  constructor(size: number) {
    this.#parent = Array.from({ length: size }, (_, i) => i);
  }

  of(one: number): number {
    let at = one;
    while (this.#parent[at] !== at) {
      this.#parent[at] = this.#parent[this.#parent[at] as number] as number;
      at = this.#parent[at] as number;
    }
    return at;
  }

  /** The smaller index stands for both. */
  join(one: number, other: number): void {
    const [a, b] = [this.of(one), this.of(other)];
    this.#parent[Math.max(a, b)] = Math.min(a, b);
  }
}

/** Of what one person of a chat is called in another, that which more than half of their common messages say. */
const clear = (aliases: readonly CommonAuthor[]): CommonAuthor[] => {
  const sums = new Map<string, number>();
  const ends = ({ chatA, numberA, chatB, numberB }: CommonAuthor): [string, string] => [
    `${chatA}:${numberA} ${chatB}`,
    `${chatB}:${numberB} ${chatA}`,
  ];
  for (const alias of aliases) for (const end of ends(alias)) sums.set(end, (sums.get(end) ?? 0) + alias.messages);
  return aliases.filter((alias) => ends(alias).every((end) => alias.messages * 2 > (sums.get(end) ?? 0)));
};

const BASIS_RANK = new Map(PERSON_BASES.map((basis, i) => [basis, i]));
const distinct = (values: readonly (string | null)[]): string[] => [
  ...new Set(values.filter((value): value is string => value !== null)),
];

/** In the order of the first participant of each. */
export const samePeople = <P extends PersonInChat>(
  people: readonly P[],
  aliases: readonly CommonAuthor[],
): SamePerson<P>[] => {
  const sets = new Sets(people.length);
  const placed = new Map(people.map((one, i) => [keyOf(one), i]));
  const joinAll = (keysOf: (one: P) => string | null): void => {
    const first = new Map<string, number>();
    people.forEach((one, i) => {
      const key = keysOf(one);
      if (key === null) return;
      const other = first.get(key);
      if (other === undefined) first.set(key, i);
      else sets.join(other, i);
    });
  };
  joinAll(({ phone }) => phone);
  joinAll(accountOf);
  for (const { chatA, numberA, chatB, numberB } of clear(aliases)) {
    const [a, b] = [placed.get(`${chatA}:${numberA}`), placed.get(`${chatB}:${numberB}`)];
    if (a !== undefined && b !== undefined) sets.join(a, b);
  }
  const strong = people.map((_, i) => sets.of(i));
  joinByName(people, strong, sets);

  const members = new Map<number, number[]>();
  people.forEach((_, i) => {
    const of = sets.of(i);
    members.set(of, [...(members.get(of) ?? []), i]);
  });
  return [...members.values()].map((indexes) => personOf(people, strong, indexes));
};

/** Of one name on one phone: who has a number or an account, and those who have none, where there is at most one of the former. */
const joinByName = (people: readonly PersonInChat[], strong: readonly number[], sets: Sets): void => {
  const known = new Set(
    people.flatMap(({ phone, account }, i) => (phone === null && account === null ? [] : [strong[i] as number])),
  );
  const byName = new Map<string, Set<number>>();
  people.forEach(({ exhibitId, name }, i) => {
    const key = `${exhibitId} ${name}`;
    byName.set(key, (byName.get(key) ?? new Set<number>()).add(strong[i] as number));
  });
  for (const of of byName.values()) {
    if ([...of].filter((one) => known.has(one)).length > 1) continue;
    const [first, ...others] = of;
    for (const other of others) sets.join(first as number, other);
  }
};

const personOf = <P extends PersonInChat>(
  people: readonly P[],
  strong: readonly number[],
  indexes: readonly number[],
): SamePerson<P> => {
  const all = indexes.map((i) => people[i] as P);
  // Where one part is known by a number, what hangs on it by name alone is said as such; where none is, the names are all there is.
  const sizes = new Map<number, number>();
  for (const i of indexes) sizes.set(strong[i] as number, (sizes.get(strong[i] as number) ?? 0) + 1);
  const isKnown = (set: number): boolean =>
    indexes.some((i) => strong[i] === set && (people[i]?.phone !== null || people[i].account !== null));
  const [best = -1] = [...sizes.keys()].sort(
    (a, b) => Number(isKnown(b)) - Number(isKnown(a)) || (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0) || a - b,
  );
  const basisOf = (i: number): PersonBasis => {
    const { phone, account } = people[i] as P;
    if (strong[i] !== best) return 'name';
    if (phone !== null) return 'phone';
    if (account !== null) return 'account';
    return (sizes.get(best) ?? 0) > 1 ? 'messages' : sizes.size > 1 ? 'name' : 'alone';
  };
  const parts = indexes.map((i) => ({ of: people[i] as P, by: basisOf(i) }));
  parts.sort((a, b) => (BASIS_RANK.get(a.by) ?? 0) - (BASIS_RANK.get(b.by) ?? 0));
  return {
    key: keyOf(all[0] as P),
    phones: distinct(all.map(({ phone }) => phone)),
    accounts: distinct(all.map(({ account }) => account)),
    parts,
  };
};
