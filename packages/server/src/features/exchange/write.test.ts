// What is written for other programs: read again by our own readers, held to what the models of others have, the same bytes each time.
import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { schemesOf } from '@redthread/core/schemes';
import { dateTimeOf } from '../../formats/exchange/case-uco.js';
import { FTM_SCHEMATA } from '../../formats/exchange/ftm.js';
import type { ExchangeFile, ExchangeMedia } from '../../formats/exchange/media.js';
import { readList, type ListEntry, type ListHeader } from '../../formats/lists/index.js';
import { AGENCY, CASES, MEDIA, verdict, written } from '../../../test-support/drawn-export.js';
import { categoryIn } from './list-entry.js';

const readAgain = async (text: string): Promise<{ header: ListHeader; entries: ListEntry[] }> => {
  const bytes = Buffer.from(text);
  async function* open(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  const { header, entries, notes } = await readList({ head: bytes.subarray(0, 65_536), open, path: null });
  const found: ListEntry[] = [];
  for await (const batch of entries) found.push(...batch);
  expect(notes.all()).toEqual([]);
  return { header, entries: found };
};

const categoryOf = (one: ExchangeMedia, scheme = 'vic-us@2.0') =>
  categoryIn(schemesOf(), scheme, one.verdicts).category;
const textOf = (kind: string, { times }: ExchangeFile) => times.find((one) => one.kind === kind)?.text ?? null;

describe('VICS 2.0', () => {
  it('as a case export gives each case, its media and its files again, with nothing noted', async () => {
    const { header, entries } = await readAgain(await written('vics'));
    expect(header).toMatchObject({ format: 'vics', formatVersion: '2.0', kind: 'cases', region: 'US' });
    const expected = CASES.flatMap(({ id }) =>
      MEDIA.filter(({ files }) => files.some((one) => one.caseId === id)).map((one) => ({ one, id })),
    );
    expect(entries).toHaveLength(expected.length);
    expected.forEach(({ one, id }, at) => {
      const entry = entries[at]!;
      expect(entry).toMatchObject({
        key: one.id,
        md5: one.md5,
        sha1: one.sha1,
        sha256: one.sha256,
        size: one.sizeBytes,
        others: one.pdq === null ? [] : [{ method: 'PDQ', value: one.pdq }],
        categories: [categoryOf(one)].filter((category) => category !== null),
        occurrences: one.files
          .filter((path) => path.caseId === id)
          .map((path) => ({
            path: path.path,
            created: textOf('created', path),
            written: textOf('modified', path),
            accessed: textOf('accessed', path),
          })),
      });
      expect(entry.flags['victimIdentified'] ?? null).toBe(
        one.series.some(({ state }) => state === 'identified') || null,
      );
      expect(entry.properties['series'] ?? '').toBe(one.series.map(({ name }) => name).join('; '));
      const metadata = (entry.properties['MediaMetadata'] as { PropertyName: string }[]).map(
        ({ PropertyName }) => PropertyName,
      );
      expect(metadata.filter((name) => name === 'redthread:list')).toHaveLength(one.lists.length);
      expect(metadata.filter((name) => name === 'redthread:verdict')).toHaveLength(one.verdicts.length);
    });
  });

  it('as a media set gives every media again, and the exhibit of each file', async () => {
    const text = await written('vics', { shape: 'media-set', scheme: 'vic-default@2.0' });
    const { header, entries } = await readAgain(text);
    expect(header).toMatchObject({ kind: 'media', region: 'Default' });
    expect(entries.map(({ sha256 }) => sha256)).toEqual(MEDIA.map(({ sha256 }) => sha256));
    const value = (JSON.parse(text) as { value: { MediaFiles: { SourceID: string; MD5: string }[] }[] }).value;
    expect(value[0]?.MediaFiles.map(({ SourceID }) => SourceID)).toEqual(MEDIA[0]!.files.map(({ exhibit }) => exhibit));
  });
});

describe('the category', () => {
  const of = (...given: readonly (readonly [scheme: string, code: string, state?: 'decided' | 'waiting'])[]) =>
    categoryIn(
      schemesOf(),
      'vic-us@2.0',
      given.map(([scheme, code, state = 'decided']) => ({ ...verdict(), scheme, code, state })),
    );
  it('is what was decided in the scheme, else what one map leads to, else nothing with the reason', () => {
    expect(of(['vic-us@2.0', '2'])).toEqual({ category: { scheme: 'vic-us@2.0', code: '2' } });
    expect(of(['vic-us@2.0', '2'], ['vic-default@2.0', '1'])).toEqual({
      category: { scheme: 'vic-us@2.0', code: '2' },
    });
    expect(of(['vic-default@2.0', '1'])).toEqual({ category: { scheme: 'vic-us@2.0', code: '1' } });
    expect(of(['vic-default@2.0', '2'])).toEqual({ category: null, why: 'CATEGORY_NOT_MAPPED' });
    expect(of(['vic-default@2.0', '1'], ['vic-uk@2.0', 'unclassified'])).toEqual({
      category: null,
      why: 'CATEGORY_NOT_MAPPED',
    });
    expect(of(['vic-uk@2.0', 'C'])).toEqual({ category: null, why: 'CATEGORY_NOT_MAPPED' });
    expect(of(['vic-us@2.0', '1', 'waiting'])).toEqual({ category: null, why: 'CATEGORY_UNDECIDED' });
    expect(of()).toEqual({ category: null, why: null });
  });
});

describe('tables', () => {
  it('of ICSE give the same again', async () => {
    const { header, entries } = await readAgain(await written('icse', { scheme: 'interpol-baseline@1' }));
    expect(header).toMatchObject({ format: 'icse-csv', delimiter: ';' });
    expect(header.columns).toHaveLength(16);
    expect(entries.map(({ key, md5, sha1 }) => ({ key, md5, sha1 }))).toEqual(
      MEDIA.map(({ id: key, md5, sha1 }) => ({ key, md5, sha1 })),
    );
    MEDIA.forEach((one, at) => {
      const category = categoryOf(one, 'interpol-baseline@1');
      expect(entries[at]).toMatchObject({
        categories: category === null ? [] : [category],
        properties: {
          agency: AGENCY.name,
          media: one.kind,
          ...(one.series[0] !== undefined && { series: one.series[0].name }),
        },
      });
    });
  });

  it('with everything are read again by their digests', async () => {
    const { entries } = await readAgain(await written('csv'));
    expect(entries.map(({ sha256, properties }) => ({ sha256, size: Number(properties['size']) }))).toEqual(
      MEDIA.map(({ sha256, sizeBytes: size }) => ({ sha256, size })),
    );
  });
});

describe('graphs', () => {
  it('in FollowTheMoney use the schemata and properties that the model has, and every end is there', async () => {
    const lines = (await written('ftm'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; schema: string; properties: Record<string, string[]> });
    const ids = new Set(lines.map(({ id }) => id));
    expect(ids.size).toBe(lines.length);
    for (const { schema, properties } of lines) {
      expect(Object.keys(FTM_SCHEMATA)).toContain(schema);
      for (const [name, values] of Object.entries(properties)) {
        expect(FTM_SCHEMATA[schema]).toContain(name);
        expect(values.every((value) => typeof value === 'string' && value !== '')).toBe(true);
      }
      for (const name of ['subject', 'object'])
        for (const value of properties[name] ?? []) expect(ids).toContain(value);
    }
    expect(
      lines
        .filter(({ schema }) => schema === 'UnknownLink')
        .some(({ properties }) => properties['summary']?.[0]?.startsWith('12.5 bits; same content 3')),
    ).toBe(true);
  });

  it('in GraphML are well-formed, with grades and bits on the edges', async () => {
    const text = await written('graphml');
    const nodes = new Set([...text.matchAll(/<node id="([^"]+)">/g)].map(([, id]) => id));
    const edges = [...text.matchAll(/<edge id="([^"]+)" source="([^"]+)" target="([^"]+)">/g)];
    expect(new Set(edges.map(([, id]) => id)).size).toBe(edges.length);
    for (const [, , from, to] of edges) expect([nodes.has(from), nodes.has(to)]).toEqual([true, true]);
    expect(text).toContain('<data key="edge_strength_bits">12.5</data>');
    expect(text).toContain('Attic &#60;&#38; &#34;toys&#34;&#62;');
    expect(text).not.toMatch(/[\u0000-\u0008]/);
  });
});

/** Of CASE 1.4, UCO 1.4 and CAC 3.0: what is written, as their published shapes have it (docs/exchange.md says how that was held against them). */
const CLASSES = new Set(
  `case-investigation:InvestigativeAction case-investigation:Investigation case-investigation:ProvenanceRecord cac-detection:DatabaseMatchAction
  cac-detection:ManualClassificationAction uco-core:Bundle uco-core:Compilation uco-core:Event uco-core:Relationship uco-identity:Organization
  uco-identity:Person uco-location:Location uco-marking:MarkingDefinition uco-marking:StatementMarking uco-observable:ContentDataFacet
  uco-observable:File uco-observable:FileFacet uco-observable:Image uco-observable:Audio uco-observable:ObservableObject uco-observable:RasterPictureFacet
  uco-tool:Tool uco-types:Hash`.split(/\s+/),
);
const PROPERTIES: Readonly<Record<string, 'text' | 'integer' | 'boolean' | 'dateTime' | 'hexBinary' | 'node'>> = {
  'case-investigation:exhibitNumber': 'text',
  'case-investigation:focus': 'text',
  'cac-detection:matchType': 'text',
  'cac-detection:matchedDatabase': 'node',
  'rdfs:label': 'text',
  'uco-action:instrument': 'node',
  'uco-action:object': 'node',
  'uco-action:performer': 'node',
  'uco-action:startTime': 'dateTime',
  'uco-core:createdBy': 'node',
  'uco-core:description': 'text',
  'uco-core:hasFacet': 'node',
  'uco-core:isDirectional': 'boolean',
  'uco-core:kindOfRelationship': 'text',
  'uco-core:name': 'text',
  'uco-core:object': 'node',
  'uco-core:objectMarking': 'node',
  'uco-core:source': 'node',
  'uco-core:startTime': 'dateTime',
  'uco-core:target': 'node',
  'uco-marking:definition': 'node',
  'uco-marking:definitionType': 'text',
  'uco-marking:statement': 'text',
  'uco-observable:accessedTime': 'dateTime',
  'uco-observable:fileName': 'text',
  'uco-observable:filePath': 'text',
  'uco-observable:hash': 'node',
  'uco-observable:mimeType': 'text',
  'uco-observable:modifiedTime': 'dateTime',
  'uco-observable:observableCreatedTime': 'dateTime',
  'uco-observable:pictureHeight': 'integer',
  'uco-observable:pictureWidth': 'integer',
  'uco-observable:sizeInBytes': 'integer',
  'uco-tool:version': 'text',
  'uco-types:hashMethod': 'text',
  'uco-types:hashValue': 'hexBinary',
};

describe('CASE', () => {
  type Json = Readonly<Record<string, unknown>>;
  const kindOf = (value: unknown): string => {
    if (typeof value === 'string') return 'text';
    if (typeof value === 'boolean') return 'boolean';
    if (Number.isInteger(value)) return 'integer';
    const { '@id': id, '@type': type } = value as { '@id'?: string; '@type'?: string };
    return id !== undefined ? 'node' : String(type).replace('xsd:', '');
  };

  it('has classes and properties that the ontologies have, each value of its kind, and every reference leads somewhere', async () => {
    const { '@graph': graph } = JSON.parse(await written('case')) as { '@graph': Json[] };
    const [said, meant] = [new Set<string>(), new Set<string>()];
    const walk = (node: Json): void => {
      const id = String(node['@id']);
      expect(id).toMatch(/^kb:[a-z-]+-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      if (Object.keys(node).length === 1) return void meant.add(id);
      expect(said.has(id), id).toBe(false);
      said.add(id);
      for (const [name, value] of Object.entries(node)) {
        if (name === '@id') continue;
        if (name === '@type') {
          for (const type of [value].flat()) expect(CLASSES).toContain(type);
          continue;
        }
        for (const one of [value].flat()) {
          expect([name, kindOf(one)]).toEqual([name, PROPERTIES[name]]);
          if (kindOf(one) === 'node') walk(one as Json);
        }
      }
    };
    graph.forEach(walk);
    expect([...meant].filter((id) => !said.has(id))).toEqual([]);
    const looked = graph.filter((node) => [node['@type']].flat().includes('cac-detection:ManualClassificationAction'));
    expect(looked).toHaveLength(MEDIA.flatMap(({ votes }) => votes).filter(({ seen }) => seen === 'looked').length);
  });
});

describe('every format', () => {
  it.each(['vics', 'icse', 'csv', 'case', 'ftm', 'graphml'] as const)(
    '%s: the same export gives the same bytes',
    async (format) => {
      const scheme = format === 'icse' ? 'interpol-baseline@1' : 'vic-us@2.0';
      expect(await written(format, { scheme })).toBe(await written(format, { scheme }));
    },
  );
});

describe('a time in CASE', () => {
  it('has the characters that were written, or is no time there', () => {
    expect(dateTimeOf('2023-06-07 02:31:49Z')).toBe('2023-06-07T02:31:49Z');
    expect(dateTimeOf('2023-06-07 02:31:49.123456789')).toBe('2023-06-07T02:31:49.123456789');
    for (const text of [
      '1980-00-00 00:00:00',
      '2019-02-30 10:00:00',
      '0000-01-01 00:00:00Z',
      '2020-01-01 25:00:00',
      'yesterday',
    ])
      expect(dateTimeOf(text), text).toBeNull();
  });
});
