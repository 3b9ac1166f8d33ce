// GraphML (graphml.graphdrawing.org): cases, entities, series, media and what relates or connects them, for tools that draw graphs.
import { countWords, endId, endsElsewhere, endWords, type ExchangeGraph } from './graph.js';
import type { ExchangeMedia } from './media.js';

const KEYS = {
  node: ['kind', 'label', 'agency', 'case', 'role', 'state', 'sha256', 'mime'],
  edge: ['kind', 'label', 'agency', 'confidence', 'reason', 'method', 'grades', 'strength_bits', 'lead', 'state', 'by'],
} as const;
const TYPES: Readonly<Record<string, string>> = { strength_bits: 'double', lead: 'boolean' };

/** Characters that XML 1.0 cannot hold are spelled, and never dropped. */
const NO_XML =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const xml = (text: string): string =>
  text
    .replace(NO_XML, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/[&<>"\r\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);

type Values = Readonly<Record<string, string | number | boolean | null>>;

const data = (values: Values, of: keyof typeof KEYS): string =>
  Object.entries(values)
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value]) => `<data key="${of}_${key}">${xml(String(value))}</data>`)
    .join('');

const node = (id: string, values: Values): string => `<node id="${xml(id)}">${data(values, 'node')}</node>\n`;
const edge = (id: string, from: string, to: string, values: Values): string =>
  `<edge id="${xml(id)}" source="${xml(from)}" target="${xml(to)}">${data(values, 'edge')}</edge>\n`;

export const GRAPHML_END = '</graph>\n</graphml>\n';

/** Everything but the media and their edges. */
export function* graphmlBeginning(graph: ExchangeGraph): Generator<string> {
  const { assertions, cases, connections, entities } = graph;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n';
  for (const of of ['node', 'edge'] as const)
    for (const key of KEYS[of])
      yield `<key id="${of}_${key}" for="${of}" attr.name="${key}" attr.type="${TYPES[key] ?? 'string'}"/>\n`;
  yield '<graph edgedefault="directed">\n';
  for (const { agency, id, reference, title } of cases)
    yield node(id, { kind: 'case', label: title === '' ? reference : `${reference}: ${title}`, agency: agency.name });
  for (const [id, end] of endsElsewhere(graph))
    yield node(id, {
      kind: end.exhibitId === null ? 'case' : 'exhibit',
      label: endWords(end),
      agency: end.agency.name,
    });
  for (const { agency, case: of, id, kind, name, role, state } of entities)
    yield node(id, { kind, label: name, agency: agency.name, case: of?.reference ?? null, role, state });
  for (const connection of connections) {
    const { a, b, id, isLead, state, strengthBits, strongest } = connection;
    yield edge(id, endId(a), endId(b), {
      kind: isLead ? 'lead' : 'connection',
      label: strongest.grade,
      reason: strongest.words,
      grades: countWords(connection),
      strength_bits: strengthBits,
      lead: isLead,
      state,
    });
  }
  for (const { agency, by, confidence, from, id, method, reason, to, type } of assertions)
    if (from.kind === 'entity')
      yield edge(id, from.entity.id, to.id, { kind: 'assertion', label: type, agency, confidence, reason, method, by });
}

/** A media, the cases that it lies in, and what is said of it. */
export function* graphmlMedia(media: ExchangeMedia, said: ExchangeGraph['assertions']): Generator<string> {
  const { agency, files, id, mime, sha256 } = media;
  yield node(id, { kind: 'media', label: sha256.slice(0, 12), agency: agency.name, sha256, mime });
  for (const caseId of new Set(files.map((file) => file.caseId)))
    yield edge(`${id}-${caseId}`, id, caseId, { kind: 'held', label: 'lies in', agency: agency.name });
  for (const { agency: by, by: login, confidence, id: assertion, method, reason, to, type } of said)
    yield edge(assertion, id, to.id, {
      kind: 'assertion',
      label: type,
      agency: by,
      confidence,
      reason,
      method,
      by: login,
    });
}
