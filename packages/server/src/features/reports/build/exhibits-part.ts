// The exhibits of a report, their custody, what could not be read of them, and the funnel.
import type { CustodyEntry, Exhibit, FailureRow } from '@redthread/core/contract';
import { fail, saying } from '@redthread/core/errors';
import { thousands } from '../../../app/cli/table.js';
import { itemsOf } from '../../../app/http/paging.js';
import { readCustody } from '../../custody/index.js';
import { diskImageWords, readFailures } from '../../exhibits/index.js';
import { funnelOf, type Scope } from '../../funnel/index.js';
import { instant, TEXT } from '../text/en.js';
import type { Building } from './building.js';
import { mono, number, text } from './columns.js';
import { sizeBoth, sizeInWords } from './told.js';

const says = TEXT.exhibits;

/** What is said of one exhibit, in a report on it alone. */
export const exhibitFacts = (exhibit: Exhibit): [string, string][] => {
  const { facts } = TEXT;
  return [
    [facts.case, exhibit.caseReference],
    [facts.exhibit, exhibit.reference],
    [facts.agency, `${exhibit.agency.name} (${exhibit.agency.country})`],
    [facts.kind, exhibit.kind],
    ...(exhibit.source === '' ? [] : [[facts.source, exhibit.source] as [string, string]]),
    [facts.container, exhibit.containerSha256 ?? facts.containerNone],
    ...(exhibit.containerBytes === null ? [] : [[facts.size, sizeBoth(exhibit.containerBytes)] as [string, string]]),
    ...exhibit.images.map((image): [string, string] => [facts.diskImage, diskImageWords(image)]),
    [facts.files, `${thousands(exhibit.filesSeen)} (${sizeBoth(exhibit.bytesSeen)})`],
    [facts.state, exhibit.state],
    [facts.registered, `${instant(exhibit.createdAt)}${exhibit.createdBy === null ? '' : `, ${exhibit.createdBy}`}`],
    [facts.readToEnd, instant(exhibit.walkFinishedAt)],
    [facts.complete, instant(exhibit.completedAt)],
    [facts.lastRead, instant(exhibit.lastCheckedAt)],
    [facts.notViewed, thousands(exhibit.notViewed)],
  ];
};

export const exhibitsPart = async ({ sink }: Building, exhibits: readonly Exhibit[]): Promise<void> => {
  const unfinished = exhibits
    .filter(({ state }) => state !== 'complete')
    .map(({ reference, state }) => `${reference} (${state})`);
  sink.put({
    is: 'section',
    id: 'exhibits',
    title: says.title,
    words: [says.words, ...(unfinished.length === 0 ? [] : [says.unfinished(unfinished.join(', '))])],
  });
  const { facts } = TEXT;
  await sink.table(
    {
      id: 'exhibits',
      title: says.table,
      columns: [
        text('exhibit', facts.exhibit, 1),
        text('kind', facts.kind, 0.6),
        text('handling', TEXT.handling, 1),
        mono('container_sha256', facts.container, 2.6),
        number('container_bytes', facts.size, 0.9),
        number('files', facts.files, 0.7),
        number('unreadable', 'Unreadable', 0.7),
        text('state', facts.state, 0.8),
        text('registered', facts.registered, 1.6),
        text('registered_by', 'by', 1, { under: 'registered' }),
        text('complete', facts.complete, 1.5),
        text('source', facts.source, 2),
        mono('id', 'id', 1, { only: 'csv' }),
      ],
      rows: exhibits.length,
      empty: says.empty,
    },
    exhibits.map((one) => [
      one.reference,
      one.kind,
      one.handling ?? TEXT.none,
      one.containerSha256 ?? TEXT.none,
      sizeInWords(one.containerBytes),
      String(one.filesSeen),
      String(one.unreadable),
      one.state,
      instant(one.createdAt),
      one.createdBy ?? '',
      instant(one.completedAt),
      one.source === '' ? TEXT.none : one.source,
      one.id,
    ]),
  );
};

const custodyRow = (names: ReadonlyMap<string, string>, entry: CustodyEntry): string[] => [
  instant(entry.at),
  entry.exhibitId === null ? TEXT.facts.case : (names.get(entry.exhibitId) ?? entry.exhibitId),
  entry.event,
  entry.person,
  entry.secondPerson ?? TEXT.none,
  entry.from ?? TEXT.none,
  entry.to ?? TEXT.none,
  entry.reason === '' ? TEXT.none : entry.reason,
  entry.request ?? TEXT.none,
];

export const custodyPart = async (
  { sink, trx }: Building,
  scope: { readonly caseId?: string; readonly exhibitId?: string },
  exhibits: readonly Exhibit[],
): Promise<void> => {
  const entries = await readCustody(trx, scope);
  const names = new Map(exhibits.map(({ id, reference }) => [id, reference]));
  sink.put({ is: 'section', id: 'custody', title: TEXT.custody.title, words: [TEXT.custody.words] });
  await sink.table(
    {
      id: 'custody',
      title: TEXT.custody.table,
      columns: [
        text('at', 'Time', 1.3),
        text('exhibit', TEXT.facts.exhibit, 1),
        text('event', 'What', 1),
        text('person', 'Person', 1),
        text('second_person', 'Second person', 1),
        text('from', 'From', 1),
        text('to', 'To', 1),
        text('reason', 'Reason', 2),
        text('request', 'Request', 0.8),
      ],
      rows: entries.length,
      empty: TEXT.custody.empty,
    },
    entries.map((entry) => custodyRow(names, entry)),
  );
};

/** Errors: REPORT_INCOMPLETE where the steps do not add up. Answers how many files were seized. */
export const funnelPart = async ({ sink, trx }: Building, scope: Scope): Promise<number> => {
  const { steps } = await funnelOf(trx, scope);
  const of = (step: string): number => steps.find((one) => one.step === step)?.files ?? 0;
  const sum = (...names: readonly string[]): number => names.reduce((total, name) => total + of(name), 0);
  if (of('seized') !== sum('unreadable', 'duplicate', 'unique'))
    throw fail(
      'REPORT_INCOMPLETE',
      saying`the funnel: ${of('seized')} files were seized, its parts have ${sum('unreadable', 'duplicate', 'unique')}`,
    );
  if (of('unique') !== sum('known', 'same-content', 'not-compared', 'new'))
    throw fail(
      'REPORT_INCOMPLETE',
      saying`the funnel: ${of('unique')} contents are unique, its parts have ${sum('known', 'same-content', 'not-compared', 'new')}`,
    );
  sink.put({ is: 'section', id: 'funnel', title: TEXT.funnel.title, words: [TEXT.funnel.words] });
  await sink.table(
    {
      id: 'funnel',
      title: TEXT.funnel.table,
      columns: [
        text('step', 'Step', 1),
        number('files', TEXT.facts.files, 0.8),
        number('bytes', 'Bytes', 1),
        text('means', 'What it counts', 4),
        mono('query', 'Query', 3, { under: 'means' }),
      ],
      rows: steps.length,
      empty: '',
    },
    steps.map(({ bytes, explanation, files, query, step }) => [
      step,
      String(files),
      String(bytes),
      explanation,
      `GET ${query}`,
    ]),
  );
  return of('seized');
};

const MOST = 500;

export const unreadPart = async ({ sink, trx }: Building, exhibits: readonly Exhibit[]): Promise<void> => {
  let rows = 0;
  for (const { id } of exhibits) rows += (await readFailures(trx, id, { limit: 1 })).total;
  const failures = async function* (): AsyncGenerator<string[]> {
    for (const { id, reference } of exhibits)
      for await (const row of itemsOf<FailureRow>((cursor) => readFailures(trx, id, { cursor, limit: MOST })))
        yield [reference, row.path, row.stage, row.code, row.detail === '' ? TEXT.none : row.detail];
  };
  sink.put({ is: 'section', id: 'unread', title: TEXT.unread.title, words: [TEXT.unread.words] });
  await sink.table(
    {
      id: 'unread',
      title: TEXT.unread.table,
      columns: [
        text('exhibit', TEXT.facts.exhibit, 1),
        text('path', 'Path', 3),
        text('stage', 'Stage', 0.7),
        text('code', 'Code', 1.5),
        text('detail', 'Cause', 3),
      ],
      rows,
      empty: TEXT.unread.empty,
    },
    failures(),
  );
};
