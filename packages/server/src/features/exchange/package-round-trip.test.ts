// What is said of media, sealed into a package and read out of it: the same text, and the same entries of a list, with every oddity that is drawn.
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { schemesOf } from '@redthread/core/schemes';
import { readList, type ListEntry } from '../../formats/lists/index.js';
import { newEnvelope, openPackage, sealedPackage } from '../../formats/package/envelope.js';
import { fingerprintOf, keyPairs } from '../../formats/package/keys.js';
import { manifestBytes, readManifest } from '../../formats/package/manifest.js';
import { GRAPH, MEDIA } from '../../../test-support/drawn-export.js';
import { categoryIn } from './list-entry.js';
import { exportText } from './write.js';

const [sender, receiver] = [1, 2].map((fill) => {
  const pairs = keyPairs(Buffer.alloc(32, fill));
  return { ...pairs, fingerprint: fingerprintOf(pairs) };
}) as [ReturnType<typeof keyPairs> & { fingerprint: string }, ReturnType<typeof keyPairs> & { fingerprint: string }];

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

const sealed = async (text: string, media: number): Promise<string> => {
  const id = randomUUID();
  const envelope = newEnvelope(id, receiver);
  const content = Buffer.from(text);
  async function* parts() {
    yield content;
    yield manifestBytes(
      {
        form: 'redthread package manifest v1',
        id,
        from: { agency: 'Alpha', country: 'ES', fingerprint: sender.fingerprint },
        to: receiver.fingerprint,
        at: '2026-11-30T12:00:00.000Z',
        subject: 'case ES-1',
        handling: 'TLP:AMBER',
        purpose: null,
        scheme: 'vic-us@2.0',
        leftOut: [],
        counts: { media, files: media },
        notes: [],
        content: {
          form: 'VICS 2.0 media set',
          bytes: content.length,
          sha256: createHash('sha256').update(content).digest('hex'),
        },
      },
      envelope.line,
      sender,
    );
  }
  const path = join(folder, id);
  const written: Buffer[] = [];
  for await (const part of sealedPackage(envelope, parts())) written.push(part);
  writeFileSync(path, Buffer.concat(written));
  return path;
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
        const path = await sealed(text, media.length);
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
