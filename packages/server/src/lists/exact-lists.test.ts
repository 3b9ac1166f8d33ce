// Exact lists in a folder: built from unsorted entries in little memory, answered, merged, taken away, damaged.
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DIGEST_BYTES, DIGEST_KINDS, type DigestKind, type ExactList } from '@redthread/core/index/exact';
import { randomSource } from '../../../core/test-support/hashes.js';
import { ExactLists, ExactListWriter } from './index.js';
import { listsManifest, readManifest } from './manifest.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'redthread-lists-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const uuid = (number: number): string => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
const BAD: ExactList = { id: uuid(1), agencyId: uuid(101), polarity: 'known-bad' };
const GOOD: ExactList = { id: uuid(2), agencyId: uuid(102), polarity: 'known-good' };
const ALL = { lists: new Set([BAD.id, GOOD.id]) };

const randomDigest = (random: () => number, bytes: number): Uint8Array =>
  Uint8Array.from({ length: bytes }, () => random() & 255);
const filled = (kind: DigestKind, byte: number): Uint8Array => new Uint8Array(DIGEST_BYTES[kind]).fill(byte);

const written = async <T>(work: (writer: ExactListWriter) => T | Promise<T>, memoryBytes?: number): Promise<T> => {
  const writer = ExactListWriter.open(folder, memoryBytes === undefined ? {} : { memoryBytes });
  try {
    return await work(writer);
  } finally {
    writer.close();
  }
};

const reading = <T>(work: (lists: ExactLists) => T): T => {
  const lists = ExactLists.open(folder);
  try {
    return work(lists);
  } finally {
    lists.close();
  }
};

const found = (digest: Uint8Array): string[] =>
  reading((lists) =>
    lists
      .viewFor(ALL)
      .find(digest)
      .map(({ list, payload }) => `${list.polarity} ${payload}`)
      .sort(),
  );

describe('a build', () => {
  const SHAPES: Readonly<Record<string, (random: () => number, bytes: number) => Uint8Array>> = {
    random: randomDigest,
    'with long equal beginnings': (random, bytes) => {
      const digest = new Uint8Array(bytes).fill(random() % 3);
      digest.set(Uint8Array.of(random(), random()), bytes - 2);
      return digest;
    },
    'mostly one and the same': (random, bytes) => new Uint8Array(bytes).fill(random() % 50 === 0 ? random() : 0),
  };
  const cases = DIGEST_KINDS.flatMap((kind) => Object.keys(SHAPES).map((shape) => ({ kind, shape })));

  it.each(cases)('in little memory answers as a Map does: $kind, digests $shape', async ({ kind, shape }) => {
    const random = randomSource(11);
    const known = new Map<string, number>();
    const digests: Uint8Array[] = [];
    // Each part of a building outgrows these 1200 bytes, or comes near.
    await written(async (writer) => {
      await writer.addRun(kind, [BAD, GOOD], ({ add, remove }) => {
        for (let i = 0; i < 12_000; i++) {
          const digest = SHAPES[shape]!(random, DIGEST_BYTES[kind]);
          const list = random() % 2;
          const key = `${Buffer.from(digest).toString('hex')} ${list}`;
          if (random() % 10 === 0) {
            remove(digest, list);
            known.delete(key);
          } else {
            add(digest, list, i);
            known.set(key, i);
          }
          if (i % 20 === 0) digests.push(digest);
        }
      });
    }, 1200);
    reading((lists) => {
      lists.verify();
      const view = lists.viewFor(ALL);
      for (const digest of [...digests, filled(kind, 0), filled(kind, 255), randomDigest(random, DIGEST_BYTES[kind])]) {
        const hex = Buffer.from(digest).toString('hex');
        const right = [0, 1].filter((list) => known.has(`${hex} ${list}`)).map((list) => known.get(`${hex} ${list}`));
        expect(view.find(digest).map(({ payload }) => payload)).toEqual(right);
        expect(view.has(digest)).toBe(right.length > 0);
      }
    });
    expect(readdirSync(folder).sort()).toEqual(['manifest', `${kind}-00000001.run`]);
  });

  it('of nothing, or that fails, leaves nothing', async () => {
    await written(async (writer) => {
      expect(await writer.addRun('md5', [BAD], () => undefined)).toBeNull();
      const broken = writer.addRun('md5', [BAD], ({ add }) => {
        for (let i = 0; i < 10_000; i++) add(filled('md5', 7), 0, i);
        throw new Error('the source ended early');
      });
      await expect(broken).rejects.toThrow('ended early');
    });
    expect(readdirSync(folder)).toEqual(['manifest']);
    expect(found(filled('md5', 7))).toEqual([]);
  });

  it('refuses by code what is no entry', async () => {
    const adding = (...entry: [Uint8Array, number?, number?]) =>
      written((writer) => writer.addRun('sha1', [BAD], ({ add }) => add(...entry)));
    await expect(adding(filled('md5', 1))).rejects.toThrow(/HASH_INVALID: 16 bytes instead of 20/);
    await expect(adding(filled('sha1', 1), 1)).rejects.toThrow(/ARGUMENT_INVALID: list 1 of 1/);
    await expect(adding(filled('sha1', 1), 0, 2 ** 32)).rejects.toThrow(/ARGUMENT_INVALID: .*4294967296/);
    await written((writer) => writer.addRun('sha1', [BAD], ({ add }) => add(filled('sha1', 1))));
    const other = written((writer) => writer.addRun('sha1', [{ ...BAD, agencyId: uuid(9) }], () => undefined));
    await expect(other).rejects.toThrow(/ARGUMENT_INVALID: list .* of agency/);
  });

  it('keeps a second writer out, and takes the place of one that died', async () => {
    await written(() => {
      expect(() => ExactListWriter.open(folder)).toThrow(/INDEX_BUSY: .*writer~/);
    });
    const lock = await written(() => readdirSync(folder).find((name) => name.startsWith('writer~'))!);
    writeFileSync(join(folder, lock.replace(/~\d+-\d+~/, '~1-1~')), '');
    writeFileSync(join(folder, 'md5-00000007.run.tmp'), 'half');
    await written(() => undefined);
    expect(readdirSync(folder)).toEqual(['manifest']);
  });
});

describe('additions', () => {
  it('replace, take away and hide, before and after merging, for readers that stay open too', async () => {
    const [a, b, c] = [filled('sha256', 1), filled('sha256', 2), filled('sha256', 3)];
    const add = (writer: ExactListWriter, digest: Uint8Array, payload: number) =>
      writer.addRun('sha256', [GOOD, BAD], (collect) => collect.add(digest, 0, payload));
    await written(async (writer) => {
      await add(writer, a, 1);
      await add(writer, b, 2);
    });
    const staying = ExactLists.open(folder);
    const view = staying.viewFor(ALL);
    expect(view.find(c)).toEqual([]);
    await written(async (writer) => {
      await add(writer, a, 10);
      await add(writer, c, 3);
      await writer.addRun('sha256', [GOOD], (collect) => collect.remove(b));
      await writer.addRun('md5', [BAD], (collect) => collect.add(filled('md5', 1), 0, 4));
    });
    const check = (digest: Uint8Array, right: string[]): void => expect(found(digest)).toEqual(right);
    const checkAll = (): void => {
      check(a, ['known-good 10']);
      check(b, []);
      check(c, ['known-good 3']);
    };
    checkAll();
    expect(view.has(c)).toBe(false);
    await written((writer) => {
      expect(writer.merge('sha256')).toBe(true);
      expect(writer.merge('sha256', 'all')).toBe(true);
      expect(writer.runs.map(({ kind, entries }) => `${kind} ${entries}`).sort()).toEqual(['md5 1', 'sha256 2']);
    });
    checkAll();
    // Its runs are gone from the folder, and still answer.
    expect(view.find(a)).toMatchObject([{ payload: 1 }]);
    expect(staying.refresh()).toBe(true);
    expect(staying.refresh()).toBe(false);
    expect(view.find(a)).toMatchObject([{ list: GOOD, payload: 10 }]);
    expect(view.findMedia({ sha256: a, md5: filled('md5', 1) }).map(({ list }) => list.id)).toEqual([BAD.id, GOOD.id]);
    await written((writer) => writer.dropList(GOOD.id));
    check(a, []);
    await written((writer) => add(writer, b, 20));
    check(b, ['known-good 20']);
    await written((writer) => writer.merge('sha256', 'all'));
    check(a, []);
    check(b, ['known-good 20']);
    check(filled('md5', 1), ['known-bad 4']);
    staying.close();
  });

  it('are seen by those only who may see their list, counts included', async () => {
    const random = randomSource(5);
    const digests = Array.from({ length: 200 }, () => randomDigest(random, 16));
    await written((writer) =>
      writer.addRun('md5', [BAD, GOOD], ({ add }) => digests.forEach((digest, i) => add(digest, i % 4 === 0 ? 0 : 1))),
    );
    reading((lists) => {
      const asked = Buffer.concat(digests);
      const countFor = (...ids: string[]) => lists.viewFor({ lists: new Set(ids) }).count('md5', asked);
      expect([countFor(), countFor(uuid(77)), countFor(BAD.id), countFor(BAD.id, GOOD.id)]).toEqual([0, 0, 50, 200]);
    });
  });
});

describe('a list', () => {
  it('may have any UUID for its id, and one that is none is refused before anything is written', async () => {
    const odd: ExactList = {
      id: '12345678-1234-0234-0234-123456789abc',
      agencyId: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
      polarity: 'other',
    };
    await written((writer) => writer.addRun('md5', [odd], ({ add }) => add(filled('md5', 3), 0, 7)));
    reading((lists) => {
      const hits = lists.viewFor({ lists: new Set([odd.id]) }).find(filled('md5', 3));
      expect(hits).toMatchObject([{ list: odd, payload: 7 }]);
    });
    const named = written((writer) => writer.addRun('md5', [{ ...odd, id: 'list-7' }], () => undefined));
    await expect(named).rejects.toThrow(/ARGUMENT_INVALID: list-7 is not a UUID/);
  });

  it('that nobody added, or that is written otherwise, is not dropped in silence', async () => {
    const digest = filled('sha1', 4);
    await written((writer) => writer.addRun('sha1', [GOOD], ({ add }) => add(digest)));
    for (const id of ['list-7', uuid(77), uuid(0xabc).toUpperCase()])
      await expect(written((writer) => writer.dropList(id))).rejects.toThrow(`ARGUMENT_INVALID`);
    expect(found(digest)).toEqual(['known-good 0']);
    await written((writer) => writer.dropList(GOOD.id));
    expect(found(digest)).toEqual([]);
  });
});

describe('one writer', () => {
  it('merges while an addition is collected, and loses nothing of it', async () => {
    const [a, b, c] = [1, 2, 3].map((byte) => filled('md5', byte));
    await written(async (writer) => {
      for (const digest of [a!, b!]) await writer.addRun('md5', [BAD], ({ add }) => add(digest));
      await writer.addRun('md5', [BAD], async ({ add }) => {
        // More of one first byte than a buffer holds: some of it lies in a file already.
        const random = randomSource(4);
        for (let i = 0; i < 4_000; i++) add(Uint8Array.of(3, ...randomDigest(random, 15)), 0, i);
        add(c!);
        expect(writer.merge('md5', 'all')).toBe(true);
        await Promise.resolve();
      });
    });
    for (const digest of [a!, b!, c!]) expect(found(digest)).toEqual(['known-bad 0']);
    expect(readdirSync(folder).filter((name) => name.startsWith('building-'))).toEqual([]);
  });

  it('keeps all of the additions that are collected at once; the one that ends last is the youngest', async () => {
    const shared = filled('md5', 99);
    await written(async (writer) => {
      const runs = Array.from({ length: 8 }, (_, place) =>
        writer.addRun('md5', [BAD], async ({ add }) => {
          await new Promise((resolve) => setTimeout(resolve, 4 * (8 - place)));
          add(filled('md5', place + 1));
          add(shared, 0, 10 + place);
        }),
      );
      const records = await Promise.all(runs);
      expect(new Set(records.map((record) => record?.file)).size).toBe(8);
      expect(writer.runs).toHaveLength(8);
    });
    for (let place = 0; place < 8; place += 1) expect(found(filled('md5', place + 1))).toEqual(['known-bad 0']);
    expect(found(shared)).toEqual(['known-bad 10']);
  });

  it('lets one of two additions at once say whose a list is', async () => {
    await written(async (writer) => {
      const later = async (collect: { add: (digest: Uint8Array) => void }, byte: number): Promise<void> => {
        await Promise.resolve();
        collect.add(filled('md5', byte));
      };
      const mine = writer.addRun('md5', [BAD], (collect) => later(collect, 1));
      const yours = writer.addRun('md5', [{ ...BAD, agencyId: uuid(9) }], (collect) => later(collect, 2));
      const settled = await Promise.allSettled([mine, yours]);
      expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    });
    expect(found(filled('md5', 1))).toEqual(['known-bad 0']);
    expect(found(filled('md5', 2))).toEqual([]);
  });
});

describe('a damaged folder', () => {
  const build = () =>
    written((writer) =>
      writer.addRun('sha1', [BAD], ({ add }) => {
        const random = randomSource(6);
        for (let i = 0; i < 500; i++) add(randomDigest(random, 20), 0, i);
      }),
    );
  const RUN = 'sha1-00000001.run';

  it('is refused by code, naming the file', async () => {
    await build();
    const path = join(folder, RUN);
    const good = readFileSync(path);
    const open = () => reading((lists) => lists.verify());
    expect(open).not.toThrow();
    truncateSync(path, good.length - 1);
    expect(open).toThrow(new RegExp(`INDEX_FILE_INVALID: .*${RUN}: \\d+ bytes instead of`));
    writeFileSync(path, Buffer.alloc(0));
    expect(open).toThrow(/INDEX_FILE_INVALID: .*: 0 bytes/);
    writeFileSync(path, 'a text of somebody else\n'.repeat(1000));
    expect(open).toThrow(/INDEX_FILE_INVALID: .*: begins with 61 20 74/);
    const damaged = Buffer.from(good);
    damaged[5000]! ^= 1;
    writeFileSync(path, damaged);
    expect(open).toThrow(/INDEX_CHECKSUM_MISMATCH: .*page 0/);
    rmSync(path);
    expect(open).toThrow(/INDEX_FILE_INVALID: .*no such file/);
    mkdirSync(path);
    expect(open).toThrow(/INDEX_FILE_INVALID: .*run: /);
  });

  it('is refused where a run is another of the same name', async () => {
    await build();
    const kept = join(folder, 'kept');
    copyFileSync(join(folder, RUN), kept);
    rmSync(join(folder, 'manifest'));
    await written((writer) => writer.addRun('sha1', [GOOD], ({ add }) => add(filled('sha1', 1))));
    copyFileSync(kept, join(folder, RUN));
    expect(() => ExactLists.open(folder)).toThrow(/INDEX_FILE_INVALID: .*the run \d+ of sha1 instead of/);
  });

  it('is refused where two runs differ on a list, and keeps none of them open', async () => {
    await build();
    const [mine] = readManifest(folder).runs;
    const kept = readFileSync(join(folder, RUN));
    rmSync(join(folder, 'manifest'));
    const other = { ...BAD, agencyId: uuid(9) };
    await written((writer) => writer.addRun('sha1', [other], ({ add }) => add(filled('sha1', 1))));
    const staying = ExactLists.open(folder);
    writeFileSync(join(folder, 'sha1-00000002.run'), kept);
    const manifest = readManifest(folder);
    const added = { ...mine!, file: 'sha1-00000002.run', sequence: 2 };
    listsManifest.write(folder, { ...manifest, next: 3, runs: [...manifest.runs, added] });
    const before = readdirSync('/dev/fd').length;
    expect(() => ExactLists.open(folder)).toThrow(/INDEX_FILE_INVALID: .*elsewhere/);
    expect(() => staying.refresh()).toThrow(/INDEX_FILE_INVALID: .*elsewhere/);
    expect(readdirSync('/dev/fd')).toHaveLength(before);
    staying.close();
  });

  it('is refused where the manifest is damaged, of another version, foreign or gone', async () => {
    await build();
    const path = join(folder, 'manifest');
    const good = readFileSync(path, 'latin1');
    const open = (text: string) => () => {
      writeFileSync(path, text, 'latin1');
      return reading(() => undefined);
    };
    for (let at = 0; at < good.length; at++) {
      const text = good.slice(0, at) + String.fromCharCode(good.charCodeAt(at) ^ 1) + good.slice(at + 1);
      expect(open(text)).toThrow(/INDEX_(FILE_INVALID|VERSION_UNSUPPORTED|CHECKSUM_MISMATCH): .*manifest/);
    }
    for (let end = 0; end < good.length; end++) expect(open(good.slice(0, end))).toThrow(/INDEX_[A-Z_]+: .*manifest/);
    rmSync(path);
    expect(() => ExactLists.open(folder)).toThrow(/INDEX_FILE_INVALID: .*no such file/);
  });
});
