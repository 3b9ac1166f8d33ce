// Entities, series, assertions and suggestions for the terminal.
import type { Assertion, Circle, Entity, EntityDetail, SeriesMember, SeriesSuggestion } from '@redthread/core/contract';
import { ASSERTION_TYPES } from '@redthread/core/domain';
import { minute } from '../../app/cli/minute.js';
import { bold, table } from '../../app/cli/table.js';

const called = ({ kind, name }: Pick<Entity, 'kind' | 'name'>): string => `${kind} ${name === '' ? '(no name)' : name}`;

export const entityLines = (entities: readonly Entity[]): string[] =>
  table(
    [
      { title: 'recorded (UTC)' },
      { title: 'kind' },
      { title: 'name' },
      { title: 'state' },
      { title: 'agency' },
      { title: 'case' },
      { title: 'id' },
    ],
    entities.map((one) => [
      minute(one.createdAt),
      one.role === null ? one.kind : `${one.kind}, ${one.role}`,
      one.name === '' ? '(no name)' : one.name,
      one.state ?? '',
      one.agency.name,
      one.case?.reference ?? '',
      one.id,
    ]),
  );

const fromInWords = ({ from }: Assertion): string => {
  if (from.kind === 'entity') return called(from.entity);
  return from.mediaId === null ? 'a media that is gone' : `media ${from.mediaId}`;
};

const evidenceInWords = ({ evidence }: Assertion): string => {
  if (evidence === null) return '';
  const parts = [
    ...(evidence.mediaGone ? ['a media that was withdrawn or destroyed'] : []),
    ...(evidence.media === undefined ? [] : [`media ${evidence.media}`]),
    ...(evidence.seconds === undefined ? [] : [`seconds ${evidence.seconds.from} to ${evidence.seconds.to}`]),
    ...(evidence.text === undefined ? [] : [evidence.text]),
  ];
  return parts.join(', ');
};

const whoSays = ({ by, agency, isOpinion }: Assertion): string => (isOpinion ? `${by} (${agency}, an opinion)` : by);

const standing = ({ retracted, counts, confidence }: Assertion): string => {
  if (retracted !== null)
    return `taken back by ${retracted.by === '' ? 'the system' : retracted.by}: ${retracted.reason}`;
  return counts === false ? `${confidence}, proposed` : confidence;
};

export const assertionLines = (assertions: readonly Assertion[]): string[] =>
  table(
    [
      { title: 'said (UTC)' },
      { title: 'by' },
      { title: '' },
      { title: 'stands' },
      { title: 'reason' },
      { title: 'evidence' },
      { title: 'id' },
    ],
    assertions.map((one) => [
      minute(one.at),
      whoSays(one),
      `${fromInWords(one)} ${ASSERTION_TYPES[one.type].words} ${called(one.to)}`,
      standing(one),
      one.reason,
      evidenceInWords(one),
      one.id,
    ]),
  );

const RULE_WORDS: Readonly<Record<EntityDetail['contradictions'][number]['rule'], string>> = {
  'two-persons': 'identified as two different persons',
  'two-places-at-once': 'at two places at once',
  'same-and-different': 'said to be one, and said not to be',
};

const areaInWords = ({ latitudeDeg, longitudeDeg, radiusM }: Circle): string =>
  `within ${radiusM} m of ${latitudeDeg}, ${longitudeDeg}`;

export const detailLines = (detail: EntityDetail, colour: boolean): string[] => {
  const { entity, group, ids, assertions, contradictions, ageThen, steps } = detail;
  const own = `${called(entity)}${entity.state === null ? '' : `, ${entity.state}`}`;
  return [
    bold(own, colour),
    ...(entity.area === null ? [] : [areaInWords(entity.area)]),
    ...(entity.note === '' ? [] : [entity.note]),
    ...(ageThen === null ? [] : [`then ${ageThen.min} to ${ageThen.max} years old`]),
    ...group.slice(1).map((one) => `is one with ${called(one)} of ${one.agency.name} (${one.id})`),
    ...ids
      .filter(({ retracted }) => retracted === null)
      .map(({ issuer, type, value, id }) => `${issuer} ${type} ${value} (${id})`),
    ...contradictions.map(
      ({ rule, certainty, assertions: against }) =>
        `contradiction, ${certainty}: ${RULE_WORDS[rule]} (${against.join(', ')})`,
    ),
    ...steps.map(
      ({ state, by, at, workedBy, note }) =>
        `${minute(at)} ${state} by ${by}${workedBy === '' ? '' : `, worked by ${workedBy}`}${note === '' ? '' : `: ${note}`}`,
    ),
    ...(assertions.length === 0 ? [] : ['', ...assertionLines(assertions)]),
  ];
};

export const memberLines = (members: readonly SeriesMember[]): string[] =>
  table(
    [{ title: 'media' }, { title: 'agency' }, { title: 'said by' }, { title: 'reason' }],
    members.map(({ mediaId, agency, assertion }) => [mediaId, agency.name, whoSays(assertion), assertion.reason]),
  );

export const suggestionLines = (suggestions: readonly SeriesSuggestion[]): string[] =>
  table(
    [{ title: 'media' }, { title: 'grade' }, { title: 'why' }, { title: 'member' }],
    suggestions.map(({ mediaId, grade, words, to }) => [mediaId, grade, words, to]),
  );
