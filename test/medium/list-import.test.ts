// Lists of the field in a real store: what is read counts, what is taken back does not, what the file contradicts is refused, and an import that is
// killed leaves nothing.
import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hex, openListFixture, VICS, vics, type ListFixture } from './list-fixture.js';

let fixture: ListFixture;
const VICS_12 = 'http://github.com/ICMEC/ProjectVic/DataModels/1.2.xml#Media';

const page = (...entries: string[]): string =>
  `<queryResult xmlns="https://hashsharing.ncmec.org/hashsharing/v2"><images>${entries.join('')}</images></queryResult>`;
const shared = (member: string, id: string, md5: string, code: string): string =>
  `<image><member id="${member}">Toys</member><id>${id}</id><classification>${code}</classification><fingerprints><md5>${md5}</md5></fingerprints></image>`;
const deleted = (member: string, id: string): string =>
  `<deletedImage><member id="${member}">Toys</member><id>${id}</id></deletedImage>`;

beforeAll(async () => {
  fixture = await openListFixture();
});
afterAll(() => fixture.close());

describe('list import', () => {
  it('keeps categories as codes of their scheme, conflicts as votes, and what PostgreSQL cannot hold as a mark', async () => {
    const file = fixture.fileOf(
      'set.json',
      vics(VICS, [
        { MD5: hex('A'), SHA1: hex('1', 40), Category: 1, Series: 'nul \u0000 and half \ud800' },
        { MD5: hex('a'), Category: 2 },
        { MD5: hex('b'), Category: null, IsPrecategorized: true },
        { MD5: 'd41d8cd98f00b204e9800998ecf8427e', Category: 1 },
      ]),
    );
    const list = await fixture.imported(
      [file],
      '--name',
      'set',
      '--polarity',
      'known-bad',
      '--owner',
      'Cloudberry Police',
    );
    expect(list).toMatchObject({ format: 'vics', owner: 'Cloudberry Police', version: '1', entryCount: 3 });
    expect(list.notes.map(({ code, count }) => [code, count])).toEqual([
      ['HASH_OF_EMPTY_FILE', 1],
      ['CATEGORY_CONFLICT', 1],
    ]);
    expect(fixture.digestsOf(list.id)).toEqual([hex('1', 40), hex('a'), hex('b')]);
    expect(fixture.entriesOf(list.id).map(({ categories }) => categories)).toEqual([
      [{ scheme: 'vic-us@2.0', code: '1' }],
      [{ scheme: 'vic-us@2.0', code: '2' }],
      [],
    ]);
    expect(fixture.entriesOf(list.id)[0]?.properties['series']).toBe('nul \u0000 and half \uFFFD');
  });

  it('applies pages in order, and the next download to the version before', async () => {
    const first = fixture.fileOf(
      'page1.xml',
      page(shared('501', 'a', hex('a'), 'B2'), shared('502', 'a', hex('b'), 'A1')),
    );
    const second = fixture.fileOf(
      'page2.xml',
      page(shared('501', 'a', hex('c'), 'A1'), shared('501', 'd', hex('d'), 'A2')),
    );
    const bad = ['--name', 'shared', '--polarity', 'known-bad'];
    const may = await fixture.imported([first, second], ...bad, '--list-version', 'may');
    expect(fixture.digestsOf(may.id)).toEqual([hex('b'), hex('c'), hex('d')]);
    expect(fixture.entriesOf(may.id).map(({ key }) => key)).toEqual(['502-a', '501-a', '501-d']);

    const next = fixture.fileOf('page3.xml', page(deleted('502', 'a'), deleted('999', 'x')));
    await expect(fixture.imported([next], ...bad, '--onto', 'none')).rejects.toThrow(/NOT_FOUND.*version none/);
    const june = await fixture.imported([next], ...bad, '--onto', 'may', '--list-version', 'june');
    expect(fixture.digestsOf(june.id)).toEqual([hex('c'), hex('d')]);
    expect(fixture.digestsOf(may.id)).toHaveLength(3);

    const again = ['list', 'import', next, ...bad, '--onto', 'may', '--list-version'];
    expect((await fixture.redthread(...again, 'seen', '--preview')).out.at(-2)).toBe(
      'version may would go on counting beside it; --end-onto ends it',
    );
    expect((await fixture.redthread(...again, 'july')).notes.at(-1)).toMatch(
      /^shared may goes on counting beside it, /,
    );
    expect((await fixture.redthread(...again, 'august', '--end-onto')).notes.join('\n')).not.toMatch(
      /goes on counting/,
    );
  });

  it('applies a delta of NSRL: what it deletes takes MD5 and SHA-1 with it', async () => {
    const good = ['--name', 'rds', '--polarity', 'known-good'];
    const row = (sign: string, packageId: number): string =>
      `INSERT INTO FILE(sha256,sha1,md5,package_id) VALUES('${hex(sign, 64)}','${hex(sign, 40)}','${hex(sign)}',${packageId});\n`;
    const delta = fixture.fileOf('one.sql', row('a', 1) + row('b', 1) + row('b', 2));
    await expect(fixture.imported([delta], ...good)).rejects.toThrow(/ARGUMENT_INVALID.*--onto/);
    const base = fixture.fileOf('base.txt', `${hex('e')}\n`);
    await fixture.imported([base], ...good, '--list-version', '0');
    await fixture.imported([delta], ...good, '--onto', '0', '--list-version', '1');
    const next = fixture.fileOf(
      'two.sql',
      `DELETE FROM FILE WHERE sha256='${hex('a', 64)}';DELETE FROM FILE WHERE sha256='${hex('b', 64)}' AND package_id=1;\n` +
        `INSERT INTO VERSION(version,build_set) VALUES('2026.06.1','x');`,
    );
    const list = await fixture.imported([next], ...good, '--onto', '1');
    expect(list.version).toBe('2026.06.1');
    expect(fixture.digestsOf(list.id)).toEqual([hex('b'), hex('b', 40), hex('b', 64), hex('e')].sort());

    // By another hash than the best, and from a version of bare hashes.
    const last = fixture.fileOf(
      'three.sql',
      `DELETE FROM FILE WHERE md5='${hex('b')}';DELETE FROM FILE WHERE sha256='${hex('f', 64)}' AND md5='${hex('e')}';${row('c', 1)}`,
    );
    const left = await fixture.imported([last], ...good, '--onto', '2026.06.1', '--list-version', '3');
    expect(fixture.digestsOf(left.id)).toEqual([hex('c'), hex('c', 40), hex('c', 64)].sort());
  });

  it('takes entries whose names and facts are longer than a block', async () => {
    const vpdq = (sign: string): string => Array.from({ length: 400 }, (_, i) => `${i}${sign}`).join('-');
    const records = ['a', 'b', 'b'].map((sign) => ({ signalType: 'VideoPDQ', hashValue: vpdq(sign), hashStatus: '' }));
    const file = fixture.fileOf('stop.json', JSON.stringify({ hasMoreRecords: false, hashRecords: records }));
    const list = await fixture.imported([file], '--name', 'stop', '--polarity', 'other');
    expect(fixture.entriesOf(list.id).map(({ key }) => key?.at(-1))).toEqual(['a', 'b']);
    const megabytes = 'x'.repeat(12_000_000);
    const large = fixture.fileOf(
      'long.json',
      vics(
        VICS,
        ['a', 'b', 'c', 'd'].map((sign) => ({ MD5: hex(sign), Comments: megabytes })),
      ),
    );
    expect((await fixture.imported([large], '--name', 'long', '--polarity', 'other')).entryCount).toBe(4);
  });

  it('refuses a polarity that the file contradicts', async () => {
    const nist = fixture.fileOf('nist.json', vics(VICS_12, [{ MD5: hex('a'), Category: 8 }]));
    const unsure = fixture.fileOf('unsure.json', vics(VICS_12, [{ MD5: hex('a'), Category: 1 }]));
    const icse = fixture.fileOf(
      'icse.csv',
      `MD5;SHA1;PhotoDNA;Image ID;Is distributed;Victim identified;Offender identified;Series name;Number of submissions;File Available;Media Type;Baseline\n${hex('a')};;;T1;Y;N;N;;1;True;Image;Yes\n`,
    );
    const bad = ['--name', 'x', '--polarity', 'known-bad'];
    await expect(fixture.imported([nist], ...bad, '--not-nist')).rejects.toThrow(/LIST_POLARITY_REFUSED/);
    await expect(fixture.imported([unsure], ...bad)).rejects.toThrow(/LIST_POLARITY_REFUSED.*--not-nist/);
    await expect(fixture.imported([icse], '--name', 'x', '--polarity', 'known-good')).rejects.toThrow(
      /LIST_POLARITY_REFUSED/,
    );
    const reported = fixture.fileOf('reported.xml', page(shared('501', 'a', hex('a'), 'B2')));
    await expect(fixture.imported([reported], '--name', 'x', '--polarity', 'known-good')).rejects.toThrow(
      /LIST_POLARITY_REFUSED/,
    );
    expect((await fixture.imported([nist], '--name', 'nist', '--polarity', 'known-good')).format).toBe('nist-caid');
    expect(
      (await fixture.imported([unsure], '--name', 'unsure', '--polarity', 'known-bad', '--not-nist')).entryCount,
    ).toBe(1);
    expect((await fixture.redthread('list', 'list', '--json')).out.join()).not.toContain('"x"');
  });

  it('says a bad line, and takes the rest where it is told to', async () => {
    const file = fixture.fileOf('mixed.txt', `# toys\n${hex('a')}\nnot-a-hash\n${hex('b', 40)}\n`);
    const options = ['--name', 'mixed', '--polarity', 'other'];
    await expect(fixture.imported([file], ...options)).rejects.toThrow(
      /LIST_INVALID: no hash in line 3: not-a-hash; --skip-bad-lines/,
    );
    const list = await fixture.imported([file], ...options, '--skip-bad-lines');
    expect(list.notes).toEqual([{ code: 'LINE_SKIPPED', count: 1, places: ['line 3: not-a-hash'] }]);
    await expect(
      fixture.imported([fixture.fileOf('a.bin', '\u0001\u0002')], '--name', 'y', '--polarity', 'other'),
    ).rejects.toThrow(/LIST_FORMAT_UNKNOWN/);
  });

  it('leaves nothing of an import that is killed', async () => {
    const file = fixture.fileOf(
      'large.txt',
      Array.from({ length: 400_000 }, (_, i) => i.toString(16).padStart(32, '0')).join('\n'),
    );
    const child = spawn(
      process.execPath,
      [
        'packages/server/bin/redthread.js',
        'list',
        'import',
        file,
        '--name',
        'large',
        '--polarity',
        'other',
        '--data',
        fixture.data,
      ],
      { stdio: 'ignore' },
    );
    const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
    const { folders } = fixture.store.lists;
    const before = folders.ids();
    // Killed while the files are written.
    while (folders.ids().length === before.length && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 10));
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    expect(await fixture.store.owner.selectFrom('lists').select('id').where('name', '=', 'large').execute()).toEqual(
      [],
    );
    const left = folders.ids().filter((id) => !before.includes(id));
    expect(left).toHaveLength(1);
    expect((await fixture.imported([file], '--name', 'large', '--polarity', 'other')).entryCount).toBe(400_000);
    expect(folders.ids()).not.toContain(left[0]);
    expect(folders.ids().length).toBe(before.length + 1);
  });
});
