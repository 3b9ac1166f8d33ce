// An ingest over the network leaves what one on the server's own machine would have left, and goes on where it was.
import { createHash } from 'node:crypto';
import { readdirSync, rmSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawBadFiles } from '@redthread/synth';
import type { Context } from '@redthread/core/domain';
import { ingestExhibit } from '../../packages/server/src/features/exhibits/index.js';
import { dump, openIngestWorld, picture, writeAt, type IngestWorld } from './ingest-world.js';
import { tarGzOf, zipOf } from './media-archives.js';
import { openRemoteWorld, send, type RemoteWorld, type RunningServer, type Sent } from './remote-world.js';

let near: IngestWorld;
let far: RemoteWorld;
let server: RunningServer;
let nearCtx: Context;
let key: string;
let source: string;

/** Bytes that compress badly and are the same in every run. */
const noise = (name: string, bytes: number): Buffer =>
  createHash('shake256', { outputLength: bytes }).update(name).digest();
const MEBIBYTE = 1024 * 1024;

beforeAll(async () => {
  near = await openIngestWorld();
  await near.work();
  far = await openRemoteWorld();
  nearCtx = await near.officer('Unit', 'ES-1');
  const ctx = await far.officer('Unit', 'ES-1');
  server = await far.serve();
  key = await far.keyFile(ctx);
  source = join(near.folder, 'seized');
  for (let i = 0; i < 30; i += 1) writeAt(join(source, `${i % 3}`, `${i}.jpg`), await picture(i % 20, 200, 150));
  await drawBadFiles(join(source, 'bad'));
  const inner = zipOf([
    { name: 'inner.jpg', data: await picture('inner', 160, 120) },
    { name: 'same.jpg', data: await picture(3, 200, 150) },
  ]);
  const stored = { method: 0 } as const;
  writeAt(
    join(source, 'archives', 'outer.zip'),
    zipOf([
      { name: 'a/inner.zip', data: inner },
      { name: 'large.bin', data: noise('in an archive', 17 * MEBIBYTE), ...stored },
      {
        name: 'large.zip',
        data: zipOf([{ name: 'deep.bin', data: noise('deep', 17 * MEBIBYTE), ...stored }]),
        ...stored,
      },
    ]),
  );
  writeAt(
    join(source, 'archives', 'a.tar.gz'),
    await tarGzOf([{ name: 'in-tar.jpg', data: await picture('tar', 160, 120) }]),
  );
  writeAt(join(source, 'film.bin'), noise('large', 21 * MEBIBYTE + 5));
  writeAt(join(source, 'empty.txt'), '');
});
afterAll(async () => {
  await far?.close();
  await near?.close();
});

const ingestNear = (exhibitReference: string, from = source) =>
  ingestExhibit(near.store, nearCtx, { caseReference: 'ES-1', exhibitReference, source: from, inPlace: false });
const ingestFar = (exhibit: string, from = source): Promise<Sent> =>
  send(server.url, key, { source: from, caseReference: 'ES-1', exhibit }).ended;

const expectSame = async (): Promise<void> => {
  const [expected, found] = [await dump(near.store), await dump(far.store)];
  for (const [table, rows] of Object.entries(expected)) expect(found[table], table).toEqual(rows);
};

describe('a folder', () => {
  it('is stored as if it lay on the server: files, archives within archives, what streams by, what is broken', async () => {
    const here = await ingestNear('1');
    const there = await ingestFar('1');
    expect(there.stderr).toBe('');
    expect(there.exitCode).toBe(3);
    const report = JSON.parse(there.stdout);
    expect(report).toMatchObject({ ...here.counts, state: 'complete', interrupted: false });
    await expectSame();
  });

  it('leaves nothing on its way: no upload, no row of one, no scratch', async () => {
    expect(await far.store.owner.selectFrom('uploads').select('id').execute()).toEqual([]);
    expect(readdirSync(join(far.store.config.vaultFolder, 'uploads'))).toEqual([]);
    expect(readdirSync(dirname(key)).filter((name) => name.startsWith('redthread-sender'))).toEqual([]);
  });

  it('is not read again when nothing changed, and only what did is', async () => {
    const again = JSON.parse((await ingestFar('1')).stdout);
    await ingestNear('1');
    expect(again).toMatchObject({ files: 0, changed: 0 });
    writeAt(join(source, '0', 'late.jpg'), await picture('late', 160, 120));
    writeAt(join(source, '0', '0.jpg'), await picture('other', 160, 120));
    utimesSync(join(source, '0', '0.jpg'), 1, 1);
    const here = await ingestNear('1');
    const there = JSON.parse((await ingestFar('1')).stdout);
    expect(there).toMatchObject({ ...here.counts });
    expect(there).toMatchObject({ files: 1, changed: 1 });
    await expectSame();
  });
});

describe('an archive', () => {
  it('is stored as if it lay on the server, with its digest', async () => {
    const archive = join(source, 'archives', 'outer.zip');
    await ingestNear('2', archive);
    expect((await ingestFar('2', archive)).exitCode).toBe(0);
    await expectSame();
  });

  it('is refused under the same reference when it holds other bytes', async () => {
    const archive = join(near.folder, 'one.zip');
    writeAt(archive, zipOf([{ name: 'a.txt', data: Buffer.from('one') }]));
    expect((await ingestFar('3', archive)).exitCode).toBe(0);
    writeAt(archive, zipOf([{ name: 'a.txt', data: Buffer.from('two') }]));
    const other = await ingestFar('3', archive);
    expect(other.exitCode).toBe(1);
    expect(other.stderr).toContain('EXHIBIT_SOURCE_DIFFERS');
    rmSync(archive);
  });
});

describe('what is refused', () => {
  it('names what was wrong and changes nothing', async () => {
    const stranger = await far.keyFile(await far.officer('Elsewhere', 'X-1'));
    const reader = await far.keyFile(await far.officer('Readers', 'R-1'), ['read']);
    const cases: readonly (readonly [file: string, caseReference: string, code: string])[] = [
      [key, 'ES-9', 'CASE_UNKNOWN'],
      [stranger, 'ES-1', 'CASE_UNKNOWN'],
      [reader, 'R-1', 'FORBIDDEN'],
    ];
    for (const [file, caseReference, code] of cases) {
      const { exitCode, stderr } = await send(server.url, file, { source, caseReference, exhibit: '1' }).ended;
      expect(stderr).toContain(code);
      expect(exitCode).toBe(4);
    }
    const differs = await ingestFar('1', join(source, 'archives'));
    expect(differs.stderr).toContain('EXHIBIT_SOURCE_DIFFERS');
  });

  it('is said before anything is sent: the key, the address, options that do not go together', async () => {
    const sent = { source, caseReference: 'ES-1', exhibit: '9' };
    const codes = [
      [send('http://192.0.2.1:4480', key, sent), 'SERVER_INSECURE'],
      [send('ftp://127.0.0.1', key, sent), 'ARGUMENT_INVALID'],
      [send(server.url, join(near.folder, 'none.key'), sent), 'KEY_FILE_INVALID'],
      [send(server.url, key, sent, '--in-place'), 'ARGUMENT_INVALID'],
      [send(server.url, key, sent, '--certificate', key), 'ARGUMENT_INVALID'],
    ] as const;
    for (const [sender, code] of codes) expect((await sender.ended).stderr).toContain(code);
  });
});

it('prints what it may and says why not the rest, with a key that may only ingest', async () => {
  const ctx = await far.officer('Senders', 'S-1');
  const only = await far.keyFile(ctx, ['ingest']);
  const from = { source: join(source, 'archives'), caseReference: 'S-1', exhibit: '1' };
  const { exitCode, stdout } = await send(server.url, only, from).ended;
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ state: 'complete', funnel: null, failures: null });
});
