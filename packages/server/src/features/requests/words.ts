// Requests in the words of the command line.
import type { TwoPersonRequest } from '@redthread/core/contract';
import { minute } from '../../app/cli/minute.js';

const KIND_WORDS: Readonly<Record<TwoPersonRequest['kind'], string>> = {
  'case-destroy': 'destroy the case',
  'case-transfer': 'hand the case over',
  'exhibit-move': 'move the exhibit',
  'exhibit-withdraw': 'withdraw the exhibit',
  undo: 'undo',
  purge: 'purge what was withdrawn',
};

export const subjectOf = ({ caseReference, exhibit, to }: TwoPersonRequest): string =>
  `${exhibit === null ? caseReference : `${caseReference}/${exhibit}`}${to === null ? '' : ` to ${to}`}`;

export const kindInWords = ({ kind, of, undoes }: TwoPersonRequest): string =>
  kind === 'undo' ? `undo ${of ?? ''}: ${undoes === null ? '' : KIND_WORDS[undoes]}` : KIND_WORDS[kind];

/** `refused by`, and a blank. */
const WIDEST = 11;

const line = (title: string, text: string | null): string[] =>
  text === null || text === '' ? [] : [`  ${title.padEnd(WIDEST)}${text}`];

export const requestLines = (request: TwoPersonRequest): string[] => [
  `${request.number}  ${kindInWords(request)}  ${subjectOf(request)}`,
  ...line('state', request.state),
  ...line('reason', request.reason),
  ...request.notes.flatMap((note) => line('', note)),
  ...line('asked', `${request.requestedBy}, ${minute(request.requestedAt)} UTC`),
  ...line('second', request.decidedBy === null ? (request.second ?? 'anybody else who may') : null),
  ...line(
    'decided',
    request.decidedBy === null ? null : `${request.decidedBy}, ${minute(request.decidedAt ?? '')} UTC`,
  ),
  ...line('because', request.decisionReason),
  ...line(request.state === 'refused' ? 'refused by' : 'taken by', request.acceptedBy),
  ...line('open until', ['requested', 'offered'].includes(request.state) ? `${minute(request.expiresAt)} UTC` : null),
  ...line('error', request.errorCode === null ? null : `${request.errorCode}: ${request.errorDetail ?? ''}`),
  ...line('you may', request.may.join(', ')),
];

/** The next step of somebody who has asked. */
export const nextStep = ({ number, second, expiresAt }: TwoPersonRequest): string =>
  `${second ?? 'A second person'} confirms it in a session of their own until ${minute(expiresAt)} UTC: on the page Requests, or redthread requests confirm ${number}`;
