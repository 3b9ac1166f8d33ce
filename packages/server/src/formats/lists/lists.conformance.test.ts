// Every list among the samples that were made independently of us, held against what their makers say of it.
import { describe, expect, it } from 'vitest';
import { isRedthreadError } from '@redthread/core/errors';
import { expected, FOLDER, readAll, sourceOf, truth, type Json } from '../../../test-support/sample-lists.js';
import { readProducts, type ListEntry } from './index.js';

const LISTS = /^(?:vics|nist|icse|nsrl|ncmec|threatexchange|hashlists|iped)\//;
const names = Object.keys(truth['files'] as Json).filter((name) => LISTS.test(name));
type Read = Awaited<ReturnType<typeof readAll>>;

const distinct = (values: readonly (string | null)[]): number => new Set(values.filter((value) => value !== null)).size;
const noteOf = (read: Read, code: string) => read.notes.find((note) => note.code === code);

/** The names of the truth, for what our entry says. */
const RECORD: Readonly<Record<string, (entry: ListEntry) => unknown>> = {
  media_id: (entry) => Number(entry.key),
  image_id: (entry) => entry.key,
  md5: (entry) => entry.md5,
  sha1: (entry) => entry.sha1,
  sha256: (entry) => entry.sha256,
  photodna_hex: (entry) => entry.photoDna,
  size: (entry) => entry.size,
  category: (entry) => (entry.categories[0] === undefined ? null : Number(entry.categories[0].code)),
  series: (entry) => entry.properties['series'] ?? null,
  investigation: (entry) => entry.properties['investigation'],
  agency: (entry) => entry.properties['agency'],
  submissions: (entry) => entry.properties['submissions'],
  media: (entry) => entry.properties['media'],
  exif: (entry) => entry.properties['exif'],
  collab: (entry) => entry.properties['collab'],
  opinion: (entry) => entry.properties['opinion'],
  product: (entry) => entry.properties['product'],
  toyNote: (entry) => entry.properties['toyNote'],
  date_updated_raw: (entry) => entry.properties['dateUpdated'],
  tags: (entry) => {
    const tags = entry.properties['tags'] ?? null;
    return typeof tags === 'string' && tags.includes(';') ? tags.split(';') : tags;
  },
  victim_identified: (entry) => entry.flags['victimIdentified'] ?? null,
  offender_identified: (entry) => entry.flags['offenderIdentified'] ?? null,
  is_distributed: (entry) => entry.flags['distributed'] ?? null,
  file_available: (entry) => entry.flags['fileAvailable'],
  baseline: (entry) => entry.flags['baseline'],
  unallocated: (entry) => entry.occurrences[0]?.unallocated,
  name: (entry) => entry.properties['name'] ?? entry.occurrences[0]?.name,
  path: (entry) => entry.occurrences[0]?.path,
  other_hashes: (entry) => [
    ...entry.others.map(({ method, value }) => ({ name: method, value })),
    ...(entry.sha256 === null ? [] : [{ name: 'SHA256', value: entry.sha256 }]),
  ],
  value: (entry) => entry.others[0]?.value ?? entry.md5,
  type: (entry) => entry.others[0]?.method ?? 'video_md5',
};
/** Said of other things than the entry: the files of a case export, remarks for people. */
const ELSEWHERE = new Set(['file', 'date_updated', 'note']);

const compareOccurrence = (entry: ListEntry, index: number, wanted: Json): void => {
  const found = entry.occurrences[index]!;
  for (const [name, value] of Object.entries(wanted)) {
    if (ELSEWHERE.has(name)) continue;
    const raw = (found as unknown as Json)[name.replace(/_raw$/, '')] as unknown;
    // The truth says instants with as many digits as they need; what we keep is the text that is there.
    const plain = typeof raw === 'string' ? raw.replace(/(\.\d*?)0+Z$/, '$1Z').replace(/\.Z$/, 'Z') : raw;
    if (name.endsWith('_raw')) expect(raw).toBe(value);
    else expect([raw, plain]).toContain(value);
  }
};

const compareRecord = (entry: ListEntry, wanted: Json): void => {
  for (const [name, value] of Object.entries(wanted)) {
    if (ELSEWHERE.has(name)) continue;
    if (name === 'occurrence') compareOccurrence(entry, 0, value as Json);
    else if (name === 'occurrences') {
      expect(entry.occurrences).toHaveLength((value as Json[]).length);
      (value as Json[]).forEach((one, index) => compareOccurrence(entry, index, one));
    } else {
      expect(RECORD[name], `no rule for ${name}`).toBeDefined();
      expect(RECORD[name]!(entry), `${entry.place} ${name}`).toEqual(value);
    }
  }
};

/** What the truth says of a whole file, by its names. */
const FILE: Readonly<Record<string, (read: Read, value: never, all: Json, name: string) => void>> = {
  records: (read, wanted: Json[] | number) => {
    if (typeof wanted === 'number') return expect(read.entries).toHaveLength(wanted);
    expect(read.entries).toHaveLength(wanted.length);
    wanted.forEach((record, index) => compareRecord(read.entries[index]!, record));
  },
  entries: (read, wanted: number) =>
    expect(
      read.entries.length +
        (noteOf(read, 'HASH_OF_EMPTY_FILE')?.count ?? 0) +
        (noteOf(read, 'HASH_INVALID')?.count ?? 0),
    ).toBe(wanted),
  rows: (read, wanted: number) => expect(read.entries).toHaveLength(wanted),
  file_rows: (read, wanted: number) => expect(read.entries).toHaveLength(wanted),
  file_view_rows: (read, wanted: number) => expect(read.entries).toHaveLength(wanted),
  updates: (read, wanted: number, all) => {
    if (all['base'] === undefined) expect(read.entries).toHaveLength(wanted);
  },
  version: (read, wanted: string) => expect([read.header.formatVersion, read.header.edition]).toContain(wanted),
  kind: (read, wanted: string) => expect(read.header.kind).toBe(wanted),
  region: (read, wanted: string | null) => expect(read.header.region).toBe(wanted),
  scheme: (read, wanted: string) => {
    const schemes: Json = {
      unstated: null,
      'VICS 2.0 US': 'vic-us@2.0',
      'VICS 2.0 Default': 'vic-default@2.0',
      'VICS 2.0 UK': 'vics-number-uk@2.0',
    };
    expect(read.header.scheme).toBe(schemes[wanted]);
  },
  category_scheme: (read) => expect(read.entries[0]!.categories[0]!.scheme).toBeNull(),
  category_in_file: (read, wanted) => expect(read.entries[0]!.properties['categoryInFile']).toBe(wanted),
  category_meaning: (read) => expect(read.entries.every(({ categories }) => categories.length === 0)).toBe(true),
  category_null_is: () => undefined,
  category_0_is: (read) => {
    const zero = read.entries.flatMap(({ categories }) => categories).filter(({ code }) => code === '0');
    const wanted = read.header.region === 'UK' ? 0 : 1;
    expect(zero.length).toBeGreaterThanOrEqual(wanted);
  },
  empty_string_flag_is: (read) => expect(read.entries[2]!.flags['victimIdentified']).toBeNull(),
  distinct_md5: (read, wanted: number) => expect(distinct(read.entries.map(({ md5 }) => md5))).toBe(wanted),
  distinct_usable_md5: (read, wanted: number) => expect(distinct(read.entries.map(({ md5 }) => md5))).toBe(wanted),
  distinct_sha256: (read, wanted: number) => expect(distinct(read.entries.map(({ sha256 }) => sha256))).toBe(wanted),
  photodna: (read, wanted: number) =>
    expect(read.entries.filter(({ photoDna }) => photoDna !== null)).toHaveLength(wanted),
  packages: (read, wanted: number) => expect(read.header.properties['packages']).toBe(wanted),
  metadata_rows: () => undefined,
  polarity: (read, wanted: string) => {
    if (wanted.startsWith('known good')) expect(read.header.polarity).toBe('known-good');
    else if (wanted === 'alert') expect(read.header.polarity).toBe('known-bad');
    else expect(read.header.polarity).toBeNull();
  },
  status: (read, wanted: string) => expect(read.header.polarity).toBe(wanted === 'known' ? 'known-good' : 'known-bad'),
  set: (read, wanted: string) =>
    expect(read.entries.every(({ properties }) => properties['set'] === wanted)).toBe(true),
  bom: (read) => expect(read.header.encoding).toContain('mark'),
  never_match: (read, wanted: string[]) => {
    expect(read.entries.some(({ md5 }) => wanted.includes(md5 ?? ''))).toBe(false);
    expect(noteOf(read, 'HASH_OF_EMPTY_FILE')?.count).toBe(wanted.length);
  },
  rejected: (read, wanted: string[]) => {
    const note = noteOf(read, 'HASH_INVALID')!;
    expect(note.count).toBe(wanted.length);
    wanted.forEach((value, index) => expect(note.places[index]).toContain(value));
  },
  conflict: (read, wanted: Json) => {
    const same = read.entries.filter(({ md5 }) => md5 === wanted['md5']);
    expect(same.map(({ categories }) => Number(categories[0]!.code))).toEqual(wanted['category_votes']);
    expect(same.flatMap(({ occurrences }) => occurrences.map(({ path }) => path))).toEqual(wanted['occurrences']);
  },
  no_verdict: (read, wanted: string[]) =>
    expect(
      read.entries.filter(({ md5 }) => wanted.includes(md5 ?? '')).every(({ categories }) => categories.length === 0),
    ).toBe(true),
  date_of_5: (read, wanted: string) => {
    const raw = read.entries.find(({ key }) => key === '5')!.properties['dateUpdated'] as string;
    expect(new Date(Number(/\d+/.exec(raw)![0])).toISOString()).toBe(wanted.replace('Z', '.000Z'));
  },
  victim_identified_of_5: (read, wanted) =>
    expect(read.entries.find(({ key }) => key === '5')!.flags['victimIdentified']).toBe(wanted),
  unknown_keys: (read, wanted: string[]) => {
    const note = noteOf(read, 'KEY_UNKNOWN')!;
    wanted.forEach((key) => expect(note.places.join()).toContain(key));
  },
  cases: (read, wanted: number) => expect((read.header.properties['cases'] as unknown[]).length).toBe(wanted),
  header_TotalMediaFiles: (read, wanted) => {
    const [one] = read.header.properties['cases'] as Json[];
    expect(one!['TotalMediaFiles']).toBe(wanted);
    if (one!['entries'] !== wanted) expect(noteOf(read, 'COUNT_DIFFERS')?.places[0]).toContain(`${wanted} stated`);
  },
  header_TotalPrecategorized: (read, wanted) =>
    expect((read.header.properties['cases'] as Json[])[0]!['TotalPrecategorized']).toBe(wanted),
  entries_with_IsPrecategorized_true: (read, wanted: number) =>
    expect(read.entries.filter(({ flags }) => flags['precategorized'] === true)).toHaveLength(wanted),
  entries_with_a_category: (read, wanted: number) =>
    expect(read.entries.filter(({ categories }) => categories.length > 0)).toHaveLength(wanted),
  columns: (read, wanted: number) => expect(read.header.columns).toHaveLength(wanted),
  rows_have_one_empty_cell_more_than_the_header: (read) => expect(noteOf(read, 'COLUMNS_MORE')).toBeUndefined(),
  not_interpreted: (read, wanted: string[]) => {
    expect(read.header.properties['notInterpreted']).toEqual(wanted);
    expect(read.entries[0]!.others.map(({ method }) => method)).toEqual(wanted.map((name) => name.toLowerCase()));
  },
  first: (read, wanted: Json) => {
    const { packages, ...record } = wanted;
    compareRecord(read.entries[0]!, record);
    if (packages === undefined) return;
    const same = read.entries.filter(({ md5 }) => md5 === record['md5']);
    expect(same.map(({ properties }) => properties['package']).sort()).toEqual(packages);
  },
  sample: (read, wanted: Json) =>
    FILE['first']!(
      { ...read, entries: read.entries.filter(({ md5 }) => md5 === wanted['md5']) },
      wanted as never,
      {},
      '',
    ),
  md5: (read, wanted: number) => expect(read.entries.filter(({ md5 }) => md5 !== null)).toHaveLength(wanted),
  sha1: (read, wanted: number) => expect(read.entries.filter(({ sha1 }) => sha1 !== null)).toHaveLength(wanted),
  sha256: (read, wanted: number) => expect(read.entries.filter(({ sha256 }) => sha256 !== null)).toHaveLength(wanted),
  pdq: (read, wanted: number) => expect(methodCount(read, 'pdq')).toBe(wanted),
  url: (read, wanted: number) => expect(methodCount(read, 'url')).toBe(wanted),
  video_md5: (read, wanted: number) => expect(read.entries.filter(({ md5 }) => md5 !== null)).toHaveLength(wanted),
  values: (read, wanted: string[] | Json) => {
    if (Array.isArray(wanted))
      return expect(read.entries.map((entry) => entry.md5 ?? entry.sha1 ?? entry.sha256)).toEqual(wanted);
    expect(
      read.entries
        .flatMap(({ others }) => others)
        .filter(({ method }) => method === 'pdq')
        .map(({ value }) => value),
    ).toEqual(wanted['pdq']);
    return expect(read.entries.map(({ md5 }) => md5).filter((md5) => md5 !== null)).toEqual(wanted['video_md5']);
  },
  skipped_lines_with_reason: (read, wanted: number) => expect(noteOf(read, 'LINE_SKIPPED')?.count).toBe(wanted),
  comments: (read, wanted: number) => expect(read.header.properties['comments']).toBe(wanted),
  last_line_without_newline: () => undefined,
  delimiter: (read, wanted: string) => expect(read.header.delimiter).toBe(wanted === 'tab' ? '\t' : wanted),
  next: (read, wanted) => expect(read.header.properties['next'] ?? null).toEqual(wanted),
  deletes: (read, wanted: string[]) =>
    expect(read.entries.filter(({ isWithdrawn }) => isWithdrawn).map(({ key }) => key)).toEqual(wanted),
  fingerprints: (read, wanted: Json) => compareRecord(read.entries[0]!, wanted),
  fetch_separately: (read, wanted: string[]) =>
    expect(read.entries[0]!.properties['fetchedSeparately']).toEqual(wanted),
  live: (read, wanted: string[]) =>
    expect(read.entries.filter(({ isWithdrawn }) => !isWithdrawn).map(signalValue)).toEqual(wanted),
  withdrawn: (read, wanted: string[]) =>
    expect(read.entries.filter(({ isWithdrawn }) => isWithdrawn).map(signalValue)).toEqual(wanted),
  has_more: (read, wanted: boolean) => expect(read.header.properties['hasMoreRecords']).toBe(wanted),
  checkpoint_only_after_last_page: (read) => expect(read.header.properties['checkpoint']).toBeUndefined(),
  checkpoint: (read, wanted: number) => expect(read.header.properties['checkpoint']).toBe(wanted),
  inserts_file: (read, wanted: number) =>
    expect(read.entries.filter(({ isWithdrawn }) => !isWithdrawn)).toHaveLength(wanted),
  deletes_file_statements: (read, wanted: number) =>
    expect(read.entries.filter(({ isWithdrawn }) => isWithdrawn)).toHaveLength(wanted),
  inserted_md5: (read, wanted: string[]) =>
    expect(read.entries.filter(({ isWithdrawn }) => !isWithdrawn).map(({ md5 }) => md5)).toEqual(wanted),
  deleted_sha256: (read, wanted: string) =>
    expect(read.entries.find(({ isWithdrawn }) => isWithdrawn)!.sha256).toBe(wanted),
};
/** Told by a test of their own below, or of the files of a case export, which no list has. */
const APART = new Set([
  'after_all_pages_in_order',
  'after_both_pages',
  'base',
  'after',
  'files_present',
  'files_missing',
  'note',
  'products',
  'member',
  'refuse_as',
]);

const methodCount = (read: Read, method: string): number =>
  read.entries.flatMap(({ others }) => others).filter((other) => other.method === method).length;
const signalValue = (entry: ListEntry): string | undefined => entry.others[0]?.value ?? entry.md5 ?? undefined;

/** What is left when pages are applied one after the other, by key. */
const applied = async (pages: readonly string[]) => {
  const live = new Map<string, ListEntry>();
  const gone = new Set<string>();
  for (const page of pages)
    for (const entry of (await readAll(page)).entries)
      if (entry.isWithdrawn) {
        live.delete(entry.key!);
        gone.add(entry.key!);
      } else {
        live.set(entry.key!, entry);
        gone.delete(entry.key!);
      }
  return { live, gone };
};

describe.skipIf(FOLDER === undefined)('lists of the field (skipped without ../shared/data/formats)', () => {
  const lists = names.filter((name) => {
    const { refuse_as, member, products } = expected(name);
    return refuse_as === undefined && member === undefined && products === undefined;
  });

  it.each(lists)('%s is read as its truth says', async (name) => {
    const products = name.startsWith('nsrl/v2')
      ? await readProducts(sourceOf('nsrl/v2/NSRLProd.txt', 64).open())
      : undefined;
    const read = await readAll(name, 65_536, products);
    const wanted = expected(name);
    for (const [key, value] of Object.entries(wanted)) {
      if (APART.has(key)) continue;
      expect(FILE[key], `no rule for ${key}`).toBeDefined();
      FILE[key]!(read, value as never, wanted, name);
    }
  });

  it.each(lists)('%s gives the same in chunks of 7 bytes', async (name) => {
    expect(await readAll(name, 7)).toEqual(await readAll(name));
  });

  it('refuses what is no list, with code and place', async () => {
    const others = names.filter((name) => !lists.includes(name) && expected(name)['products'] === undefined);
    expect(others.length).toBeGreaterThan(1);
    for (const name of others)
      await expect(readAll(name), name).rejects.toSatisfy(
        (error) => isRedthreadError(error) && error.code === 'LIST_INVALID' && error.pointer !== undefined,
      );
  });

  it('has the names of products', async () => {
    const products = await readProducts(sourceOf('nsrl/v2/NSRLProd.txt', 64).open());
    expect(products.size).toBe(expected('nsrl/v2/NSRLProd.txt')['products']);
  });

  it('applies the pages of NCMEC in order: the last word on each entry counts, and deletions do', async () => {
    const wanted = expected('ncmec/entries-page1.xml')['after_all_pages_in_order'] as Json;
    const { live, gone } = await applied([1, 2, 3].map((page) => `ncmec/entries-page${page}.xml`));
    expect([...live.keys()].sort()).toEqual(Object.keys(wanted['live'] as Json).sort());
    expect([...gone].sort()).toEqual([...wanted['deleted']].sort());
    for (const [key, record] of Object.entries(wanted['live'] as Record<string, Json>)) {
      const entry = live.get(key)!;
      expect(entry.categories[0]?.code ?? null).toBe(record['class']);
      expect([entry.md5, entry.sha1]).toEqual([record['md5'], record['sha1']]);
      expect(entry.photoDna ?? undefined).toBe(record['pdna']);
      expect(entry.others.find(({ method }) => method === 'pdq')?.value).toBe(record['pdq']);
      const votes = (entry.properties['votes'] ?? []) as Json[];
      const of = (isFor: boolean) =>
        Object.fromEntries(
          votes
            .filter((vote) => vote['isFor'] === isFor)
            .map((vote) => [
              vote['fingerprint'],
              [isFor ? Number(vote['member']) : [Number(vote['member']), vote['reason']]],
            ]),
        );
      expect(of(true)).toEqual(record['upvotes'] ?? {});
      expect(of(false)).toEqual(record['downvotes'] ?? {});
    }
  });

  it('applies the pages of StopNCII in order', async () => {
    const wanted = expected('threatexchange/stopncii-page2.json')['after_both_pages'] as Json;
    const { live, gone } = await applied([1, 2].map((page) => `threatexchange/stopncii-page${page}.json`));
    expect([...live.values()].map(signalValue)).toEqual(wanted['live']);
    expect([...gone].map((key) => key.slice(key.indexOf(':') + 1)).sort()).toEqual([...wanted['removed']].sort());
  });
});

describe.runIf(FOLDER !== undefined)('reports to the CyberTipline', () => {
  it.each(['f-aaa1', 'f-aaa2'])('%s is read as its truth says', async (file) => {
    const name = `cybertip/fileDetails-${file}.xml`;
    const wanted = expected(name);
    for (const chunkBytes of [65_536, 7]) {
      const { entries, header, notes } = await readAll(name, chunkBytes);
      expect([header.format, notes]).toEqual(['cybertip', []]);
      const [entry, ...more] = entries;
      expect(more).toEqual([]);
      expect(entry).toMatchObject({
        key: `900001/${wanted['fileId']}`,
        flags: { viewedByProvider: wanted['viewed_by_provider'] },
        categories: wanted['classification'] === null ? [] : [{ scheme: 'ncmec@1', code: wanted['classification'] }],
        properties: {
          fileId: wanted['fileId'],
          ...(wanted['annotations'] === undefined ? {} : { annotations: wanted['annotations'] }),
          ...(wanted['relevance'] === undefined ? {} : { fileRelevance: wanted['relevance'] }),
        },
      });
      if (wanted['md5'] !== undefined) expect(entry?.md5).toBe(wanted['md5']);
    }
  });

  it('the report itself says what happened, and no hash', async () => {
    const { entries, header } = await readAll('cybertip/report-900001.xml');
    expect(entries).toEqual([]);
    expect(header.properties).toMatchObject({
      incidentType: expected('cybertip/report-900001.xml')['incident_type'],
      incidentDateTime: expected('cybertip/report-900001.xml')['incident_time'],
    });
  });
});
