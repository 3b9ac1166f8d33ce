// The report on a series: what it is one with, who said what of it and why, what belongs to it and where that lies, and what it connects with.
import type { Entity, EntityDetail } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import { PROGRAM_VERSION } from '../../../app/version.js';
import { ownAgency } from '../../accounts/index.js';
import { detailOf, entitiesById, seriesWithMedia, statementsOf, stepsOf } from '../../entities/index.js';
import { instant, TEXT } from '../text/en.js';
import { handlingOf, type Building } from './building.js';
import { reading } from './case.js';
import { mono, text } from './columns.js';
import { votesPart } from './judged-part.js';
import { linksPart, type Links } from './links-part.js';
import { listsPart } from './lists-part.js';
import { mediaIn } from './media-query.js';
import { membersPart } from './members-part.js';
import { methodsPart, selfTestPart } from './methods-part.js';
import { saidOfSeriesPart } from './said-part.js';

const says = TEXT.ofSeries;

const coverFacts = ({ agency, by, case: of, createdAt, note, state }: Entity): [string, string][] => [
  [TEXT.facts.state, state ?? TEXT.none],
  [TEXT.facts.case, of?.reference ?? says.noCase],
  [TEXT.facts.agency, `${agency.name} (${agency.country})`],
  [says.begun, `${instant(createdAt)}, ${by}`],
  ...(note === '' ? [] : [[says.note, note] as [string, string]]),
];

/** Of each record that is one with it: who holds it, its numbers, and every state that it has had. */
const recordsPart = async ({ sink, trx }: Building, { group, ids }: EntityDetail): Promise<void> => {
  sink.put({ is: 'section', id: 'records', title: says.records, words: [says.recordsWords] });
  await sink.table(
    {
      id: 'records',
      title: says.records,
      columns: [
        text('name', 'Series', 2),
        text('state', TEXT.facts.state, 0.8),
        text('agency', 'Agency', 1.5),
        text('case', TEXT.facts.case, 1),
        text('by', 'Begun by', 1),
        text('begun', 'Begun', 1.2),
        mono('id', 'id', 2.4),
      ],
      rows: group.length,
      empty: '',
    },
    group.map((one) => [
      one.name,
      one.state ?? TEXT.none,
      `${one.agency.name} (${one.agency.country})`,
      one.case?.reference ?? TEXT.none,
      one.by,
      instant(one.createdAt),
      one.id,
    ]),
  );
  const names = new Map(group.map(({ id, name }) => [id, name]));
  await sink.table(
    {
      id: 'numbers',
      title: says.numbers,
      columns: [
        text('series', 'Series', 2),
        text('issuer', 'Given by', 1),
        text('type', 'Kind', 1),
        text('value', 'Number', 2),
        text('by', 'Entered by', 1),
        text('at', 'Entered', 1.2),
        text('taken_back', says.takenBack, 2),
      ],
      rows: ids.length,
      empty: says.numbersEmpty,
    },
    ids.map((one) => [
      names.get(one.entityId) ?? TEXT.none,
      one.issuer,
      one.type,
      one.value,
      one.by,
      instant(one.at),
      says.retracted(one.retracted),
    ]),
  );
  const steps: string[][] = [];
  for (const { id, name } of group)
    for (const step of await stepsOf(trx, id))
      steps.push([name, instant(step.at), step.state, step.by, step.workedBy || TEXT.none, step.note || TEXT.none]);
  await sink.table(
    {
      id: 'steps',
      title: says.steps,
      columns: [
        text('series', 'Series', 2),
        text('at', 'Time', 1.2),
        text('state', TEXT.facts.state, 1),
        text('by', 'By', 1),
        text('worked_by', 'Worked on by', 1.5),
        text('note', 'Note', 3),
      ],
      rows: steps.length,
      empty: says.stepsEmpty,
    },
    steps,
  );
};

/** What else of others is told: the cases of what it relates to. */
const relatedCases = async ({ trx }: Building, { assertions, group }: EntityDetail): Promise<string[]> => {
  const others = assertions.flatMap(({ from, to }) => [to.id, ...(from.kind === 'entity' ? [from.entity.id] : [])]);
  const ids = [...new Set([...others, ...group.map(({ id }) => id)])];
  return [...(await entitiesById(trx, ids)).values()].flatMap(({ case: of }) => of?.id ?? []);
};

/** Errors: NOT_FOUND, REPORT_INCOMPLETE. */
export const buildSeries = async (building: Building, ctx: Context, id: string, links: Links): Promise<void> => {
  const { record, sink, trx } = building;
  const detail = await detailOf(trx, id);
  const { media } = await seriesWithMedia(trx, id);
  const scope = { kind: 'media', media } as const;
  const statements = await statementsOf(trx, id, null);
  sink.put({
    is: 'cover',
    form: 1,
    kind: 'series',
    title: TEXT.titles.series,
    subject: detail.entity.name,
    handling: await handlingOf(trx, { cases: await relatedCases(building, detail), media, links }),
    record,
    facts: [
      ...coverFacts(detail.entity),
      [says.members, String(media.length)],
      [TEXT.facts.madeBy, (await ownAgency(trx, ctx.actor.agencyId)).name],
      [TEXT.facts.program, `Redthread ${PROGRAM_VERSION}`],
    ],
  });
  reading(building);
  await recordsPart(building, detail);
  await membersPart(
    building,
    detail.group.map((one) => one.id),
    media,
  );
  await votesPart(building, scope);
  await listsPart(building, mediaIn(scope));
  await saidOfSeriesPart(building, detail, statements);
  await linksPart(building, links, says.linksWords);
  await methodsPart(building);
  await selfTestPart(building, ctx);
};
