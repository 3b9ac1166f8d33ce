// FollowTheMoney (followthemoney.tech), a line of JSON an entity: what Aleph and its kin read. The model has no word for a case, a series or a connection:
// the first two are projects, the last is a link whose nature it says in words.
import type { EntityKind } from '@redthread/core/domain';
import { agenciesOf, countWords, endId, endsElsewhere, endWords, type ExchangeGraph } from './graph.js';
import type { ExchangeMedia } from './media.js';

/** Schemata of the model, and the properties of each that are written here. A test holds what is written to them. */
export const FTM_SCHEMATA: Readonly<Record<string, readonly string[]>> = {
  PublicBody: ['name', 'country'],
  Project: ['name', 'projectId', 'summary', 'keywords', 'country'],
  Person: ['name', 'summary', 'notes', 'keywords'],
  Address: ['name', 'full', 'summary', 'notes'],
  Asset: ['name', 'summary', 'notes', 'keywords'],
  UserAccount: ['name', 'username', 'number', 'summary', 'notes', 'keywords'],
  Organization: ['name', 'summary', 'notes', 'keywords'],
  Event: ['name', 'summary', 'notes', 'keywords'],
  Vehicle: ['name', 'summary', 'notes'],
  Image: ['name', 'fileName', 'contentHash', 'mimeType', 'fileSize', 'keywords'],
  Video: ['name', 'fileName', 'contentHash', 'mimeType', 'fileSize', 'keywords'],
  Audio: ['name', 'fileName', 'contentHash', 'mimeType', 'fileSize', 'keywords'],
  Document: ['name', 'fileName', 'contentHash', 'mimeType', 'fileSize', 'keywords'],
  UnknownLink: ['subject', 'object', 'role', 'summary', 'status', 'recordId'],
};

const KINDS: Readonly<Record<EntityKind, string>> = {
  person: 'Person',
  place: 'Address',
  object: 'Asset',
  device: 'Asset',
  camera: 'Asset',
  account: 'UserAccount',
  'phone-number': 'UserAccount',
  'chat-group': 'Organization',
  'web-site': 'Asset',
  vehicle: 'Vehicle',
  event: 'Event',
  series: 'Project',
};

type Values = Readonly<Record<string, string | readonly string[] | null>>;

const line = (schema: string, id: string, values: Values): string => {
  const properties = Object.fromEntries(
    Object.entries(values)
      .map(([name, value]) => [name, value === null ? [] : [value].flat().filter((one) => one !== '')] as const)
      .filter(([, value]) => value.length > 0),
  );
  return `${JSON.stringify({ id, schema, properties })}\n`;
};

const country = (code: string): string => code.toLowerCase();

const entityLine = ({ case: of, id, kind, name, note, role, state }: ExchangeGraph['entities'][number]): string => {
  const schema = KINDS[kind];
  const known = new Set(FTM_SCHEMATA[schema]);
  const all: Values = {
    name: name === '' ? `${kind} without a name` : name,
    full: name,
    username: name === '' ? id : name,
    number: kind === 'phone-number' ? name : null,
    projectId: id,
    summary: [role === null ? '' : `role: ${role}`, state === null ? '' : `state: ${state}`]
      .filter((text) => text !== '')
      .join('; '),
    notes: note,
    keywords: [kind, ...(of === null ? [] : [`case ${of.reference}`])],
  };
  return line(schema, id, Object.fromEntries(Object.entries(all).filter(([property]) => known.has(property))));
};

/** Everything but the media. */
export function* ftmBeginning(graph: ExchangeGraph): Generator<string> {
  const { assertions, cases, connections, entities } = graph;
  for (const { country: of, id, name } of agenciesOf(graph).values())
    yield line('PublicBody', id, { name, country: country(of) });
  for (const { agency, id, reference, title } of cases)
    yield line('Project', id, {
      name: title === '' ? reference : `${reference}: ${title}`,
      projectId: reference,
      summary: `case of ${agency.name}`,
      keywords: 'case',
      country: country(agency.country),
    });
  for (const [id, end] of endsElsewhere(graph))
    yield line('Project', id, {
      name: endWords(end),
      projectId: endWords(end),
      keywords: end.exhibitId === null ? 'case' : 'exhibit',
      country: country(end.agency.country),
    });
  for (const entity of entities) yield entityLine(entity);
  for (const connection of connections) {
    const { a, b, id, isLead, state, strengthBits, strongest } = connection;
    yield line('UnknownLink', id, {
      subject: endId(a),
      object: endId(b),
      role: `${isLead ? 'lead' : 'connection'}: ${strongest.grade}`,
      summary: `${strengthBits.toFixed(1)} bits; ${countWords(connection)}; ${strongest.words}`,
      status: state,
      recordId: id,
    });
  }
  for (const one of assertions) if (one.from.kind === 'entity') yield assertionLine(one, one.from.entity.id);
}

const assertionLine = (one: ExchangeGraph['assertions'][number], subject: string): string => {
  const { agency, by, confidence, id, method, reason, to, type } = one;
  return line('UnknownLink', id, {
    subject,
    object: to.id,
    role: type,
    summary: `${confidence}: ${reason} (${by === '' ? agency : `${by}, ${agency}`}${method === null ? '' : `, ${method}`})`,
    recordId: id,
  });
};

const MEDIA: Readonly<Record<string, string>> = { image: 'Image', video: 'Video', audio: 'Audio' };

export function* ftmMedia(media: ExchangeMedia, said: ExchangeGraph['assertions']): Generator<string> {
  const { files, id, kind, mime, sha1, sha256, sizeBytes } = media;
  const names = [...new Set(files.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)))].filter(
    (name) => name !== '',
  );
  yield line(MEDIA[kind] ?? 'Document', id, {
    name: names[0] ?? sha256,
    fileName: names,
    contentHash: sha1,
    mimeType: mime,
    fileSize: String(sizeBytes),
    keywords: [`sha256 ${sha256}`],
  });
  for (const caseId of new Set(files.map((file) => file.caseId)))
    yield line('UnknownLink', `${id}-${caseId}`, { subject: id, object: caseId, role: 'lies in' });
  for (const one of said) yield assertionLine(one, id);
}
