#!/usr/bin/env node
// Verifies a report offline, with nothing but Node.js: its manifest, and the files that it names: node verify-report.mjs FOLDER [--key ID]
// What it checks is described in docs/verify-a-record.md. It shares no code with the program that made the report, nor with
// verify-record.mjs: each of the two scripts is read and used alone.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const bytes = (hex) => Buffer.from(hex, 'hex');

/** JSON with sorted keys and without white space (RFC 8785). */
const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
};
const signedText = (kind, statement) => `redthread ${kind} v1\n${canonical(statement)}`;

/** What does not hold, a line each; the exit code is 1 when there is one. */
const faults = [];
const claim = (holds, what) => void (holds || faults.push(what));

/** One line, with nothing in it that could move the cursor. */
const shown = (text) => text.replace(/[\p{Cc}\p{Cf}]/gu, (one) => `\\u{${one.codePointAt(0).toString(16)}}`);
const say = (line) => process.stdout.write(`${shown(line)}\n`);

// Signatures: Ed25519 (RFC 8032).

const SPKI = bytes('302a300506032b6570032100');
const isSigned = (publicKey, text, signature) => {
  if (typeof publicKey !== 'string' || typeof signature !== 'string') return false;
  const key = createPublicKey({ key: Buffer.concat([SPKI, bytes(publicKey)]), format: 'der', type: 'spki' });
  return verify(null, Buffer.from(text), key, bytes(signature));
};

/** Public keys by id, each endorsed by the one before it, the first by itself. */
const checkKeys = (keys, expected) => {
  const byId = new Map(keys.map((one) => [one.key, one]));
  for (const { endorsement, ...statement } of keys) {
    const { key, previous, publicKey } = statement;
    const hash = createHash('sha256').update('redthread signing key id').update(bytes(publicKey));
    claim(hash.digest().subarray(0, 8).toString('hex') === key, `key ${key}: its public key has another id`);
    const by = byId.get(previous ?? key)?.publicKey;
    const isEndorsed = isSigned(by, signedText('key', statement), endorsement);
    claim(isEndorsed, `key ${key}: ${previous ?? 'it'} does not endorse it`);
  }
  claim(keys.filter(({ previous }) => previous === null).length === 1, 'there is not exactly one first key');
  claim(expected === undefined || byId.has(expected), `the key ${expected} is not among those of the record`);
  return (id) => byId.get(id)?.publicKey;
};

/** SHA-256 of a file of any length. */
const digestOf = (path) => {
  const [hash, part, file] = [createHash('sha256'), Buffer.alloc(1 << 20), openSync(path)];
  for (let length; (length = readSync(file, part)) > 0;) hash.update(part.subarray(0, length));
  return hash.digest('hex');
};

/** The manifest: its signature, the head of the record at which the report was made, and every file that it names. */
const checkReport = (folder, expected) => {
  const { format, head, keys, signature, statement, version } = JSON.parse(readFileSync(join(folder, 'manifest.json')));
  if (format !== 'redthread-report' || version !== 1) throw new Error('no manifest of a report of version 1');
  const keyOf = checkKeys(keys, expected);
  claim(
    isSigned(keyOf(statement.key), signedText('report', statement), signature),
    'the manifest is not what was signed',
  );
  claim(isSigned(keyOf(head.head.key), signedText('log', head.head), head.signature), 'the head is not signed');
  const { about, files, kind, record } = statement;
  const isOfHead = ['log', 'size', 'root', 'at'].every((field) => record[field] === head.head[field]);
  claim(isOfHead, 'the report was made at another head of the record');
  const known = new Set(['manifest.json', ...files.map(({ name }) => name)]);
  for (const name of readdirSync(folder)) claim(known.has(name), `${name}: the manifest does not name it`);
  for (const { name, sha256: digest } of files) {
    const isPlain = /^[a-z0-9][a-z0-9.-]*$/.test(name) && existsSync(join(folder, name));
    claim(isPlain && digestOf(join(folder, name)) === digest, `${name}: it is not there, or not what was signed`);
    say(`file     ${digest}  ${name}`);
  }
  say(`report   ${kind} ${about.join(' and ')}: ${files.length} files`);
  say(`record   log ${record.log}, event ${record.size}, ${record.at}, root ${record.root}`);
};

try {
  const { positionals, values } = parseArgs({ options: { key: { type: 'string' } }, allowPositionals: true });
  if (positionals.length !== 1) throw new Error('node verify-report.mjs FOLDER [--key ID]');
  checkReport(positionals[0], values.key);
  for (const fault of faults) say(`FAULT    ${fault}`);
  say(faults.length === 0 ? 'all of it holds' : `${faults.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`${shown(error.message)}\n`);
  process.exitCode = 2;
}
