// What people say of a series beside its members: what it relates to, what cannot all be true, clues, claims and votes for a country.
import type { Assertion, EntityDetail, EvidenceGiven, SeriesStatements } from '@redthread/core/contract';
import { instant, TEXT } from '../text/en.js';
import type { Building } from './building.js';
import { mono, number, text } from './columns.js';

const says = TEXT.ofSeries;

const endOf = ({ kind, name, agency }: Assertion['to']): string => `${kind} ${name || says.unnamed} (${agency.name})`;

const evidenceIn = (evidence: Assertion['evidence']): string => {
  if (evidence === null) return TEXT.none;
  const { media, mediaGone, region, seconds, text: words } = evidence;
  return (
    [
      ...(words === undefined ? [] : [words]),
      ...(media === undefined ? [] : [`media ${media}`]),
      ...(mediaGone ? [says.gone] : []),
      ...(region === undefined ? [] : [regionIn(region)]),
      ...(seconds === undefined ? [] : [`${seconds.from} s to ${seconds.to} s`]),
    ].join('; ') || TEXT.none
  );
};

const regionIn = ({ height, width, x, y }: NonNullable<EvidenceGiven['region']>): string =>
  `x ${x}, y ${y}, ${width} by ${height} of its sides`;

const fromIn = ({ from }: Assertion): string =>
  from.kind === 'entity' ? endOf(from.entity) : from.mediaId === null ? says.gone : `media ${from.mediaId}`;

const validIn = ({ validFrom, validTo }: Assertion): string =>
  validFrom === null && validTo === null ? TEXT.none : `${validFrom ?? '…'} - ${validTo ?? '…'}`;

const relationsTable = ({ sink }: Building, assertions: readonly Assertion[]): Promise<void> =>
  sink.table(
    {
      id: 'relations',
      title: says.relations,
      columns: [
        number('number', 'No.', 0.35),
        text('from', 'What', 1.6),
        text('type', 'Relation', 0.9),
        text('to', 'to what', 1.6),
        text('confidence', 'How sure', 0.8),
        text('reason', 'Why', 2.2),
        text('evidence', 'Evidence', 1.5),
        text('valid', 'From and to', 1.1),
        text('by', 'By', 1.2),
        text('at', 'Time', 1.2, { under: 'by' }),
        text('taken_back', says.takenBack, 1.6),
        mono('assertion_id', 'id', 1, { only: 'csv' }),
      ],
      rows: assertions.length,
      empty: says.relationsEmpty,
    },
    assertions.map((one, at) => [
      String(at + 1),
      fromIn(one),
      one.type,
      endOf(one.to),
      one.confidence,
      one.reason,
      evidenceIn(one.evidence),
      validIn(one),
      `${one.by} (${one.agency}${one.isOpinion ? `, ${TEXT.opinion}` : ''})`,
      instant(one.at),
      says.retracted(one.retracted),
      one.id,
    ]),
  );

const contradictionsTable = ({ sink }: Building, { assertions, contradictions }: EntityDetail): Promise<void> => {
  const numbers = new Map(assertions.map(({ id }, at) => [id, at + 1]));
  return sink.table(
    {
      id: 'contradictions',
      title: says.contradictions,
      columns: [
        text('rule', 'What cannot be', 2),
        text('certainty', 'How sure', 1),
        text('relations', 'Relations above, by their number', 3),
      ],
      rows: contradictions.length,
      empty: says.contradictionsEmpty,
    },
    contradictions.map((one) => [
      says.rules[one.rule],
      one.certainty,
      one.assertions.map((id) => numbers.get(id) ?? id).join(', '),
    ]),
  );
};

export const saidOfSeriesPart = async (
  building: Building,
  detail: EntityDetail,
  { countries, items }: SeriesStatements,
): Promise<void> => {
  const { sink } = building;
  sink.put({ is: 'section', id: 'said', title: says.said, words: [says.saidWords] });
  await relationsTable(building, detail.assertions);
  await contradictionsTable(building, detail);
  sink.put({ is: 'section', id: 'statements', title: says.statements, words: [says.statementsWords] });
  await sink.table(
    {
      id: 'countries',
      title: says.countries,
      columns: [text('country', 'Country', 1), number('votes', 'People', 1), number('agencies', 'of agencies', 1)],
      rows: countries.length,
      empty: says.countriesEmpty,
    },
    countries.map((one) => [one.country, String(one.votes), String(one.agencies)]),
  );
  await sink.table(
    {
      id: 'statements',
      title: says.statements,
      columns: [
        text('at', 'Time', 1.2),
        text('kind', 'Kind', 0.8),
        text('value', 'What', 1.6),
        text('reason', 'Why', 3),
        text('by', 'By', 1),
        text('agency', 'Agency', 1.2),
        text('taken_back', says.takenBack, 2),
        mono('statement_id', 'id', 1, { only: 'csv' }),
      ],
      rows: items.length,
      empty: says.statementsEmpty,
    },
    items.map((one) => [
      instant(one.at),
      one.kind,
      one.value === '' ? TEXT.none : one.value,
      one.reason,
      one.by,
      one.agency,
      says.retracted(one.retracted),
      one.id,
    ]),
  );
};
