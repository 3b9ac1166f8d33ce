#!/usr/bin/env node
// Verifies an exported audit record offline, with nothing but Node.js: node verify-record.mjs FOLDER [--key ID] [--ca FILE] [--print]
// and records of destruction, as `redthread case destructions --json` prints them: node verify-record.mjs --destructions FILE [--key ID]
// What it checks, and by which standards, is described in docs/verify-a-record.md. It shares no code with the program that made the
// export, so that one can be held against the other.
import { createHash, createPublicKey, verify, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const bytes = (hex) => Buffer.from(hex, 'hex');
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const [LEAF, NODE, TEXT, LINK] = [0, 1, 2, 3].map((first) => Buffer.of(first));
const node = (left, right) => sha256(NODE, left, right);

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

// The Merkle tree of RFC 6962.

const rootOf = (leaves) => {
  if (leaves.length < 2) return leaves[0] ?? sha256();
  const split = 2 ** (Math.ceil(Math.log2(leaves.length)) - 1);
  return node(rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
};

const half = (n) => Math.floor(n / 2);
const isOdd = (n) => n % 2 === 1;

/** From a leaf or a subtree up to the roots (RFC 9162, 2.1.3.2, 2.1.4.2); `older`: of the tree that ended with it. */
const climb = (start, index, last, proof) => {
  let [position, end, older, newer] = [index, last, start, start];
  for (const beside of proof) {
    if (end === 0) return null;
    if (isOdd(position) || position === end) {
      [older, newer] = [node(beside, older), node(beside, newer)];
      while (!isOdd(position) && position !== 0) [position, end] = [half(position), half(end)];
    } else newer = node(newer, beside);
    [position, end] = [half(position), half(end)];
  }
  return end === 0 ? { older: older.toString('hex'), newer: newer.toString('hex') } : null;
};

const isIncluded = (leaf, index, size, proof, root) =>
  index >= 0 && index < size && climb(leaf, index, size - 1, proof.map(bytes))?.newer === root;

/** Whether the tree of one head is the beginning of that of another. */
const isBeginning = (first, second, hexProof) => {
  if (first.size === second.size) return hexProof.length === 0 && first.root === second.root;
  if (first.size < 1 || first.size > second.size) return false;
  const proof = hexProof.map(bytes);
  const start = Number.isInteger(Math.log2(first.size)) ? bytes(first.root) : proof.shift();
  let [position, end] = [first.size - 1, second.size - 1];
  while (isOdd(position)) [position, end] = [half(position), half(end)];
  const roots = start && climb(start, position, end, proof);
  return roots?.older === first.root && roots.newer === second.root;
};

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
    const id = sha256('redthread signing key id', bytes(publicKey)).subarray(0, 8).toString('hex');
    claim(id === key, `key ${key}: its public key has another id`);
    const by = byId.get(previous ?? key)?.publicKey;
    const isEndorsed = isSigned(by, signedText('key', statement), endorsement);
    claim(isEndorsed, `key ${key}: ${previous ?? 'it'} does not endorse it`);
  }
  claim(keys.filter(({ previous }) => previous === null).length === 1, 'there is not exactly one first key');
  claim(expected === undefined || byId.has(expected), `the key ${expected} is not among those of the record`);
  return (id) => byId.get(id)?.publicKey;
};

// Events.

const commitmentIn = (form, field) => {
  if (field.startsWith('detail.')) return form.detail[field.slice(7)]?.commitment;
  return (field === 'object' ? form.object?.id : form[field])?.commitment;
};

/** Checks what stands beside the sealed form; answers the hash of the event. */
const checkEvent = ({ form, texts }, head) => {
  const name = `event ${form.number}`;
  claim(form.v === 1 && form.log === head.log, `${name}: it is of another log`);
  for (const [field, { salt, text }] of Object.entries(texts)) {
    const commitment = sha256(TEXT, bytes(salt), canonical([field, text])).toString('hex');
    claim(commitment === commitmentIn(form, field), `${name}: its clear text ${field} is not what was sealed`);
  }
  return sha256(LEAF, canonical(form));
};

const checkEvents = (events, head, isWhole) => {
  const leaves = events.map((event) => checkEvent(event, head));
  for (const [i, { form, proof }] of events.entries()) {
    claim(i === 0 || form.number > events[i - 1].form.number, `event ${form.number}: it is out of order`);
    const isProven = isWhole || isIncluded(leaves[i], form.number - 1, head.size, proof, head.root);
    claim(isProven, `event ${form.number}: it is not under the head`);
  }
  if (!isWhole) return;
  const isDense = events.length === head.size && events.every(({ form }, i) => form.number === i + 1);
  claim(isDense, 'the log has gaps, or ends elsewhere than its head');
  claim(rootOf(leaves).toString('hex') === head.root, 'the events have another root than the head');
  const chain = leaves.reduce((before, leaf) => sha256(LINK, before, leaf), Buffer.alloc(32));
  claim(chain.toString('hex') === head.chain, 'the hash chain of the events does not end where the head says');
};

// Time stamps: RFC 3161, in CMS (RFC 5652), in DER.

/** One element of DER: its tag, its content, and all of its bytes. */
const derAt = (der, at) => {
  let [length, from] = [der[at + 1], at + 2];
  if (length & 0x80) [length, from] = [der.readUIntBE(from, length & 0x7f), from + (length & 0x7f)];
  if (from + length > der.length) throw new Error('DER ends early');
  return { tag: der[at], body: der.subarray(from, from + length), all: der.subarray(at, from + length) };
};
const derAll = ({ body }) => {
  const elements = [];
  for (let at = 0; at < body.length; at += elements.at(-1).all.length) elements.push(derAt(body, at));
  return elements;
};
const inside = (element, ...path) => path.reduce((at, i) => derAll(at)[i], element);
const oid = (element) => inside(element, 0).body.toString('hex');

const HASHES = { '608648016503040201': 'sha256', '608648016503040202': 'sha384', '608648016503040203': 'sha512' };
const MESSAGE_DIGEST = '2a864886f70d010904';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const isHashOf = (digest, algorithm, data) =>
  createHash(HASHES[oid(algorithm)] ?? 'unknown')
    .update(data)
    .digest()
    .equals(digest);
const timeOf = (text) => new Date(text.replace(/^(....)(..)(..)(..)(..)(..)(\.\d+)?Z$/, '$1-$2-$3T$4:$5:$6$7Z'));

const isIssued = (certificate, by) => certificate.checkIssued(by) && certificate.verify(by.publicKey);
const goesBackTo = (certificate, others, roots, depth = 0) =>
  roots.some((root) => root.raw.equals(certificate.raw) || isIssued(certificate, root)) ||
  (depth < 8 && others.some((by) => isIssued(certificate, by) && goesBackTo(by, others, roots, depth + 1)));

/** The time of a token that is on `text` and signed by an authority; throws otherwise. */
const stampOn = (token, text, roots) => {
  const parts = derAll(inside(derAt(token, 0), 1, 0));
  const content = inside(parts[2], 1, 0).body;
  const info = derAll(derAt(content, 0));
  const [algorithm, imprint] = derAll(info[2]);
  if (!isHashOf(imprint.body, algorithm, text)) throw new Error('it is on something else');
  const time = timeOf(info[4].body.toString('latin1'));
  const certificates = parts.filter(({ tag }) => tag === 0xa0).flatMap(derAll);
  const signers = certificates.map(({ all }) => new X509Certificate(all));
  const signer = derAll(inside(parts.at(-1), 0));
  const attributes = signer.find(({ tag }) => tag === 0xa0);
  const digest = derAll(attributes).find((one) => oid(one) === MESSAGE_DIGEST);
  if (!isHashOf(inside(digest, 1, 0).body, signer[2], content)) throw new Error('its content was changed');
  const signed = Buffer.concat([Buffer.of(0x31), attributes.all.subarray(1)]);
  const signature = signer.findLast(({ tag }) => tag === 0x04).body;
  const hash = HASHES[oid(signer[2])];
  const mayStamp = (one) => one.keyUsage?.includes(TIME_STAMPING) === true;
  const by = signers.find((one) => mayStamp(one) && verify(hash, signed, one.publicKey, signature));
  if (by === undefined) throw new Error('no time-stamp authority has signed it');
  if (time < new Date(by.validFrom) || time > new Date(by.validTo))
    throw new Error('its certificate was not valid then');
  if (roots.length > 0 && !goesBackTo(by, signers, roots))
    throw new Error('its certificate does not go back to the authority that was given');
  return { time, by: by.subject.replaceAll('\n', ', ') };
};

// Anchors.

/** Answers the anchor in words. */
const checkAnchor = ({ at, consistency, index, kind, line, log, proof, record, token }, head, keyOf, folder, roots) => {
  const check = (holds, what) => claim(holds, `anchor of ${at}: ${what}`);
  const text = signedText('record', record.head);
  check(isSigned(keyOf(record.head.key), text, record.signature), 'the head over all logs is not signed');
  check(isSigned(keyOf(log.head.key), signedText('log', log.head), log.signature), 'the head of the log is not signed');
  const leaf = sha256(LEAF, signedText('log', log.head));
  const isUnder = isIncluded(leaf, index, record.head.logs, proof, record.head.root);
  check(log.head.log === head.log && isUnder, 'the log is not under the anchored head');
  check(isBeginning(log.head, head, consistency), 'the events of that time are not the beginning of those of now');
  const covers = `covers events 1 to ${log.head.size}`;
  if (kind === 'file') return `file, line with SHA-256 ${line}: ${covers}`;
  try {
    const { by, time } = stampOn(readFileSync(join(folder, token)), text, roots);
    const held = roots.length === 0 ? ' (not held against --ca)' : '';
    return `time stamp of ${time.toISOString()} by ${by}${held}: ${covers}`;
  } catch (error) {
    check(false, `time stamp: ${error.message}`);
    return `time stamp that does not hold: ${covers}`;
  }
};

// The report.

/** One line, with nothing in it that could move the cursor. */
const shown = (text) => text.replace(/[\p{Cc}\p{Cf}]/gu, (one) => `\\u{${one.codePointAt(0).toString(16)}}`);
const say = (line) => process.stdout.write(`${shown(line)}\n`);

const printEvent = ({ form, texts }) => {
  const clear = (field, value) => (value?.commitment === undefined ? value : (texts[field]?.text ?? '(not opened)'));
  const details = Object.entries(form.detail).map(([key, value]) => [key, clear(`detail.${key}`, value)]);
  const object = form.object === null ? '-' : `${form.object.kind} ${clear('object', form.object.id)}`;
  const [login, purpose] = ['login', 'purpose'].map((field) => clear(field, form[field]) ?? '-');
  const detail = details.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(', ');
  say(`  ${form.number}  ${form.at}  ${login}  ${form.type}  ${object}  ${purpose}  ${detail}`);
};

/** One record a line, each with the keys that endorse the one that signed it. */
const checkDestructions = (file, expected) => {
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const { digest, keys, number, record, signature } = JSON.parse(line);
    const said = JSON.parse(record);
    const key = checkKeys(keys, expected)(said.key);
    const holds = isSigned(key, `redthread destruction v1\n${record}`, signature) && said.number === number;
    claim(
      holds && sha256(record).toString('hex') === digest,
      `record ${number}: it is not what key ${said.key} signed`,
    );
    const { askedBy, confirmedBy, reason } = said.request;
    say(
      `record   ${number} of ${said.agency.name}: case ${said.case.reference}, ${said.destroyed.files} files, ${said.at}`,
    );
    say(`         asked by ${askedBy}, confirmed by ${confirmedBy}: ${reason}`);
  }
};

const finish = () => {
  for (const fault of faults) say(`FAULT    ${fault}`);
  say(faults.length === 0 ? 'all of it holds' : `${faults.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
};

const main = () => {
  const text = { type: 'string' };
  const options = { key: text, ca: text, print: { type: 'boolean' }, destructions: text };
  const { positionals, values } = parseArgs({ options, allowPositionals: true });
  if (values.destructions !== undefined) return finish(checkDestructions(values.destructions, values.key));
  const [folder] = positionals;
  if (positionals.length !== 1) throw new Error('node verify-record.mjs FOLDER [--key ID] [--ca FILE] [--print]');
  const record = JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8'));
  if (record.format !== 'redthread-record' || record.version !== 1) throw new Error('no exported record of version 1');
  const lines = readFileSync(join(folder, 'events.jsonl'), 'utf8');
  const filled = lines.split('\n').filter((line) => line !== '');
  const events = filled.map((line) => JSON.parse(line));
  const pem = values.ca === undefined ? '' : readFileSync(values.ca, 'utf8');
  const roots = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const { isWhole, statement } = record;
  const { head, signature } = record.head;

  const keyOf = checkKeys(record.keys, values.key);
  claim(isSigned(keyOf(head.key), signedText('log', head), signature), 'the head is not signed by a key of the record');
  const isOfHead = statement.log === head.log && statement.size === head.size;
  claim(isOfHead && isWhole === (statement.about.kind === 'agency'), 'the statement is of another selection');
  const isOfEvents = statement.events === events.length && statement.sha256 === sha256(lines).toString('hex');
  claim(isOfEvents, 'events were added, changed or left out after the statement was made');
  const isVouched = isSigned(keyOf(statement.key), signedText('export', statement), record.signature);
  claim(record.signature === null || isVouched, 'the statement is not signed by a key of the record');
  checkEvents(events, head, isWhole);
  const certificates = roots.map((one) => new X509Certificate(one));
  const anchors = record.anchors.map((anchor) => checkAnchor(anchor, head, keyOf, folder, certificates));

  const { about, at } = statement;
  say(`record   ${record.agency}: ${events.length} events about ${about.kind} ${about.id}, exported ${at}`);
  say(`head     ${head.size} events, ${head.at}, root ${head.root}`);
  for (const { at: since, key, previous } of record.keys)
    say(
      `key      ${key} since ${since}, ${previous === null ? 'the first: is it the published one?' : `by ${previous}`}`,
    );
  for (const line of anchors) say(`anchor   ${line}`);
  if (record.signature === null) say('note     nobody signed that no event was left out of the selection');
  if (anchors.length === 0) say('note     no anchor: whoever holds the signing key could have written all of it anew');
  if (values.print) events.forEach(printEvent);
  finish();
};

try {
  main();
} catch (error) {
  process.stderr.write(`${shown(error.message)}\n`);
  process.exitCode = 2;
}
