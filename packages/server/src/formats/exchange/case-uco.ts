// CASE 1.4 / UCO 1.4 as JSON-LD, with the actions of the CAC ontology for what a person judged and what a list says. Times stand as they were written: one
// without an offset has none here, and one that is no date stands in words. IRIs follow from our ids, so that the same export gives the same bytes.
import { createHash } from 'node:crypto';
import type { SourceTime } from '@redthread/core/contract';
import { PROGRAM_VERSION } from '../../app/version.js';
import { agenciesOf, countWords, endId, endsElsewhere, endWords, type ExchangeGraph } from './graph.js';
import type { ExchangeFile, ExchangeMedia } from './media.js';

const CONTEXT = {
  kb: 'http://example.org/kb/',
  'case-investigation': 'https://ontology.caseontology.org/case/investigation/',
  'cac-detection': 'https://cacontology.projectvic.org/detection#',
  'uco-action': 'https://ontology.unifiedcyberontology.org/uco/action/',
  'uco-core': 'https://ontology.unifiedcyberontology.org/uco/core/',
  'uco-identity': 'https://ontology.unifiedcyberontology.org/uco/identity/',
  'uco-location': 'https://ontology.unifiedcyberontology.org/uco/location/',
  'uco-marking': 'https://ontology.unifiedcyberontology.org/uco/marking/',
  'uco-observable': 'https://ontology.unifiedcyberontology.org/uco/observable/',
  'uco-tool': 'https://ontology.unifiedcyberontology.org/uco/tool/',
  'uco-types': 'https://ontology.unifiedcyberontology.org/uco/types/',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const;

type Node = Readonly<Record<string, unknown>>;
interface Ref {
  readonly '@id': string;
}

/** A UUID that follows from words (version 8, RFC 9562), for what has no id of its own. */
const derivedId = (...words: readonly string[]): string => {
  const digest = createHash('sha256').update(words.join('\n')).digest('hex');
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
};
const iri = (kind: string, id: string): string => `kb:${kind}-${id}`;
const ref = (kind: string, id: string): Ref => ({ '@id': iri(kind, id) });
const typed = (type: string, value: string) => ({ '@type': `xsd:${type}`, '@value': value });

const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2}(?:\.\d+)?)(Z|[+-]\d{2}:\d{2})?$/;
/** The same characters in the form of the ontology; null for what is no date, such as month 0 of a DOS time. */
export const dateTimeOf = (text: string): string | null => {
  const [, date, time, offset = ''] = DATE_TIME.exec(text) ?? [];
  if (
    date === undefined ||
    Number.isNaN(Date.parse(`${date}T00:00:00Z`)) ||
    new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10) !== date
  )
    return null;
  return Number(date.slice(0, 4)) === 0 || time === undefined || time >= '24' ? null : `${date}T${time}${offset}`;
};

const TOOL = ref('tool', derivedId('redthread', PROGRAM_VERSION));

export class CaseDocument {
  /** What each exhibit holds, and each case: their compilations stand at the end. */
  readonly #ofExhibit = new Map<string, { readonly name: string; readonly caseId: string; readonly files: Ref[] }>();
  readonly #persons = new Map<string, string>();
  readonly #lists = new Map<string, ExchangeMedia['lists'][number]>();
  readonly #markings = new Set<string>();
  #isFirst = true;

  constructor(readonly graph: ExchangeGraph) {}

  #written(nodes: Iterable<Node>): string {
    let text = '';
    for (const node of nodes) {
      text += `${this.#isFirst ? '' : ','}\n${JSON.stringify(node)}`;
      this.#isFirst = false;
    }
    return text;
  }

  beginning(): string {
    return `{"@context":${JSON.stringify(CONTEXT)},"@graph":[${this.#written(this.#beginning())}`;
  }

  *#beginning(): Generator<Node> {
    const { assertions, connections, entities } = this.graph;
    yield { ...TOOL, '@type': 'uco-tool:Tool', 'uco-core:name': 'Redthread', 'uco-tool:version': PROGRAM_VERSION };
    for (const { country, id, name } of agenciesOf(this.graph).values())
      yield {
        ...ref('organization', id),
        '@type': 'uco-identity:Organization',
        'uco-core:name': name,
        'uco-core:description': `Country: ${country}`,
      };
    for (const [id, end] of endsElsewhere(this.graph))
      yield {
        ...ref('investigation', id),
        '@type': 'case-investigation:Investigation',
        'uco-core:name': endWords(end),
        'uco-core:createdBy': ref('organization', end.agency.id),
      };
    for (const entity of entities) yield entityNode(entity);
    for (const one of connections)
      yield relationship(one.id, ref('investigation', endId(one.a)), ref('investigation', endId(one.b)), {
        kind: `${one.isLead ? 'lead' : 'connection'}: ${one.strongest.grade}`,
        words: `${one.strengthBits.toFixed(1)} bits; ${countWords(one)}; ${one.strongest.words}; ${one.state}`,
        isDirectional: false,
      });
    for (const one of assertions)
      if (one.from.kind === 'entity') yield assertionNode(one, ref('entity', one.from.entity.id));
  }

  media(media: ExchangeMedia, said: ExchangeGraph['assertions']): string {
    return this.#written(this.#media(media, said));
  }

  *#media(media: ExchangeMedia, said: ExchangeGraph['assertions']): Generator<Node> {
    const content = ref('content', media.id);
    yield contentNode(media);
    for (const [at, file] of media.files.entries()) yield* this.#file(media, file, at, content);
    for (const one of said) yield assertionNode(one, content);
    for (const vote of media.votes) yield this.#vote(vote, media, content);
    for (const hit of media.lists) {
      this.#lists.set(hit.id, hit);
      yield {
        ...ref('list-match', derivedId(media.id, hit.id)),
        '@type': ['case-investigation:InvestigativeAction', 'cac-detection:DatabaseMatchAction'],
        'uco-core:name': 'What a list says: nobody here has looked by that',
        'uco-action:instrument': [TOOL],
        'uco-action:object': [content],
        'cac-detection:matchedDatabase': ref('list', hit.id),
        'cac-detection:matchType': 'exact',
        // The shapes of CAC ask for a label beside the name.
        'rdfs:label': 'What a list says',
      };
    }
  }

  *#file(media: ExchangeMedia, file: ExchangeFile, at: number, content: Ref): Generator<Node> {
    const id = derivedId(media.id, file.exhibitId, file.path, String(at));
    const own = ref('file', id);
    const exhibit = this.#ofExhibit.get(file.exhibitId) ?? { name: file.exhibit, caseId: file.caseId, files: [] };
    exhibit.files.push(own);
    this.#ofExhibit.set(file.exhibitId, exhibit);
    this.#markings.add(file.handling);
    yield {
      ...own,
      '@type': 'uco-observable:File',
      'uco-core:objectMarking': [ref('marking', derivedId('handling', file.handling))],
      'uco-core:hasFacet': [
        {
          ...ref('file-facet', derivedId(id, 'facet')),
          '@type': 'uco-observable:FileFacet',
          ...(file.path === ''
            ? {}
            : {
                'uco-observable:fileName': file.path.slice(file.path.lastIndexOf('/') + 1),
                'uco-observable:filePath': file.path,
              }),
          'uco-observable:sizeInBytes': media.sizeBytes,
          ...timesOf(file.times),
        },
      ],
      ...inWords(file.times),
    };
    yield relationship(derivedId(id, 'content'), content, own, {
      kind: 'Contained_Within',
      words: 'The bytes of this file',
      isDirectional: true,
    });
  }

  #vote({ at, code, id, login, seen }: ExchangeMedia['votes'][number], media: ExchangeMedia, content: Ref): Node {
    const person = derivedId('person', media.agency.id, login);
    this.#persons.set(person, login);
    const looked = seen === 'looked';
    return {
      ...ref('vote', id),
      '@type': looked
        ? ['case-investigation:InvestigativeAction', 'cac-detection:ManualClassificationAction']
        : 'case-investigation:InvestigativeAction',
      'uco-core:name': looked
        ? 'Verdict by somebody who looked'
        : `Verdict ${seen === 'by-stack' ? 'by stack' : 'without looking'}`,
      'uco-core:description': code,
      // The shapes of CAC ask for these two, those of UCO for the one below.
      ...(looked && { 'rdfs:label': 'Verdict', 'uco-core:startTime': typed('dateTime', at) }),
      'uco-action:startTime': typed('dateTime', at),
      'uco-action:performer': ref('person', person),
      'uco-action:object': [content],
    };
  }

  /** Persons, lists, handling codes; exhibits and cases with what they hold; the bundle of it all. */
  end(): string {
    return `${this.#written(this.#end())}\n]}\n`;
  }

  *#end(): Generator<Node> {
    for (const [id, login] of this.#persons)
      yield { ...ref('person', id), '@type': 'uco-identity:Person', 'uco-core:name': login };
    for (const { id, name, owner, polarity, version } of this.#lists.values())
      yield {
        ...ref('list', id),
        '@type': 'uco-observable:ObservableObject',
        'uco-core:name': `${name} ${version}`,
        'uco-core:description': `A list of hashes, ${polarity}${owner === null ? '' : `, of ${owner}`}`,
      };
    for (const code of this.#markings)
      yield {
        ...ref('marking', derivedId('handling', code)),
        '@type': 'uco-marking:MarkingDefinition',
        'uco-marking:definitionType': 'statement',
        'uco-marking:definition': [
          {
            ...ref('statement', derivedId('handling statement', code)),
            '@type': 'uco-marking:StatementMarking',
            'uco-marking:definitionType': 'statement',
            'uco-marking:statement': code,
          },
        ],
      };
    for (const [id, { files, name }] of this.#ofExhibit)
      yield {
        ...ref('provenance', id),
        '@type': 'case-investigation:ProvenanceRecord',
        'case-investigation:exhibitNumber': name,
        'uco-core:object': files,
      };
    for (const { agency, handling, id, reference, title } of this.graph.cases)
      yield {
        ...ref('investigation', id),
        '@type': 'case-investigation:Investigation',
        'uco-core:name': reference,
        ...(title !== '' && { 'uco-core:description': title }),
        'uco-core:createdBy': ref('organization', agency.id),
        'case-investigation:focus': `Handling: ${handling}`,
        'uco-core:object': [...this.#ofExhibit]
          .filter(([, { caseId }]) => caseId === id)
          .map(([one]) => ref('provenance', one)),
      };
    yield {
      ...ref('bundle', derivedId('bundle', ...this.graph.cases.map(({ id }) => id))),
      '@type': 'uco-core:Bundle',
      'uco-core:object': [TOOL, ...this.graph.cases.map(({ id }) => ref('investigation', id))],
    };
  }
}

const hash = (owner: string, method: string, value: string): Node => ({
  ...ref('hash', derivedId(owner, method)),
  '@type': 'uco-types:Hash',
  'uco-types:hashMethod': method,
  'uco-types:hashValue': typed('hexBinary', value),
});

const TYPES: Readonly<Record<string, string>> = {
  image: 'uco-observable:Image',
  audio: 'uco-observable:Audio',
};

const contentNode = (media: ExchangeMedia): Node => {
  const { closed, height, id, kind, md5, metadata, mime, pdq, sha1, sha256, sizeBytes, verdicts, width } = media;
  const words = [
    ...verdicts.map(({ code, scheme, state }) => `Verdict: ${scheme}:${code ?? '-'} ${state}`),
    ...(pdq === null ? [] : [`PDQ: ${pdq}`]),
    ...metadata.map(([name, value]) => `${name}: ${value}`),
    ...(closed ? ['Not viewed by the provider; no legal basis'] : []),
  ];
  return {
    ...ref('content', id),
    '@type': TYPES[kind] ?? 'uco-observable:ObservableObject',
    'uco-core:createdBy': ref('organization', media.agency.id),
    ...(words.length > 0 && { 'uco-core:description': words }),
    'uco-core:hasFacet': [
      {
        ...ref('content-facet', derivedId(id, 'content')),
        '@type': 'uco-observable:ContentDataFacet',
        'uco-observable:sizeInBytes': sizeBytes,
        'uco-observable:mimeType': mime,
        'uco-observable:hash': [hash(id, 'SHA256', sha256), hash(id, 'SHA1', sha1), hash(id, 'MD5', md5)],
      },
      ...(kind === 'image' && width !== null && height !== null
        ? [
            {
              ...ref('picture-facet', derivedId(id, 'picture')),
              '@type': 'uco-observable:RasterPictureFacet',
              'uco-observable:pictureWidth': width,
              'uco-observable:pictureHeight': height,
            },
          ]
        : []),
    ],
  };
};

const TIMES: Readonly<Record<string, string>> = {
  modified: 'uco-observable:modifiedTime',
  accessed: 'uco-observable:accessedTime',
  created: 'uco-observable:observableCreatedTime',
};

/** One of each kind, which is what the ontology has room for. */
const timesOf = (times: readonly SourceTime[]): Node =>
  Object.fromEntries(
    Object.entries(TIMES).flatMap(([kind, property]) => {
      const text = times.map((time) => (time.kind === kind ? dateTimeOf(time.text) : null)).find((one) => one !== null);
      return text === undefined ? [] : [[property, typed('dateTime', text ?? '')]];
    }),
  );

const inWords = (times: readonly SourceTime[]): Node =>
  times.length === 0
    ? {}
    : { 'uco-core:description': times.map(({ basis, kind, text }) => `${kind} ${text} (${basis}, as written)`) };

const relationship = (
  id: string,
  from: Ref,
  to: Ref,
  { isDirectional, kind, words }: { readonly kind: string; readonly words: string; readonly isDirectional: boolean },
): Node => ({
  ...ref('relationship', /^[0-9a-f-]{36}$/.test(id) ? id : derivedId('relationship', id)),
  '@type': 'uco-core:Relationship',
  'uco-core:source': [from],
  'uco-core:target': to,
  'uco-core:kindOfRelationship': kind,
  'uco-core:isDirectional': isDirectional,
  'uco-core:description': words,
});

const assertionNode = (one: ExchangeGraph['assertions'][number], from: Ref): Node =>
  relationship(one.id, from, ref('entity', one.to.id), {
    kind: one.type,
    words: `${one.confidence}: ${one.reason} (${one.by === '' ? one.agency : `${one.by}, ${one.agency}`})`,
    isDirectional: true,
  });

const ENTITIES: Readonly<Record<string, string>> = {
  person: 'uco-identity:Person',
  place: 'uco-location:Location',
  series: 'uco-core:Compilation',
  event: 'uco-core:Event',
};

const entityNode = ({ agency, id, kind, name, note, role, state }: ExchangeGraph['entities'][number]): Node => ({
  ...ref('entity', id),
  '@type': ENTITIES[kind] ?? 'uco-observable:ObservableObject',
  'uco-core:name': name === '' ? `${kind} without a name` : name,
  'uco-core:description': [kind, ...[role, state, note].filter((one) => one !== null && one !== '')].join('; '),
  'uco-core:createdBy': ref('organization', agency.id),
});
