// What is said of media, sealed into a package and read out of it: the same text, and the same entries of a list, with every oddity that is drawn.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { schemesOf } from '@redthread/core/schemes';
import { readList, type ListEntry } from '../../formats/lists/index.js';
import { openPackage } from '../../formats/package/envelope.js';
import { readManifest } from '../../formats/package/manifest.js';
import { GRAPH, MEDIA } from '../../../test-support/drawn-export.js';
import { receiver, sealedIn } from '../../../test-support/sealed-package.js';
import { categoryIn } from './list-entry.js';
import { exportText } from './write.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'redthread-packages-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Media = typeof MEDIA;

const textOf = async (media: Media, page: number): Promise<string> => {
  let text = '';
  for await (const part of exportText({
    format: 'vics',
    shape: 'media-set',
    scheme: 'vic-us@2.0',
    graph: GRAPH,
    handling: 'TLP:AMBER',
    schemes: schemesOf(),
    pages: async function* () {
      for (let at = 0; at < media.length; at += page) yield media.slice(at, at + page);
    },
  }))
    text += part;
  return text;
};

/** As a list is read from it. */
const opened = async (path: string): Promise<{ text: string; entries: ListEntry[]; notes: readonly unknown[] }> => {
  const { line, reader } = await openPackage(path, receiver);
  try {
    const { manifest } = await readManifest(reader, line);
    const { bytes } = manifest.content;
    const all: Buffer[] = [];
    for await (const part of reader.range(0, bytes)) all.push(Buffer.from(part));
    const text = Buffer.concat(all);
    const list = await readList(
      { head: text.subarray(0, 65_536), open: () => reader.range(0, bytes), path: null },
      'vics',
    );
    const entries: ListEntry[] = [];
    for await (const batch of list.entries) entries.push(...batch);
    return { text: text.toString('utf8'), entries, notes: list.notes.all() };
  } finally {
    await reader.close();
  }
};

it('loses nothing of any set of media: digests, facts, categories, votes, lists, handling, paths', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.subarray([...MEDIA], { minLength: 1 }),
      fc.integer({ min: 1, max: 90 }),
      async (media, page) => {
        const text = await textOf(media, page);
        const { path } = await sealedIn(folder, Buffer.from(text), 4096);
        const again = await opened(path);
        rmSync(path);
        expect(again.text).toBe(text);
        expect(again.notes).toEqual([]);
        expect(again.entries).toHaveLength(media.length);
        media.forEach((one, at) => {
          const { category } = categoryIn(schemesOf(), 'vic-us@2.0', one.verdicts);
          expect(again.entries[at]).toMatchObject({
            sha256: one.sha256,
            sha1: one.sha1,
            md5: one.md5,
            size: one.sizeBytes,
            others: one.pdq === null ? [] : [{ method: 'PDQ', value: one.pdq }],
            categories: category === null ? [] : [category],
            occurrences: one.files.map(({ path: place }) => ({ path: place })),
          });
          const said = again.entries[at]?.properties['MediaMetadata'] as {
            PropertyName: string;
            PropertyValue: string;
          }[];
          const named = (name: string) =>
            said
              .filter(({ PropertyName }) => PropertyName === `redthread:${name}`)
              .map(({ PropertyValue }) => PropertyValue);
          expect(named('handling').sort()).toEqual([...new Set(one.files.map(({ handling }) => handling))].sort());
          expect(named('verdict')).toHaveLength(one.verdicts.length);
          expect(named('list')).toHaveLength(one.lists.length);
        });
      },
    ),
    { numRuns: 25 },
  );
});
