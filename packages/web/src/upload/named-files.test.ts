import { describe, expect, it } from 'vitest';
import { IngestEntry } from '@redthread/core/contract';
import { nothingSaid, viewingListOf } from '@redthread/core/sending';
import { archiveKindOf, nameFiles } from './named-files.js';

const fileOf = (path: string, bytes = 'x', lastModified = Date.UTC(2026, 0, 14, 9, 30, 0, 120)) => ({
  path,
  file: new File([bytes], path.split('/').at(-1) ?? '', { lastModified }),
});
const pathsOf = (...given: string[]): string[] =>
  nameFiles(
    given.map((path) => fileOf(path)),
    nothingSaid,
  ).map(({ facts }) => facts.path);

describe('names of chosen files', () => {
  it('are kept, with size and time as the browser states them', () => {
    const [one] = nameFiles([fileOf('DCIM/Fotos de mamá.jpg')], nothingSaid);
    expect(one?.facts).toEqual({
      path: 'DCIM/Fotos de mamá.jpg',
      rawName: null,
      sizeBytes: 1,
      sourceTimes: [
        { kind: 'modified', text: '2026-01-14 09:30:00.120Z', offsetMinutes: 0, precisionMs: 1, basis: 'file-system' },
      ],
      stateKey: '1 2026-01-14 09:30:00.120Z',
      providerViewed: null,
      note: null,
    });
  });

  it('that hide or lead somewhere are made safe, and say so', () => {
    const [one] = nameFiles([fileOf('photo\u202egpj.exe')], nothingSaid);
    expect(one?.facts).toMatchObject({
      path: 'photo\ufffdgpj.exe',
      rawName: 'photo\u202egpj.exe',
      note: { code: 'PATH_HOSTILE' },
    });
    expect(pathsOf('../x', 'a//b', './c')).toEqual(['_/x', '_/c', 'a/b']);
  });

  it('are all taken by the server', () => {
    const hostile = ['\u0000', '..', 'a/../b', '\u001b[2J', `${'n'.repeat(300)}.jpg`, '\u202e', '\udc80', ' '];
    for (const { facts } of nameFiles(
      hostile.map((path) => fileOf(path)),
      nothingSaid,
    ))
      expect(IngestEntry.safeParse({ ...facts, content: { sha256: '0'.repeat(64), sizeBytes: 1 } }).error).toBe(
        undefined,
      );
  });

  it('stay distinct, and the same in whatever order they are chosen', () => {
    const [a, b] = [fileOf('IMG.jpg', 'first', 1_000), fileOf('IMG.jpg', 'second', 2_000)];
    const named = (files: (typeof a)[]) =>
      nameFiles(files, nothingSaid).map(({ facts, file }) => [facts.path, file.size] as const);
    expect(named([a, b])).toEqual([
      ['IMG.jpg', 5],
      ['IMG.jpg~2', 6],
    ]);
    expect(named([b, a])).toEqual(named([a, b]));
  });

  it('carry what a list says of the provider', () => {
    const viewing = viewingListOf('a.jpg,yes\n', 'list.csv');
    expect(nameFiles([fileOf('a.jpg'), fileOf('b.jpg')], viewing).map(({ facts }) => facts.providerViewed)).toEqual([
      true,
      false,
    ]);
  });
});

describe('one archive', () => {
  const tar = Buffer.alloc(512);
  tar.write('ustar', 257);
  const chosen = (name: string, bytes: BlobPart) => [{ path: name, file: new File([bytes], name) }];
  it.each([
    ['evidence.ZIP', 'PK\u0003\u0004', 'zip'],
    ['evidence.tar', tar, 'tar'],
    ['evidence.tgz', Uint8Array.of(0x1f, 0x8b, 8), 'tar.gz'],
    ['evidence.tar.gz', Uint8Array.of(0x1f, 0x8b, 8), 'tar.gz'],
    ['a letter.docx', 'PK\u0003\u0004', null],
    ['photo.zip', 'no archive', null],
    ['empty.zip', '', null],
  ] as const)('%s is known by name and first bytes', async (name, bytes, kind) => {
    expect(await archiveKindOf(chosen(name, bytes))).toBe(kind);
  });

  it('is none among others', async () => {
    expect(await archiveKindOf([...chosen('a.zip', 'PK'), ...chosen('b.zip', 'PK')])).toBe(null);
  });
});
