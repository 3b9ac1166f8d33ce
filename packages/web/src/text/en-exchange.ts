// What the interface says of exports and of what was given to others, in English.
import {
  EXCHANGE_NOTES,
  type ExchangeField,
  type ExchangeFormat,
  type ExchangeNoteCode,
} from '@redthread/core/contract';
import { count } from './format.js';
import { packages } from './en-packages.js';
import { plural } from './plural.js';

const formats: Readonly<Record<ExchangeFormat, string>> = {
  vics: 'VICS 2.0',
  icse: 'ICSE columns (CSV)',
  csv: 'Table (CSV)',
  case: 'CASE/UCO (JSON-LD)',
  ftm: 'FollowTheMoney',
  graphml: 'GraphML',
};

const fields: Readonly<Record<ExchangeField, string>> = {
  paths: 'paths',
  times: 'times of files',
  series: 'series',
  verdicts: 'votes',
  lists: 'what lists say',
  metadata: 'metadata',
  signals: 'PDQ',
  names: 'names of people',
};

export const exchange = {
  title: 'Export',
  format: 'Format',
  formats,
  mediaSet: 'as a media set, without cases',
  leaveOut: 'Leave out',
  fields,
  to: 'For whom (nobody: it stays here)',
  handling: 'Handled as',
  strictest: 'the strictest in it',
  withoutUnread: 'go without files that could not be read',
  look: 'Look first',
  write: 'Export',
  begin: 'Export…',
  holds: (media: number, files: number) => `${plural(media, 'media', 'media')} at ${plural(files, 'path', 'paths')}`,
  as: (handling: string, scheme: string) => `${handling}, categories in ${scheme}`,
  note: (code: ExchangeNoteCode, n: number, first: string) => `${count(n)}: ${EXCHANGE_NOTES[code]}. First: ${first}`,
  written: 'It is on record, and was saved.',
  baseline: {
    title: 'Baseline list',
    teach:
      'Digests of what people of two agencies in different countries have each looked at and found to be baseline.',
    to: 'For whom',
    release: 'Release',
    holds: (entries: number, withdrawn: number) =>
      `${plural(entries, 'entry', 'entries')}; ${count(withdrawn)} that they had are withdrawn`,
    held: (alone: number, disputed: number) =>
      `Held back: ${count(alone)} looked at in one country alone, ${count(disputed)} disputed by somebody who looked`,
  },
  packages,
  ledger: 'Given to others',
  none: 'Your agency has given nothing to others yet.',
  when: 'When',
  receiver: 'Receiver',
  of: 'Of',
  items: 'Items',
  takenBack: 'Taken back',
  by: 'By',
};
