// Damaged lists: whatever stands in a file, a reader ends, and refuses with a code and a place what it cannot read. REDTHREAD_FUZZ=10000 for more.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRedthreadError } from '@redthread/core/errors';
import { randomSource } from '../../../../core/test-support/hashes.js';
import { readList, type ListFormat } from './index.js';
import { mutated } from '../../../test-support/mutated.js';

const RUNS = Number(process.env['REDTHREAD_FUZZ'] ?? 200);
const SECONDS_OF_ONE = 5;

const randomBelow = (seed: number): ((below: number) => number) => {
  const random = randomSource(seed);
  return (below) => random() % below;
};

const hex = (length: number, seed: number): string => {
  const next = randomBelow(seed * 2654435761);
  return Array.from({ length }, () => next(16).toString(16)).join('');
};
const [md5, sha1, sha256, pdq, photoDna] = [hex(32, 1), hex(40, 2), hex(64, 3), hex(64, 4), hex(288, 5)];
const base64 = Buffer.from(photoDna, 'hex').toString('base64');

const vics = (context: string, value: unknown[]): string =>
  JSON.stringify({ '@odata.context': context, value }, null, 1);
const media = (id: number) => ({
  MediaID: id,
  MD5: hex(32, id + 10).toUpperCase(),
  SHA1: hex(40, id + 20),
  PhotoDNA: base64,
  Category: id % 5,
  VictimIdentified: 'true',
  DateUpdated: '/Date(1700000000000)/',
  MediaSize: '123',
  MediaFiles: [{ FileName: 'a "b" \\ c.jpg', FilePath: 'x\\y', Created: '2023-06-07T02:31:49Z', Deleted: null }],
  AlternativeHashes: [{ HashName: 'SHA256', HashValue: sha256 }],
});
const SPACE = 'https://hashsharing.ncmec.org/hashsharing/v2';

const SAMPLES: Readonly<Record<string, string>> = {
  'hash-list': `# a list\r\n${md5}\n${sha1.toUpperCase()};${md5}\r\n${sha256}\n${photoDna}\n${base64}\n${md5}  a name.jpg\n`,
  'hash-csv': `MD5,SHA1,Category,name\n${md5},${sha1},1,"a, ""b"""\n${hex(32, 7)},,2,\n`,
  'iped-csv': `md5,photoDna,set,status,note\n${md5},${base64},Toys,pedo,x\n${hex(32, 8)},,Toys,alert,\n`,
  'icse-csv': `MD5;SHA1;PhotoDNA;Image ID;Is distributed;Victim identified;Offender identified;Series name;Number of submissions;File Available;Media Type;Baseline\n${md5};${sha1};${photoDna};T1;Y;n;;"Toy; series";12;True;Image;Yes;\n`,
  vics: vics('http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/US/$metadata#Media', [media(1), media(2)]),
  'vics cases': vics('http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/UK/$metadata#Cases', [
    { CaseID: 'c', TotalMediaFiles: 2, Media: [media(1), media(2)], CaseMetadata: [] },
  ]),
  'nsrl-v2': `"SHA-1","MD5","CRC32","FileName","FileSize","ProductCode","OpSystemCode","SpecialCode"\n"${sha1}","${md5}","0","A.DLL",1,2,"3",""\n`,
  'nsrl-delta': `-- d\nINSERT INTO FILE(sha256,sha1,md5,file_name,package_id) VALUES('${sha256}','${sha1}','${md5}','it''s',4),('${sha256}','${sha1}','${md5}','b',4);\nDELETE FROM FILE WHERE sha256='${sha256}' AND package_id=4;\nUPDATE PKG SET version='1' WHERE package_id=1;\n`,
  ncmec: `<?xml version="1.0"?>\n<queryResult xmlns="${SPACE}"><images count="1" maxTimestamp="2025-01-05T12:00:00Z"><image><member id="501">A &amp; B</member><timestamp>2025-01-05T10:00:00Z</timestamp><id>i</id><classification>A1</classification><fingerprints><md5>${md5}</md5><pdna>${photoDna}</pdna><pdq>${pdq}</pdq><videntifier href="/x"/></fingerprints><feedback><negativeFeedback type="Md5"><reasons><reason name="r"/><members><member id="5">C</member></members></reasons></negativeFeedback></feedback></image><deletedImage><member id="502">D</member><id>j</id><timestamp>2025</timestamp></deletedImage></images><paging><next>/v2?start=1&amp;size=2&amp;max=3</next></paging></queryResult>`,
  cybertip: `<?xml version="1.0"?>\n<report><incidentSummary><incidentType>x</incidentType></incidentSummary><fileDetails><reportId>1</reportId><fileId>f</fileId><originalFileName>a &amp; b.jpg</originalFileName><fileViewedByEsp>false</fileViewedByEsp><fileAnnotations><generativeAi/></fileAnnotations><industryClassification>B2</industryClassification><originalFileHash hashType="MD5">${md5}</originalFileHash><originalFileHash hashType="PDQ">${pdq}</originalFileHash></fileDetails></report>`,
  stopncii: JSON.stringify({
    count: 1,
    hasMoreRecords: false,
    nextSetTimestamp: 7,
    hashRecords: [
      { lastModtimestamp: 1, signalType: 'ImagePDQ', hashValue: pdq, hashStatus: 'Active', caseNumbers: {} },
    ],
  }),
  threatexchange: `pdq ${pdq}\nvideo_md5 ${md5}\nurl https://toys.example/\n`,
  'threatexchange table': `signal_type,signal_str,collab,category,tags\npdq,${pdq},Toys,POSITIVE_CLASS,a b\n`,
  'threatexchange json': JSON.stringify({ data: [{ id: '1', type: 'HASH_PDQ', raw_indicator: pdq, tags: ['a'] }] }),
  hma: JSON.stringify([{ id: 1, disable_until_ts: 1, bank: { name: 'T' }, signals: { pdq, video_md5: md5 } }]),
  'hma lines': `{"signal_type_name":"pdq","signal_val":"${pdq}","bank_content_id":1}\n`,
  'utf-16': `\uFEFF${md5}\r\n${sha1}\r\n`,
};

/** Pieces that make trouble more often than chance does. */
const PIECES = [
  '"',
  "'",
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ';',
  '<',
  '>',
  '&',
  '&x;',
  '<!DOCTYPE a>',
  '\0',
  '\uFEFF',
  '\r',
  '\n',
  '--',
  '/*',
  'null',
  '1e999',
  '<![CDATA[',
  '"__proto__":',
];

const chunksOf = (bytes: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );

/** How it ended: the number of entries, or the code with which it was refused. Anything else fails the test. */
const outcome = async (
  bytes: Buffer,
  path: string | null,
  chunkBytes: number,
  format?: ListFormat,
): Promise<string> => {
  try {
    const reading = await readList({ head: bytes, open: () => chunksOf(bytes, chunkBytes), path }, format);
    let count = 0;
    for await (const batch of reading.entries) count += batch.length;
    return String(count);
  } catch (error) {
    if (!isRedthreadError(error)) throw error;
    expect(['LIST_INVALID', 'LIST_FORMAT_UNKNOWN']).toContain(error.code);
    // A JSON pointer to the whole document is an empty text.
    expect(error.pointer, error.message).toBeDefined();
    return error.code;
  }
};

const bytesOf = (name: string): Buffer => Buffer.from(SAMPLES[name]!, name === 'utf-16' ? 'utf16le' : 'utf8');
const formatOf = (name: string): ListFormat | undefined =>
  name === 'utf-16' ? 'hash-list' : (name.split(' ')[0] as ListFormat);

describe('damaged lists', () => {
  it.each(Object.keys(SAMPLES))(
    '%s: read or refused with code and place, in time',
    async (name) => {
      const sample = bytesOf(name);
      expect(Number(await outcome(sample, null, 64))).toBeGreaterThan(0);
      const next = randomBelow(name.length * 7919);
      const seen = new Set<string>();
      for (let run = 0; run < RUNS; run++) {
        const bytes = mutated(sample, PIECES, next);
        const started = performance.now();
        const ended = await outcome(bytes, null, 1 + next(100), next(2) === 0 ? formatOf(name) : undefined);
        expect(performance.now() - started, `run ${run}`).toBeLessThan(SECONDS_OF_ONE * 1000);
        seen.add(ended);
      }
      expect(seen).toContain('LIST_INVALID');
    },
    600_000,
  );

  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'redthread-fuzz-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('nsrl-rds3: read or refused with code and place, in time', async () => {
    const whole = join(folder, 'whole.db');
    const database = new sqlite.Database(whole);
    database.exec('create table FILE (sha256, sha1, md5, file_name, file_size integer, package_id integer)');
    database.exec('create table PKG (package_id integer, name); create table VERSION (version, release_date)');
    database.exec(`insert into PKG values (4, 'Toys'); insert into VERSION values ('2026.03.1', '2026-03-15')`);
    for (let i = 0; i < 60; i++)
      database.run('insert into FILE values (?, ?, ?, ?, ?, ?)', [hex(64, i), hex(40, i), hex(32, i), `f${i}`, i, 4]);
    database.close();
    const sample = readFileSync(whole);
    expect(await outcome(sample, whole, 4096)).toBe('60');
    const next = randomBelow(4711);
    const path = join(folder, 'damaged.db');
    const seen = new Set<string>();
    for (let run = 0; run < RUNS; run++) {
      const bytes = mutated(sample, PIECES, next);
      writeFileSync(path, bytes);
      const started = performance.now();
      seen.add(await outcome(bytes, path, 4096, 'nsrl-rds3'));
      expect(performance.now() - started, `run ${run}`).toBeLessThan(SECONDS_OF_ONE * 1000);
    }
    expect(seen).toContain('LIST_INVALID');
  }, 600_000);
});
