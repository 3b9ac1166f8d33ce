// Text of operations, and of what waits for somebody in one.
import { plural } from './plural.js';

export const openQuestions = {
  title: 'Open questions',
  nothing: 'Nothing waits for anybody here.',
  unseen: 'new, and nobody has looked at them',
  connections: 'connections that nobody has decided on',
  disputed: 'on which votes are against each other',
  second: 'wait for a vote of yours',
  asked: 'requests that wait for somebody',
  undated: 'chat exports that ask in which order their dates stand',
  failed: 'files of which a stage made nothing',
  failedIn: (exhibits: number) => `files of which a stage made nothing, in ${plural(exhibits, 'exhibit', 'exhibits')}`,
};

export const operations = {
  title: 'Operations',
  empty: 'You belong to no operation yet.',
  teach: 'An operation joins the cases of several agencies. Whoever runs this instance makes one:',
  command: 'redthread operation add OP-2026-01 --name "Tantalus"',
  own: 'Cases outside any operation',
  ownTeach: 'No case yet. Make one, then bring its first exhibit in:',
  ownCommand: 'redthread case add ES-2026-014 --title "…"',
};

export const operation = {
  byAgency: 'Agencies',
  connections: 'Strongest connections',
  exhibits: 'Exhibits',
  noExhibits: 'No exhibit yet. Bring the first one in:',
  command: 'redthread ingest FOLDER --case CASE --exhibit 1',
  noConnections: 'Nothing connects two exhibits yet.',
  files: 'Files',
  bytes: 'Volume',
  cases: 'Cases',
  unreadable: 'Unreadable',
  allOf: (country: string, n: number) => `${country}: ${n} agencies together`,
  share: 'What the contents are',
  counted:
    'Files and contents as far as you see them, each number with its list. A content that several agencies hold is counted once, for the first of them that could decode it.',
};
