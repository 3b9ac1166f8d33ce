// What the page of requests says, in English: what each does, what of it cannot be undone, and what of it remains.
import type { RequestKind, RequestState, TwoPersonRequest } from '@redthread/core/contract';
import { plural } from './plural.js';

type May = TwoPersonRequest['may'][number];
type Asked = Exclude<RequestKind, 'undo'>;
type Undoable = 'exhibit-move' | 'exhibit-withdraw';

const kinds: Readonly<Record<Asked, string>> = {
  'case-destroy': 'Destroy the case',
  'case-transfer': 'Hand the case over',
  'exhibit-move': 'Move the exhibit',
  'exhibit-withdraw': 'Withdraw the exhibit',
  purge: 'Purge what was withdrawn',
};

const undone: Readonly<Record<Undoable, string>> = {
  'exhibit-move':
    'The exhibit goes back to the case that it came from, with its files, keys, matches and connections as they are now.',
  'exhibit-withdraw':
    'The exhibit comes back to its case with the files, metadata, legal bases, verdicts and keys that were kept aside. Matches and stacks are found anew. Where the same content was brought in meanwhile, its files refer to that, and a vote that its voter has replaced stays replaced.',
};

const consequences: Readonly<Record<Asked, string>> = {
  'case-destroy':
    'The key of the case goes first: nothing in this store opens any more what that key alone opened. Then go its files, exhibits that were withdrawn from it, the sealed objects that no other case of your agency needs, and the signals that nobody else holds. This cannot be undone.',
  'case-transfer':
    'The other agency is asked whether it takes the case; until it does, nothing changes. Then exhibits, files, verdicts and custody go over, under keys of its own, and what no other case of your agency needs is gone here. The line of the case stays, and its custody for auditors, coordinators and administrators. You cannot undo this: only the other agency can hand the case back.',
  'exhibit-move':
    'The exhibit goes to the other case with its files, keys, matches and connections, and the access to that case counts from then on. It can be undone as long as the exhibit has not gone on from there.',
  'exhibit-withdraw':
    'Nobody sees the exhibit any more; its rows and sealed objects are kept aside. What another exhibit holds as well stays there. Its custody stays, for auditors, coordinators and administrators. It can be undone until it is purged or the case is destroyed.',
  purge:
    'What was kept aside of the exhibit is deleted, except what another exhibit needs. The key of the case stays. This cannot be undone.',
};

const remains: Readonly<Partial<Record<Asked, string>>> = {
  'case-destroy':
    'What remains: sources in place and those that exhibits were taken from; what was revealed, downloaded, exported or copied by hand; the audit record, custody, requests, and the line of the case without its title. Backups from before and the write-ahead log of the database, until it is reused, hold the wrapped key still, which the master key opens. A signed record says what was destroyed and what remains.',
  purge:
    'What remains: the source of the exhibit; what was revealed, downloaded, exported or copied by hand; the audit record, custody and requests; backups from before, and the write-ahead log of the database until it is reused. A signed record says what was deleted and what remains.',
};

const states: Readonly<Record<RequestState, string>> = {
  requested: 'waits for a second person',
  offered: 'waits for the other agency',
  approved: 'agreed on, about to begin',
  running: 'at work',
  done: 'done',
  refused: 'refused',
  cancelled: 'taken back',
  expired: 'expired',
  failed: 'failed, nothing of it done',
};

const verbs: Readonly<Record<May, string>> = {
  confirm: 'Confirm',
  refuse: 'Refuse',
  cancel: 'Take back',
  accept: 'Take the case',
  undo: 'Ask to undo',
  purge: 'Ask to purge',
};

const isUndoable = (kind: RequestKind | null): kind is Undoable =>
  kind === 'exhibit-move' || kind === 'exhibit-withdraw';

const onlyAsked = 'This asks a second person; until somebody else confirms it, nothing happens.';
const nothingDone = 'Nothing of it is done, and it cannot be confirmed any more.';

/** What carrying out a request does, as paragraphs. */
const does = (kind: RequestKind, undoes: RequestKind | null): readonly string[] => {
  if (kind === 'undo') return isUndoable(undoes) ? [undone[undoes]] : [];
  return [consequences[kind], remains[kind]].filter((text) => text !== undefined);
};

/** What the viewer brings about by a step, as paragraphs. */
const means = (verb: May, { kind, undoes }: Pick<TwoPersonRequest, 'kind' | 'undoes'>): readonly string[] => {
  switch (verb) {
    case 'confirm':
      return does(kind, undoes);
    case 'accept':
      return [
        'The case comes to your agency with its exhibits, files, verdicts and custody, under keys of your own; content that you hold already is not stored again. You cannot undo this: you can hand the case back, which takes two persons of yours.',
      ];
    case 'refuse':
      return [`${nothingDone} Whoever asked is told.`];
    case 'cancel':
      return [nothingDone];
    case 'undo':
      return [onlyAsked, ...does('undo', kind)];
    case 'purge':
      return [onlyAsked, ...does('purge', null)];
  }
};

/** What asking for it brings about, as paragraphs. */
const askMeans = (kind: Exclude<Asked, 'purge'>): readonly string[] => [onlyAsked, ...does(kind, null)];

export const requests = {
  title: 'Requests',
  waiting: 'Open',
  all: 'All',
  empty: 'No request is open.',
  teach:
    'Moving or withdrawing an exhibit, handing over or destroying a case, undoing and purging take two persons: one asks, another confirms in a session of their own. What is over stands under All.',
  command: 'redthread exhibit move ES-1/7 --to-case ES-2 --reason "seized at the other address"',
  means,
  ask: (kind: Exclude<Asked, 'purge'>) => `Ask to ${kinds[kind].toLowerCase()}`,
  askMeans,
  asked: (number: string) => `${number} now waits for a second person.`,
  toCase: 'Reference of the case that it goes to',
  toAgency: 'Name of the agency that it goes to',
  leaveInPlace: 'sources that lie in place stay there, and the record says so',
  states,
  verbs,
  what: (kind: RequestKind, undoes: RequestKind | null, of: string | null) =>
    kind === 'undo' ? `Undo ${of ?? ''}: ${isUndoable(undoes) ? kinds[undoes].toLowerCase() : ''}` : kinds[kind],
  to: (to: string) => `to ${to}`,
  by: (who: string, at: string) => `${who}, ${at}`,
  askedBy: 'Asked by',
  reason: 'Reason',
  second: 'Second person',
  anybody: 'anybody else who may',
  openUntil: 'Open until',
  confirmed: 'Confirmed by',
  refused: 'Refused by',
  because: 'Because',
  taken: 'Taken by',
  ended: 'Ended',
  notes: 'To know',
  progress: 'Progress',
  error: 'Error',
  yourReason: 'Your reason',
  yourReasonIfAny: 'Your reason, if you give one',
  reference: 'Its reference here, if another',
  done: (n: number, total: number) => `${n} of about ${plural(total, 'file', 'files')}`,
  /** After a step. `number`: of the request that it was about, or that it has made. */
  said: {
    confirm: (number: string) => `${number} is confirmed; what comes of it stands under All.`,
    refuse: (number: string) => `${number} is refused.`,
    cancel: (number: string) => `${number} is taken back.`,
    accept: (number: string) => `The case of ${number} is taken; what comes of it stands under All.`,
    undo: (number: string) => `${number} now waits for a second person.`,
    purge: (number: string) => `${number} now waits for a second person.`,
  } satisfies Readonly<Record<May, (number: string) => string>>,
};
