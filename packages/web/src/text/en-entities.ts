// Text of persons, places, things and accounts: what they are, what relates them, how they are found and begun.
import type { PersonRole } from '@redthread/core/contract';
import { ASSERTION_TYPES, type AssertionTypeName, type EntityKind } from '@redthread/core/domain';

const kinds: Readonly<Record<EntityKind, string>> = {
  person: 'person',
  place: 'place',
  object: 'object',
  device: 'device',
  camera: 'camera',
  account: 'account',
  'phone-number': 'phone number',
  'chat-group': 'chat group',
  'web-site': 'web site',
  vehicle: 'vehicle',
  event: 'event',
  series: 'series',
};

const roles: Readonly<Record<PersonRole, string>> = {
  victim: 'victim',
  offender: 'offender',
  witness: 'witness',
  unknown: 'role unknown',
};

/** Between the two: "this media [belongs to] that series". */
const relations = Object.fromEntries(
  Object.entries(ASSERTION_TYPES).map(([type, { words }]) => [type, words]),
) as Readonly<Record<AssertionTypeName, string>>;

export const entities = {
  title: 'Entities',
  kinds,
  roles,
  relations,
  role: 'Role',
  found: 'What is found',
  nothingFound: 'Nothing is found.',
  beginAs: (kind: string, name: string) => (name === '' ? `a new ${kind} without a name` : `a new ${kind}: ${name}`),
  caseOf: 'Case that it belongs to',
  noCase: 'in no case: of your agency alone',
  confidence: 'How sure',
  none: 'No entity that you see.',
  teach: 'A person, place, thing or account that the investigation speaks of. Record one here, or at a terminal:',
  command: 'redthread entity add person --role victim --age 8-10@2020-06-15 --case ES-2026-014',
  kind: 'Kind',
  standing: 'State or role',
  nameOrNumber: 'Part of a name, or a number as it was written',
  findOne: 'Find',
  record: 'Record one',
  age: 'Age as it was said',
  ageBand: ({ minYears, maxYears, at }: { minYears: number; maxYears: number; at: string }) =>
    minYears === maxYears ? `${minYears} on ${at}` : `${minYears} to ${maxYears} on ${at}`,
  ageFrom: 'Age from',
  ageTo: 'to',
  ageOn: 'on which day',
  ageAt: 'How old on',
  workOut: 'Work out',
  ageThen: (min: number, max: number) => (min === max ? `${min} years then` : `${min} to ${max} years then`),
  ageHow:
    'The youngest and the oldest that what was said allows; below 0 is before the birth. Nothing was read from a picture.',
  area: 'Where it is',
  latitude: 'Latitude, in degrees',
  longitude: 'Longitude, in degrees',
  radius: 'Known within metres',
  timeForm: 'A date, or a date with a time: 2025-07-01, 2025-07-01T10:00+02:00',
  identify: 'Identify',
  merge: 'Say that it is one with another',
  relate: 'Relate',
  addNumber: 'Add a number',
  relation: 'What relates them',
  kindOfOther: 'Kind of the other',
  fromIt: (relation: string) => `it ${relation} …`,
  toIt: (relation: string) => `… ${relation} it`,
  find: (kind: string) => `Name or number of the ${kind}`,
  more: 'Evidence and time',
  evidence: 'Message, page or report',
  evidenceMedia: 'Id of a media',
  evidenceMediaForm: 'As the page of the media shows it',
  validFrom: 'From when',
  validTo: 'To when',
  valid: (from: string | null, to: string | null) =>
    from === null ? `until ${to ?? ''}` : to === null ? `from ${from}` : `from ${from} to ${to}`,
  seconds: (from: number, to: number) => `seconds ${from} to ${to}`,
  region: (x: string, y: string) => `at ${x} from the left, ${y} from the top`,
  against: 'Contradicts something else that is said',
  numberType: 'Number',
  otherType: 'of another kind',
  issuer: 'Who gave it',
  typeOfNumber: 'What it is called',
  typeForm: 'Small letters, digits and hyphens: case-number',
  value: 'The number',
};
