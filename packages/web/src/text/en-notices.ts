// What notices say, in English.
import { standing } from './en-standing.js';

type Detail = Readonly<Record<string, string>>;

/** How many files of which exhibits a list names. */
const heldIn = ({ exhibit, exhibits, media }: Detail): string =>
  `${media} of the files in ${exhibits === '1' ? exhibit : `${exhibits} of your exhibits, ${exhibit} among them`}`;

/** What a note or a task is about. */
const kinds: Detail = { operation: 'an operation', case: 'a case', series: 'a series', media: 'a media' };

/** What has become of the reader's own account. */
const account: Readonly<Record<string, (name: string) => string>> = {
  password: () => 'You have a new password',
  'factor-added': (name) => `The second factor ${name} was added to your account`,
  'factor-removed': (name) => `The second factor ${name} was taken from your account`,
  'recovery-codes': () => 'You have new recovery codes',
  'recovery-code-used': () => 'One of your recovery codes was used',
  'key-made': (name) => `The API key ${name} was made in your name`,
  'key-ended': (name) => `Your API key ${name} has ended`,
  'provider-bound': (name) => `Somebody at ${name} may now sign in as you`,
  'provider-changed': (name) => `Somebody else at ${name} may now sign in as you`,
  'provider-removed': (name) => `Nobody at ${name} may sign in as you any more`,
};

export const notices = {
  title: 'Notices',
  bell: (n: number) => (n === 0 ? 'Notices' : `Notices, ${n} unread`),
  empty: 'Nothing has to be told to you.',
  teach:
    'Invitations to operations, break-glass access to your cases, agencies to contact, lists that name what is in your exhibits, and what your kept searches find appear here.',
  unread: 'Unread only',
  all: 'All',
  readAll: 'Mark all as read',
  read: 'Mark as read',
  open: 'Open',
  standing,
  words: {
    invitation: ({ agency, officer, operation }: Detail) =>
      `${officer} of ${agency} invites your agency to the operation ${operation}`,
    'invitation-answered': ({ agency, answer, operation }: Detail) =>
      `${agency} ${answer === 'accepted' ? 'has joined' : 'declined to join'} the operation ${operation}`,
    'access-given': ({ agency, officer, reference }: Detail) =>
      `${officer} of ${agency} gives you the case ${reference}`,
    'break-glass': ({ agency, officer, reference, reason }: Detail) =>
      `${officer} of ${agency} has broken the glass of your case ${reference}: ${reason}`,
    'break-glass-ended': ({ reference }: Detail) =>
      `Your break-glass access to the case ${reference} was ended by its agency`,
    request: ({ by, case: reference, number }: Detail) =>
      `${by} asks for a second person in the case ${reference} (request ${number})`,
    'request-answered': ({ case: reference, answer, number }: Detail) =>
      `Request ${number} in the case ${reference} ${answer === 'done' ? 'is done' : answer === 'refused' ? 'was refused' : 'failed'}`,
    contact: ({ agency, officer, grade, case: reference, urgent }: Detail) =>
      `${urgent === undefined ? '' : 'Urgent, a child is at risk: '}${officer} of ${agency} works on what the case ${reference} holds (${grade}): ask them`,
    'list-hits': (detail: Detail) => `The list ${detail['list']} ${detail['version']} names ${heldIn(detail)}`,
    'list-ended': (detail: Detail) =>
      `The list ${detail['list']} ${detail['version']} counts no longer: it named ${heldIn(detail)}`,
    'list-damaged': ({ list, version, code, about }: Detail) =>
      `The files of ${list === undefined ? `a list (VAULT/lists/${about})` : `the list ${list} ${version}`} are damaged (${code}): put them back, then run redthread list check`,
    'list-flood': ({ list, files }: Detail) =>
      `A digest on the list ${list} is in ${files} files: it was set aside until somebody says what it is`,
    'at-risk': ({ subject, name, agency, officer, reason, until }: Detail) =>
      `Child at risk now: ${officer} of ${agency} marked the ${subject} ${name}, until ${until} UTC: ${reason}`,
    'at-risk-ended': ({ subject, name }: Detail) =>
      `Your mark on the ${subject} ${name} has run out: where the child is still at risk, mark it anew`,
    outcome: ({ agency, media }: Detail) =>
      `A series to which your agency contributed is identified, says ${agency}${media === '0' ? '' : `; ${media} of your media belong to it`}`,
    'outcome-withdrawn': ({ agency }: Detail) =>
      `${agency} took back that a series to which your agency contributed is identified`,
    'standing-hits': ({ search, added }: Detail) => `Your kept search ${search} has found ${added} more`,
    'standing-ended': ({ search }: Detail) => `The time of your kept search ${search} is over: it looks no more`,
    note: ({ agency, by, on }: Detail) => `${by} of ${agency} has written a note on ${kinds[on ?? ''] ?? on}`,
    'note-answered': ({ agency, by, on }: Detail) =>
      `${by} of ${agency} answers in a thread of yours on ${kinds[on ?? ''] ?? on}`,
    task: ({ agency, by, on, due }: Detail) =>
      `${by} of ${agency} gives you a task in ${kinds[on ?? ''] ?? on}${due === '' ? '' : `, due ${due}`}`,
    'task-ended': ({ agency, by, on, state }: Detail) =>
      `${by} of ${agency}: your task in ${kinds[on ?? ''] ?? on} is ${state}`,
    ask: ({ agency, by, number, due }: Detail) => `${by} of ${agency} asks your country (${number}), until ${due}`,
    'ask-second': ({ by, number }: Detail) =>
      `${by} asks for a second person to look at a crop before it leaves (${number})`,
    'ask-refused': ({ by, number }: Detail) => `${by} has refused your question ${number}`,
    account: ({ what, name, by }: Detail) =>
      `${account[what ?? '']?.(name ?? '') ?? what}${by === '' ? '' : `, by ${by}`}`,
    'ask-answered': ({ agency, by, number }: Detail) => `${by} of ${agency} answers your question ${number}`,
    'case-offered': ({ agency, case: reference, number }: Detail) =>
      `${agency} offers your agency the case ${reference} (request ${number})`,
  },
};
