// The report of two media: digests, every method with its value and threshold, where they agree, and how to repeat it.
import { sql } from 'kysely';
import type { Comparison, Media, Occurrence, Reason } from '@redthread/core/contract';
import { countedInWords, turnInWords, type Context } from '@redthread/core/domain';
import { isAtLeastMethod } from '@redthread/core/signals';
import { itemsOf } from '../../../app/http/paging.js';
import { PROGRAM_VERSION } from '../../../app/version.js';
import { comparisonOf } from '../../matches/index.js';
import { readOccurrences } from '../../media/index.js';
import { instant, TEXT } from '../text/en.js';
import { handlingOf, type Building } from './building.js';
import { mono, number, text } from './columns.js';
import { listsPart } from './lists-part.js';
import { methodsPart, selfTestPart } from './methods-part.js';
import { sizeBoth, sizeInWords, timesInWords } from './told.js';

const says = TEXT.comparison;
const SIDES = ['A', 'B'] as const;

/** Veiled renditions, where they were asked for and are there. */
export interface Pictures {
  readonly a: Buffer | null;
  readonly b: Buffer | null;
}

const mediaFacts = (name: string, media: Media, decoder: string | null): [string, string][] => {
  const { facts } = TEXT;
  return [
    [`${name}: ${facts.sha256}`, media.sha256],
    [facts.sha1, media.sha1],
    [facts.md5, media.md5],
    [facts.size, sizeBoth(media.sizeBytes)],
    [facts.type, `${media.mime} (${media.state})`],
    [facts.pixels, media.width === null || media.height === null ? TEXT.none : `${media.width} x ${media.height}`],
    [facts.decoder, decoder ?? TEXT.none],
    [facts.stack, String(media.stackSize)],
    [facts.agency, `${media.agency.name} (${media.agency.country})`],
    [facts.firstSeen, instant(media.firstSeenAt)],
  ];
};

const bound = ({ method }: Reason): string => (isAtLeastMethod(method) ? TEXT.methods.atLeast : TEXT.methods.atMost);
const rounded = (value: number): string => String(Math.round(value * 100) / 100);
const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;
const regionOf = ({ region, timeRange }: Reason['where']['a']): string =>
  [
    ...(region === undefined
      ? []
      : [`${percent(region.width)} x ${percent(region.height)} at ${percent(region.x)}, ${percent(region.y)}`]),
    ...(timeRange === undefined ? [] : [`${timeRange.startMs} ms to ${timeRange.endMs} ms`]),
  ].join('; ') || TEXT.none;

const reasonRow = (reason: Reason): string[] => [
  reason.method,
  String(reason.version),
  rounded(reason.value),
  `${bound(reason)} ${rounded(reason.threshold)}`,
  reason.unit,
  reason.grade,
  turnInWords(reason.where) || TEXT.none,
  reason.bits > 0 ? reason.bits.toFixed(1) : TEXT.none,
  reason.counted === undefined ? '' : countedInWords(reason.counted),
  regionOf(reason.where.a),
  regionOf(reason.where.b),
];

const REASON_COLUMNS = [
  text('method', 'Method', 1.3),
  number('version', 'Version', 0.9),
  number('value', 'Measured', 0.8),
  text('threshold', 'Threshold', 1),
  text('unit', 'Unit', 1),
  text('grade', 'Says', 1),
  text('turn', 'B is', 1),
  number('bits', 'Bits', 0.5),
  text('tested', 'k of n', 2.2),
  text('where_a', 'Part of A', 1.7),
  text('where_b', 'Part of B', 1, { under: 'where_a' }),
];

const foundPart = async ({ sink, trx }: Building, media: readonly Media[]): Promise<void> => {
  const page = (id: string, cursor: string | undefined, limit: number) =>
    readOccurrences(trx, { media: id, scope: null, step: 'seized' }, { cursor, limit });
  let rows = 0;
  for (const { id } of media) rows += (await page(id, undefined, 1)).total;
  const all = async function* (): AsyncGenerator<string[]> {
    for (const [i, { id }] of media.entries())
      for await (const one of itemsOf<Occurrence>((cursor) => page(id, cursor, 500)))
        yield [
          SIDES[i] ?? '',
          `${one.caseReference}/${one.exhibit}`,
          one.path,
          timesInWords(one.sourceTimes),
          sizeInWords(one.sizeBytes),
          one.agency.name,
          one.id,
        ];
  };
  sink.put({ is: 'section', id: 'found', title: says.found, words: [] });
  await sink.table(
    {
      id: 'occurrences',
      title: says.foundTable,
      columns: [
        text('side', 'Of', 0.3),
        text('exhibit', TEXT.facts.exhibit, 1.2),
        text('path', 'Path', 3),
        text('times', 'Times as written', 2.6),
        number('bytes', 'Bytes', 0.8),
        text('agency', 'Agency', 1.2),
        mono('occurrence_id', 'id', 1, { only: 'csv' }),
      ],
      rows,
      empty: says.foundEmpty,
    },
    all(),
  );
};

const resultPart = async (
  { sink }: Building,
  { devices, grade, match, notes, reasons, tried }: Comparison,
): Promise<void> => {
  sink.put({ is: 'section', id: 'result', title: says.result, words: [says.words] });
  sink.put({
    is: 'facts',
    rows: [
      [TEXT.facts.result, `${grade}: ${says.grades[grade]}`],
      ...(match === null ? [] : [[TEXT.facts.measured, match.words] as [string, string]]),
      [TEXT.facts.stored, match === null ? TEXT.facts.storedNo : `${TEXT.yes}, ${instant(match.createdAt)}`],
      ...devices.map((device): [string, string] => [says.device, device]),
      ...notes.map(({ code, detail }): [string, string] => [says.notes, `${code}: ${detail}`]),
    ],
  });
  for (const [id, title, empty, rows] of [
    ['reasons', says.reasons, says.reasonsEmpty, reasons],
    ['tried', says.tried, says.triedEmpty, tried],
  ] as const)
    await sink.table({ id, title, columns: REASON_COLUMNS, rows: rows.length, empty }, rows.map(reasonRow));
};

const placesPart = async ({ sink }: Building, { a, b, places, reasons }: Comparison): Promise<void> => {
  sink.put({ is: 'section', id: 'places', title: says.places, words: [says.placesWords(places.length)] });
  const region = (side: 'a' | 'b'): [number, number, number, number] | null => {
    const found = reasons.map(({ where }) => where[side].region).find((one) => one !== undefined);
    return found === undefined ? null : [found.x, found.y, found.width, found.height];
  };
  if (a.width !== null && a.height !== null && b.width !== null && b.height !== null && places.length > 0)
    sink.put({
      is: 'drawing',
      title: says.places,
      a: { name: 'A', width: a.width, height: a.height, region: region('a') },
      b: { name: 'B', width: b.width, height: b.height, region: region('b') },
      lines: places.map(([x1, y1, x2, y2]) => [x1, y1, x2, y2]),
    });
  if (places.length === 0) return;
  await sink.table(
    {
      id: 'places',
      title: says.placesTable,
      columns: [
        number('number', 'No.', 0.5),
        number('a_x', 'A, from the left', 1),
        number('a_y', 'A, from above', 1),
        number('b_x', 'B, from the left', 1),
        number('b_y', 'B, from above', 1),
      ],
      rows: places.length,
      empty: '',
    },
    places.map((place, i) => [String(i + 1), ...place.map((part) => (100 * part).toFixed(2))]),
  );
};

const picturesPart = ({ sink }: Building, pictures: Pictures): void => {
  sink.put({ is: 'section', id: 'pictures', title: says.pictures, words: [says.picturesWords] });
  for (const [name, jpeg] of [
    ['A', pictures.a],
    ['B', pictures.b],
  ] as const)
    if (jpeg === null) sink.put({ is: 'facts', rows: [[name, says.picturesNone(name)]] });
    else sink.put({ is: 'picture', title: name, jpeg: jpeg.toString('base64') });
};

/** Errors: NOT_FOUND, for either media; REPORT_INCOMPLETE. */
export const buildComparison = async (
  building: Building,
  ctx: Context,
  ids: { readonly a: string; readonly b: string },
  pictures: Pictures | null,
): Promise<void> => {
  const { record, sink, trx } = building;
  const comparison = await comparisonOf(trx, ids);
  const { a, b, decoders, differences } = comparison;
  sink.put({
    is: 'cover',
    form: 1,
    kind: 'comparison',
    title: TEXT.titles.comparison,
    subject: `${a.sha256.slice(0, 16)} / ${b.sha256.slice(0, 16)}`,
    handling: await handlingOf(trx, { media: [ids.a, ids.b] }),
    record,
    facts: [
      [TEXT.facts.result, `${comparison.grade}: ${says.grades[comparison.grade]}`],
      [TEXT.facts.program, `Redthread ${PROGRAM_VERSION}`],
    ],
  });
  sink.put({ is: 'section', id: 'media', title: says.media, words: TEXT.reading.words.slice(0, 1) });
  sink.put({ is: 'facts', rows: mediaFacts('A', a, decoders.a) });
  sink.put({ is: 'facts', rows: mediaFacts('B', b, decoders.b) });
  await resultPart(building, comparison);
  await placesPart(building, comparison);
  if (pictures !== null) picturesPart(building, pictures);
  await foundPart(building, [a, b]);
  sink.put({ is: 'section', id: 'differences', title: says.differences, words: [] });
  await sink.table(
    {
      id: 'differences',
      title: says.differencesTable,
      columns: [text('field', 'What', 1.4), text('a', 'A', 2), text('b', 'B', 2)],
      rows: differences.length,
      empty: says.differencesEmpty,
    },
    differences.map((one) => [one.field, one.a ?? TEXT.none, one.b ?? TEXT.none]),
  );
  await listsPart(building, sql`select unnest(${[ids.a, ids.b]}::uuid[])`);
  await methodsPart(building);
  await selfTestPart(building, ctx);
  sink.put({ is: 'section', id: 'repeat', title: says.repeat, words: says.repeatWords(PROGRAM_VERSION) });
};
