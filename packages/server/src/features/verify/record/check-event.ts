// One sealed event against its event and its clear texts.
import {
  commitmentTo,
  eventHash,
  fromHex,
  sameBytes,
  sealedForm,
  textsOf,
  type Commitments,
  type Json,
} from '@redthread/core/audit';
import { sha256, type EventOfLog } from '../../../store/index.js';
import type { Erasures } from './erasures.js';
import type { Findings } from './findings.js';
import type { SealedEventRow } from './read.js';

const isHex = (value: Json | undefined): value is string =>
  typeof value === 'string' && /^(?:[0-9a-f]{2})+$/.test(value);

/** Names of clear texts as people read them. */
const wordsOf = (field: string): string =>
  field === 'row' ? 'the place that it is kept at' : `its clear text ${field.replace(/^detail\./, '')}`;

export const checkEvent = (row: SealedEventRow, findings: Findings, erasures: Erasures): void => {
  const { sealLog: log, number } = row;
  if (row.id === null) return findings.event('RECORD_MISSING', log, number, 'the event is gone');
  if (row.log !== log) findings.event('RECORD_CHANGED', log, number, 'it is of another log');
  const commitments = row.commitments as Commitments;
  if (!sameBytes(eventHash(sha256, sealedForm(log, number, row, commitments)), row.leaf))
    findings.event('RECORD_CHANGED', log, number, 'the event is not what was sealed');
  checkTexts(row, findings, erasures);
  if (row.type === 'audit-erase') erasures.said(row.detail);
};

const textOf = (event: EventOfLog, texts: ReadonlyMap<string, Json>, field: string): Json => {
  // A type may have been taught since which of its words are text: what was committed to decides.
  if (field === 'object') return event.objectId;
  if (field.startsWith('detail.')) return event.detail[field.slice('detail.'.length)] ?? null;
  return texts.get(field) ?? null;
};

const checkTexts = (row: SealedEventRow & EventOfLog, findings: Findings, erasures: Erasures): void => {
  const { sealLog: log, number } = row;
  const texts = textsOf(row);
  const salts = row.salts ?? {};
  for (const [field, commitment] of Object.entries(row.commitments)) {
    const salt = salts[field];
    const text = textOf(row, texts, field);
    const what = wordsOf(field);
    if (salt === undefined && text === null) erasures.gone(number, field);
    else if (salt === undefined)
      findings.event('RECORD_MISSING', log, number, `the salt is gone by which ${what} was checked`);
    else if (text === null) findings.event('RECORD_MISSING', log, number, `${what} is gone`);
    else if (!isHex(salt) || commitmentTo(sha256, fromHex(salt), field, text) !== commitment)
      findings.event('RECORD_CHANGED', log, number, `${what} is not what was sealed`);
  }
  const added = Object.keys(salts).filter((field) => !Object.hasOwn(row.commitments, field));
  if (added.length > 0)
    findings.event('RECORD_INSERTED', log, number, `salts for ${added.join(', ')}, which was not sealed`);
};
