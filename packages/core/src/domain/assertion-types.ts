// Which relations there are, and between what: one table, which the service, the command line and the web read. A series is an entity
// like a person or a place; what is true of all of them is said once.

export const ENTITY_KINDS = [
  'person',
  'place',
  'object',
  'device',
  'camera',
  'account',
  'phone-number',
  'chat-group',
  'web-site',
  'vehicle',
  'event',
  'series',
] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

/** What an assertion can start from. */
export type EndKind = EntityKind | 'media';

interface AssertionType {
  readonly from: readonly EndKind[];
  readonly to: readonly EntityKind[];
  /** Holds from either end. */
  readonly symmetric?: true;
  /** Both ends are of one kind. */
  readonly sameKind?: true;
  /** Makes one of two, for whoever sees it. */
  readonly merges?: true;
  /** In words, between the two: "this media [belongs to] that series". */
  readonly words: string;
}

const THINGS = ['object', 'device', 'camera', 'account', 'phone-number', 'vehicle', 'web-site'] as const;
const NO_SERIES = ENTITY_KINDS.filter((kind) => kind !== 'series');

const TYPES = {
  'member-of': { from: ['media'], to: ['series'], words: 'belongs to' },
  continues: { from: ['series'], to: ['series'], symmetric: true, merges: true, words: 'is one series with' },
  'same-as': { from: NO_SERIES, to: NO_SERIES, symmetric: true, sameKind: true, merges: true, words: 'is the same as' },
  'different-from': {
    from: ENTITY_KINDS,
    to: ENTITY_KINDS,
    symmetric: true,
    sameKind: true,
    words: 'is not the same as',
  },
  'identified-as': { from: ['series', 'person'], to: ['person'], words: 'is identified as' },
  shows: { from: ['media', 'series'], to: ['person', 'place', 'object', 'device', 'vehicle', 'event'], words: 'shows' },
  'made-with': { from: ['media', 'series'], to: ['camera', 'device'], words: 'was made with' },
  'sent-by': { from: ['media', 'series'], to: ['account', 'phone-number'], words: 'was sent by' },
  'found-on': { from: ['media', 'series'], to: ['chat-group', 'web-site', 'device', 'account'], words: 'was found on' },
  uses: { from: ['person'], to: THINGS, words: 'uses' },
  owns: { from: ['person'], to: THINGS, words: 'owns' },
  knows: { from: ['person'], to: ['person'], symmetric: true, words: 'knows' },
  'is-in': { from: ['person', 'account', 'phone-number'], to: ['chat-group', 'web-site'], words: 'is in' },
  'located-at': { from: NO_SERIES.filter((kind) => kind !== 'place'), to: ['place'], words: 'was at' },
  'takes-part-in': { from: ['person'], to: ['event'], words: 'took part in' },
  'leads-to': {
    from: ['web-site', 'chat-group', 'account'],
    to: ['web-site', 'chat-group', 'account'],
    words: 'leads to',
  },
} as const satisfies Record<string, AssertionType>;

export type AssertionTypeName = keyof typeof TYPES;
export const ASSERTION_TYPES: Readonly<Record<AssertionTypeName, AssertionType>> = TYPES;
export const ASSERTION_TYPE_NAMES = Object.keys(TYPES) as [AssertionTypeName, ...AssertionTypeName[]];
export const MERGING_TYPES = ASSERTION_TYPE_NAMES.filter((name) => ASSERTION_TYPES[name].merges === true);

/** Why these two cannot be related so, or null where they can. */
export const whyNotRelated = (type: AssertionTypeName, from: EndKind, to: EntityKind): string | null => {
  const rule = ASSERTION_TYPES[type];
  if (!rule.from.includes(from)) return `${type} starts at ${rule.from.join(', ')}, not at ${from}`;
  if (!rule.to.includes(to)) return `${type} leads to ${rule.to.join(', ')}, not to ${to}`;
  if (rule.sameKind === true && from !== to) return `${type} relates two of one kind, not ${from} and ${to}`;
  return null;
};
