// A notice as a line of text, for the terminal.
import type { Notice } from '@redthread/core/contract';

type Detail = Readonly<Record<string, string | undefined>>;

const heldIn = ({ exhibit, exhibits, media }: Detail): string =>
  `${media} of the files in ${exhibits === '1' ? exhibit : `${exhibits} of your exhibits, ${exhibit} among them`}`;

const notesOf = (on: string | undefined, about: string | undefined): string => `redthread note list --${on} ${about}`;

/** What has become of the reader's own account. */
const ACCOUNT: Readonly<Record<string, (name: string) => string>> = {
  password: () => 'you have a new password',
  'factor-added': (name) => `the second factor ${name} was added to your account`,
  'factor-removed': (name) => `the second factor ${name} was taken from your account`,
  'recovery-codes': () => 'you have new recovery codes',
  'recovery-code-used': () => 'one of your recovery codes was used',
  'key-made': (name) => `the API key ${name} was made in your name`,
  'key-ended': (name) => `your API key ${name} has ended`,
  'provider-bound': (name) => `somebody at ${name} may now sign in as you`,
  'provider-changed': (name) => `somebody else at ${name} may now sign in as you`,
  'provider-removed': (name) => `nobody at ${name} may sign in as you any more`,
};

const WORDS: Readonly<Record<Notice['kind'], (detail: Detail) => string>> = {
  invitation: ({ agency, officer, operation, reference }) =>
    `${officer} of ${agency} invites your agency to the operation ${operation}: redthread operation accept ${reference}`,
  'invitation-answered': ({ agency, answer, operation }) =>
    `${agency} ${answer === 'accepted' ? 'has joined' : 'declined to join'} the operation ${operation}`,
  'access-given': ({ agency, officer, reference }) =>
    `${officer} of ${agency} gives you the case ${reference}: redthread case show ${reference}`,
  'break-glass': ({ agency, officer, reference, reason }) =>
    `${officer} of ${agency} has broken the glass of your case ${reference}: ${reason}`,
  'break-glass-ended': ({ reference }) => `your break-glass access to the case ${reference} was ended by its agency`,
  request: ({ by, kind, case: reference, exhibit, number }) =>
    `${by} asks for a second person: ${kind} of ${exhibit === undefined ? reference : `${reference}/${exhibit}`}: redthread requests show ${number}`,
  'request-answered': ({ kind, case: reference, answer, number }) =>
    `${kind} of ${reference} (${number}) ${answer === 'done' ? 'is done' : answer === 'refused' ? 'was refused' : 'failed'}`,
  contact: ({ agency, officer, grade, case: reference, reference: number, urgent }) =>
    `${urgent === undefined ? '' : 'URGENT, a child is at risk: '}${officer} of ${agency} works on what the case ${reference} holds (${grade}): redthread contact show ${number}`,
  'list-hits': ({ list, version, ...held }) => `the list ${list} ${version} names ${heldIn(held)}`,
  'list-ended': ({ list, version, ...held }) =>
    `the list ${list} ${version} counts no longer: it named ${heldIn(held)}`,
  'list-damaged': ({ list, version, code, about }) =>
    `the files of ${list === undefined ? `a list (VAULT/lists/${about})` : `the list ${list} ${version}`} are damaged (${code}): it says nothing until they are put back and checked: redthread list check`,
  'list-flood': ({ list, files, digest }) =>
    `a digest on the list ${list} is in ${files} files and was set aside: redthread list negative show ${digest}`,
  'at-risk': ({ subject, name, agency, officer, reason, until }) =>
    `CHILD AT RISK NOW: ${officer} of ${agency} marked the ${subject} ${name}, until ${until} UTC: ${reason}`,
  'at-risk-ended': ({ subject, name }) =>
    `your mark on the ${subject} ${name} has run out: where the child is still at risk, mark it anew: redthread at-risk mark`,
  outcome: ({ agency, media }) =>
    `a series to which your agency contributed is identified, says ${agency}${media === '0' ? '' : `; ${media} of your media belong to it`}: redthread outcome`,
  'outcome-withdrawn': ({ agency }) =>
    `${agency} took back that a series to which your agency contributed is identified`,
  'standing-hits': ({ search, added }) =>
    `your kept search ${search} has found ${added} more: redthread standing show "${search}"`,
  'standing-ended': ({ search }) => `the time of your kept search ${search} is over: it looks no more`,
  note: ({ agency, by, on, about }) => `${by} of ${agency} has written on the ${on}: ${notesOf(on, about)}`,
  'note-answered': ({ agency, by, on, about }) =>
    `${by} of ${agency} answers in a thread of yours on the ${on}: ${notesOf(on, about)}`,
  task: ({ agency, by, on, due, task }) =>
    `${by} of ${agency} gives you a task in the ${on}${due === '' ? '' : `, due ${due}`}: redthread task show ${task}`,
  'task-ended': ({ agency, by, on, state, task }) =>
    `${by} of ${agency}: your task in the ${on} is ${state}: redthread task show ${task}`,
  ask: ({ agency, by, number, due }) =>
    `${by} of ${agency} asks your country, until ${due}: redthread ask show ${number}`,
  'ask-second': ({ by, number }) =>
    `${by} asks for a second person to look at a crop before it leaves: redthread ask show ${number}`,
  'ask-refused': ({ by, number }) => `${by} has refused your question ${number}: redthread ask show ${number}`,
  'ask-answered': ({ agency, by, number, says }) =>
    `${by} of ${agency} answers your question ${number} (${says}): redthread ask show ${number}`,
  account: ({ what, name, by }) => `${ACCOUNT[what ?? '']?.(name ?? '') ?? what}${by === '' ? '' : `, by ${by}`}`,
  'case-offered': ({ agency, case: reference, number }) =>
    `${agency} offers you the case ${reference}: redthread requests accept ${number}`,
};

export const noticeInWords = ({ kind, detail, object }: Notice): string =>
  WORDS[kind]({ ...(detail as Detail), about: object.id });
