// The record against what was left outside of the database: anchor files line by line, time stamps, and the heads that they hold.
import { readFile } from 'node:fs/promises';
import { headHash, signedText, toHex, type RecordHead } from '@redthread/core/audit';
import { isRedthreadError } from '@redthread/core/errors';
import type { AnchorSettings } from '../../../app/config.js';
import { hashOfLine, readAnchorFile, type ReadLine } from '../../../sealer/index.js';
import {
  chainOf,
  isSignedBy,
  NO_ANCHORS,
  sha256,
  type Anchor,
  type AnchorChain,
  type SignedRecordHead,
} from '../../../store/index.js';
import type { KnownKeys } from './check-keys.js';
import type { Findings } from './findings.js';

/** Anchors on record: none taken out, added or changed since a head counted it. */
export const checkAnchorChain = (anchors: readonly Anchor[], findings: Findings): void => {
  let before: AnchorChain = NO_ANCHORS;
  for (const anchor of anchors) {
    const where = `anchor ${anchor.number} (${anchor.place})`;
    if (anchor.number !== before.count + 1) findings.add('RECORD_MISSING', where, 'the one before it is gone');
    else if (!chainOf(before, anchor).equals(anchor.chain))
      findings.add('RECORD_CHANGED', where, 'it is not what was written down when it was made');
    before = { count: anchor.number, chain: anchor.chain };
  }
};

export interface AnchorsChecked {
  /** The newest head that was found both here and outside; null: none. */
  readonly last: { readonly at: string; readonly round: number } | null;
  /** Time stamps whose authority was checked against certificates that were given. */
  readonly unpinned: number;
}

export const checkAnchors = async (
  anchors: readonly Anchor[],
  records: readonly SignedRecordHead[],
  keys: KnownKeys,
  settings: AnchorSettings,
  sizes: ReadonlyMap<string, number>,
  findings: Findings,
): Promise<AnchorsChecked> => {
  const heads = new Map(records.map((signed) => [signed.round, signed]));
  const byHash = new Map(records.map((signed) => [toHex(headHash(sha256, signed.head)), signed]));
  let last: AnchorsChecked['last'] = null;
  const seen = ({ head, round }: SignedRecordHead): void => {
    if (last === null || round > last.round) last = { at: head.at, round };
  };
  const files = new Set(anchors.filter(({ kind }) => kind === 'file').map(({ place }) => place));
  if (settings.file !== null) files.add(settings.file);
  for (const path of files) {
    const own = anchors.filter(({ kind, place }) => kind === 'file' && place === path);
    const lines = await linesOf(path, own.length > 0, findings);
    if (lines === null) continue;
    checkLines(path, lines, keys, findings);
    checkAgainstLines(path, own, lines, findings);
    for (const head of headsOfLines(path, lines, keys, byHash, sizes, findings)) seen(head);
  }
  const unpinned = await checkStamps(anchors, heads, settings, findings, seen);
  return { last, unpinned };
};

/** Null: it cannot be read, which is a fault where anchors ought to be in it. */
const linesOf = async (path: string, isUsed: boolean, findings: Findings): Promise<ReadLine[] | null> => {
  try {
    return await readAnchorFile(path);
  } catch (error) {
    if (!isRedthreadError(error)) throw error;
    if (isUsed) findings.add(error.code, `anchor file ${path}`, error.detail);
    return null;
  }
};

/** Each line holds the hash of the one before; what a crash has torn is the beginning of the line that was written instead. */
const checkLines = (path: string, lines: readonly ReadLine[], keys: KnownKeys, findings: Findings): void => {
  for (const [i, { content, line, text }] of lines.entries()) {
    const where = `line ${line} of ${path}`;
    const previous = lines[i - 1];
    if (content === null) {
      const isTorn = i === lines.length - 1 || sharesBeginning(text, lines[i + 1]?.text ?? '');
      if (!isTorn) findings.add('ANCHOR_INVALID', where, 'it cannot be read');
      continue;
    }
    if (content.previous !== (previous === undefined ? null : hashOfLine(previous.text).toString('hex')))
      findings.add('ANCHOR_INVALID', where, 'it does not follow the line before it');
    const key = keys.get(content.head.key);
    if (
      key === undefined ||
      !isSignedBy(key, signedText('record', content.head), Buffer.from(content.signature, 'hex'))
    )
      findings.add('ANCHOR_INVALID', where, 'its head is not signed by a key of this store');
  }
};

const TORN_ALIKE = 8;
/** Lines begin with the same words whatever their head. */
const sharesBeginning = (torn: string, next: string): boolean =>
  next.startsWith(torn.slice(0, Math.min(torn.length, TORN_ALIKE)));

const checkAgainstLines = (
  path: string,
  own: readonly Anchor[],
  lines: readonly ReadLine[],
  findings: Findings,
): void => {
  const hashes = new Set(lines.map(({ text }) => hashOfLine(text).toString('hex')));
  for (const { number, proof } of own)
    if (!hashes.has(proof.toString('hex')))
      findings.add('ANCHOR_INVALID', `anchor ${number} (${path})`, 'the file does not hold its line');
};

/** Heads of lines that the store still has; what it lacks it had once. */
const headsOfLines = (
  path: string,
  lines: readonly ReadLine[],
  keys: KnownKeys,
  byHash: ReadonlyMap<string, SignedRecordHead>,
  sizes: ReadonlyMap<string, number>,
  findings: Findings,
): SignedRecordHead[] => {
  const found: SignedRecordHead[] = [];
  const lost: ReadLine[] = [];
  for (const one of lines) {
    if (one.content === null || !keys.has(one.content.head.key)) continue;
    const head = byHash.get(toHex(headHash(sha256, one.content.head as RecordHead)));
    if (head === undefined) lost.push(one);
    else found.push(head);
  }
  const [first] = lost;
  if (first?.content !== null && first !== undefined) {
    const shorter = (lost.at(-1)?.content?.logs ?? [])
      .filter(({ log, size }) => size > (sizes.get(log) ?? 0))
      .map(({ log, size }) => `${findings.nameOf(log)} had ${size} events and has ${sizes.get(log) ?? 0}`);
    findings.add(
      'RECORD_ROLLED_BACK',
      `${path}, line ${first.line}${lost.length === 1 ? '' : ` and ${lost.length - 1} more`}`,
      `the head of ${first.content.head.at} was anchored and is not in the store` +
        (shorter.length === 0 ? '' : `: ${shorter.join('; ')}`),
    );
  }
  return found;
};

const checkStamps = async (
  anchors: readonly Anchor[],
  heads: ReadonlyMap<number, SignedRecordHead>,
  { tsaCaFile }: AnchorSettings,
  findings: Findings,
  seen: (head: SignedRecordHead) => void,
): Promise<number> => {
  const stamps = anchors.filter(({ kind }) => kind === 'tsa');
  if (stamps.length === 0) return 0;
  const { readCertificates, readStamp } = await import('../../../sealer/time-stamps.js');
  const authorities = tsaCaFile === null ? [] : readCertificates(await readFile(tsaCaFile, 'utf8'), tsaCaFile);
  let unpinned = 0;
  for (const { number, place, proof, round } of stamps) {
    const head = heads.get(round);
    const where = `anchor ${number} (${place})`;
    if (head === undefined) {
      findings.add('ANCHOR_INVALID', where, `there is no head of round ${round}`);
      continue;
    }
    try {
      const { isPinned } = await readStamp(proof, signedText('record', head.head), authorities);
      if (!isPinned) unpinned += 1;
      seen(head);
    } catch (error) {
      if (!isRedthreadError(error)) throw error;
      findings.add(error.code, where, error.detail);
    }
  }
  return unpinned;
};
