// Lists of drawn digests, written as their sources write them. No digest of a real list is in them.
import { closeSync, openSync, writeSync } from 'node:fs';
import { createHash } from 'node:crypto';
import sqlite from 'node-sqlite3-wasm';

const BATCH = 5_000;

const hex = (seed, index) => createHash('sha512').update(`${seed}/${index}`).digest('hex');

/** VICS 2.0 as hash sets have it: digests, PhotoDNA in base64, flags as text; one file each in half of them. */
export const drawVics = (path, count, seed) => {
  const file = openSync(path, 'w');
  writeSync(
    file,
    '{"@odata.context":"http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/US/$metadata#Media","value":[\n',
  );
  for (let from = 0; from < count; from += BATCH) {
    const entries = [];
    for (let i = from; i < Math.min(count, from + BATCH); i++) {
      const drawn = hex(seed, i);
      const photoDna = Buffer.from((drawn + drawn + drawn).slice(0, 288), 'hex').toString('base64');
      entries.push(
        JSON.stringify({
          MediaID: i,
          Category: i % 5,
          MD5: drawn.slice(0, 32).toUpperCase(),
          SHA1: drawn.slice(32, 72).toUpperCase(),
          PhotoDNA: photoDna,
          MediaSize: 1000 + i,
          VictimIdentified: i % 3 === 0 ? 'true' : 'false',
          OffenderIdentified: 'false',
          IsDistributed: '',
          DateUpdated: '2025-01-02T03:04:05-05:00',
          ...(i % 2 === 0 ? { MediaFiles: [{ FileName: `toy-${i}.jpg`, FilePath: `Attic\\Box ${i % 97}` }] } : {}),
        }),
      );
    }
    writeSync(file, (from === 0 ? '' : ',\n') + entries.join(',\n'));
  }
  writeSync(file, ']}\n');
  closeSync(file);
};

/** RDS 3 in its minimal form: FILE is a table with the key of NIST. */
export const drawNsrl = (path, count, seed) => {
  const database = new sqlite.Database(path);
  database.exec(`pragma journal_mode = off; pragma synchronous = off;
    create table FILE (sha256 varchar not null, sha1 varchar not null, md5 varchar not null, crc32 varchar not null,
      file_name varchar not null, file_size integer not null, package_id integer not null);
    create table PKG (package_id integer not null, name varchar not null);
    create table VERSION (version varchar unique not null, release_date timestamp not null);
    insert into VERSION values ('2026.03.1', '2026-03-15');`);
  for (let id = 0; id < 100; id++) database.run('insert into PKG values (?, ?)', [id, `Toy program ${id}`]);
  database.exec('begin');
  const insert = database.prepare('insert into FILE values (?, ?, ?, ?, ?, ?, ?)');
  for (let i = 0; i < count; i++) {
    const drawn = hex(seed, i).toUpperCase();
    insert.run([
      drawn.slice(0, 64),
      drawn.slice(64, 104),
      drawn.slice(96, 128),
      drawn.slice(0, 8),
      `toy${i}.dll`,
      i,
      i % 100,
    ]);
  }
  insert.finalize();
  database.exec('commit');
  database.close();
};
