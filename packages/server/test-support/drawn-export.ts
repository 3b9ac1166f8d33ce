// What an export is written from, drawn with every oddity, and what is written of it: for tests of the formats.
import type { Assertion, Connection, Entity, ExchangeFormat } from '@redthread/core/contract';
import { schemesOf } from '@redthread/core/schemes';
import type { ExchangeGraph } from '../src/formats/exchange/graph.js';
import type { ExchangeFile, ExchangeMedia, ExchangeVerdict } from '../src/formats/exchange/media.js';
import { exportText } from '../src/features/exchange/write.js';
import { randomSource } from '../../core/test-support/hashes.js';

const random = randomSource(11);
const pick = <T>(values: readonly T[]): T => values[random() % values.length]!;
const maybe = <T>(value: () => T): readonly T[] => (random() % 3 === 0 ? [] : [value()]);
const hex = (bytes: number): string =>
  Array.from({ length: bytes }, () => (random() & 255).toString(16).padStart(2, '0')).join('');
const uuid = (): string =>
  hex(16)
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5')
    .slice(0, 36);

export const AGENCY = { id: uuid(), name: 'Cloudberry "Police"; North', country: 'ES' };
export const CASES = ['ES-1', 'ES-2'].map((reference) => ({
  id: uuid(),
  reference,
  title: reference === 'ES-1' ? 'Attic <& "toys">' : '',
  agency: AGENCY,
  handling: 'TLP:AMBER',
}));
const EXHIBITS = CASES.map(({ id }) => ({ caseId: id, exhibitId: uuid(), exhibit: `K-${uuid().slice(0, 4)}` }));

const TIMES = [
  '2019-02-30 10:00:00',
  '2023-06-07 02:31:49Z',
  '1980-00-00 00:00:00',
  '2107-12-31 23:59:58',
  '0000-01-01 00:00:00Z',
];
const time = (kind: string) => ({
  kind,
  text: pick(TIMES),
  offsetMinutes: null,
  precisionMs: 2000,
  basis: 'archive' as const,
});
const file = (): ExchangeFile => ({
  ...pick(EXHIBITS),
  path: pick(['DCIM/a.jpg', 'Ärger/\u{1F9F8} "b";c.jpg', 'tab\tand\nline.jpg', 'x']),
  container: null,
  times: ['modified', 'created', 'accessed'].flatMap((kind) => maybe(() => time(kind))),
  deletion: null,
  handling: pick(['TLP:AMBER', 'TLP:GREEN']),
});
export const verdict = (): ExchangeVerdict => ({
  scheme: pick(['vic-us@2.0', 'vic-default@2.0', 'vic-uk@2.0', 'interpol-baseline@1']),
  state: pick(['decided', 'decided', 'disputed', 'waiting'] as const),
  code: null,
  looked: 2,
  byStack: 0,
  notLooked: 1,
});
const CODES: Readonly<Record<string, readonly string[]>> = {
  'vic-us@2.0': ['0', '1', '2', '5'],
  'vic-default@2.0': ['0', '1', '2', '3'],
  'vic-uk@2.0': ['A', 'C', 'unclassified'],
  'interpol-baseline@1': ['baseline', 'not-baseline'],
};
const media = (): ExchangeMedia => {
  const files = Array.from({ length: 1 + (random() % 3) }, file);
  return {
    id: uuid(),
    agency: AGENCY,
    sha256: hex(32),
    sha1: hex(20),
    md5: hex(16),
    sizeBytes: random() % 1e6,
    mime: 'image/jpeg',
    kind: pick(['image', 'video', 'other']),
    width: 640,
    height: 480,
    closed: random() % 10 === 0,
    pdq: maybe(() => hex(32))[0] ?? null,
    files,
    verdicts: maybe(() => ({ ...verdict() })).map((one) => ({ ...one, code: pick(CODES[one.scheme]!) })),
    votes: maybe(() => ({
      id: uuid(),
      login: 'anna',
      code: 'vic-us@2.0:1',
      seen: pick(['looked', 'by-stack', 'not-looked'] as const),
      at: '2026-01-02T03:04:05Z',
    })),
    lists: maybe(() => ({ id: uuid(), name: 'Toys; "all"', version: '1', polarity: 'known-bad', owner: 'Desk' })),
    series: maybe(() => ({ id: uuid(), name: 'Series; "Attic"', state: pick(['open', 'identified']) })),
    metadata: maybe(() => ['Make', 'Toy & Co'] as const),
  };
};

export const MEDIA = Array.from({ length: 300 }, media);
const entity = (kind: Entity['kind'], name: string): Entity => ({
  id: uuid(),
  kind,
  name,
  role: kind === 'person' ? 'victim' : null,
  age: null,
  area: null,
  note: 'seen \u0007 twice',
  agency: AGENCY,
  case: { id: CASES[0]!.id, reference: 'ES-1' },
  by: 'anna',
  createdAt: '2026-01-01T00:00:00Z',
  state: kind === 'series' ? 'open' : null,
});
const KINDS = [
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
const ENTITIES = KINDS.map((kind) => entity(kind, kind === 'person' ? '' : `a ${kind}`));
const assertion = (from: Assertion['from'], to: Entity, type: Assertion['type']): Assertion => ({
  id: uuid(),
  type,
  from,
  to,
  confidence: 'probable',
  reason: 'the same wallpaper',
  evidence: null,
  validFrom: null,
  validTo: null,
  method: null,
  by: 'anna',
  agency: AGENCY.name,
  own: true,
  isOpinion: false,
  counts: null,
  at: '2026-01-01T00:00:00Z',
  retracted: null,
});
const end = (at: number) => ({
  caseId: CASES[at]!.id,
  caseReference: CASES[at]!.reference,
  exhibitId: null,
  exhibit: null,
  agency: AGENCY,
});
const connection: Connection = {
  id: `cases_${CASES[0]!.id}_${CASES[1]!.id}`,
  between: 'cases',
  a: end(0),
  b: end(1),
  counts: [{ grade: 'same content', pairs: 3 }],
  strengthBits: 12.5,
  isLead: false,
  causes: [],
  strongest: { grade: 'same content', words: 'PDQ: 8 of 256 bits differ' } as Connection['strongest'],
  further: [],
  state: 'new',
  reopened: null,
  decision: null,
  opinions: [],
};
export const GRAPH: ExchangeGraph = {
  cases: CASES,
  entities: ENTITIES,
  assertions: [
    assertion({ kind: 'media', mediaId: MEDIA[0]!.id }, ENTITIES.at(-1)!, 'member-of'),
    assertion({ kind: 'entity', entity: ENTITIES[0]! }, ENTITIES[1]!, 'located-at'),
  ],
  connections: [connection],
};

export const written = async (
  format: ExchangeFormat,
  given: { scheme?: string; shape?: 'case' | 'media-set'; graph?: ExchangeGraph } = {},
) => {
  const { graph = GRAPH, scheme = 'vic-us@2.0', shape = 'case' } = given;
  let text = '';
  for await (const part of exportText({
    format,
    shape,
    scheme,
    graph,
    handling: 'TLP:AMBER',
    schemes: schemesOf(),
    pages: async function* (caseId) {
      const all = MEDIA.filter(({ files }) => caseId === undefined || files.some((one) => one.caseId === caseId));
      for (let at = 0; at < all.length; at += 70) yield all.slice(at, at + 70);
    },
  }))
    text += part;
  return text;
};
