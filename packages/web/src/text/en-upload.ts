// What the page says that brings an exhibit in, in English.
import { count } from './format.js';
import { plural } from './plural.js';

export const upload = {
  title: 'Add an exhibit',
  exhibit: 'Exhibit, such as 7',
  exhibitHint: 'Files of an exhibit that is here already are added to it; what it holds is not sent again.',
  viewed: 'Did a provider report these files?',
  viewing: {
    'nothing-said': 'No, or nothing is known of it',
    'none-viewed': 'Yes, and it has viewed none of them',
    list: 'Yes, and a list says which of them it has viewed',
  },
  viewingHint:
    'A file that the provider has not viewed is compared by its digests, and opened by nobody before a legal basis is recorded.',
  list: 'List of path,viewed',
  drop: (most: number) => `Drop up to ${count(most)} files, folders, or one ZIP, TAR or TAR.GZ here`,
  chooseFiles: 'Choose files',
  chooseFolder: 'Choose a folder',
  reading: 'Going through the folders…',
  chosen: (n: number, size: string) => `${plural(n, 'file', 'files')}, ${size}`,
  archive: (name: string, size: string) => `${name}, ${size}: opened by the server once it is there`,
  nothingChosen: 'Nothing was in it.',
  how: 'Files are hashed in this browser. What your agency holds already is not sent. Pictures are seen once the server has decoded them, here nothing of them is shown.',
  send: 'Send',
  sending: (exhibit: string) => `Sending exhibit ${exhibit}`,
  exhibitNamed: (exhibit: string) => `Exhibit ${exhibit}`,
  elsewhere: (exhibit: string, caseReference: string) =>
    `Exhibit ${exhibit} of ${caseReference} is being sent from this window; another one can be begun when it has ended.`,
  stages: { files: 'Files', hashed: 'Hashed', there: 'On the server' },
  unchanged: (n: number) => `${plural(n, 'file is', 'files are')} in the exhibit already and not read again`,
  stay: 'Other pages can be opened meanwhile; this window has to stay open. After it was closed, choose the same files again: it goes on where it was.',
  waiting: 'Waiting for the server; it goes on by itself.',
  stop: 'Cancel',
  stopping: 'Ending what is under way…',
  ends: {
    sent: 'Everything is on the server.',
    stopped: 'Cancelled. What is stored stays, and is not sent again.',
    failed: 'It was interrupted. What is stored stays, and is not sent again.',
  },
  goOn: 'Go on',
  open: (exhibit: string) => `Open exhibit ${exhibit}`,
  another: 'Add other files',
  failures: (n: number) => plural(n, 'file with something to say about it', 'files with something to say about them'),
  next: 'What to do',
  interrupted:
    'It was sent from a browser and has not come to its end. Choose the same files again: it goes on where it was.',
  note: (exhibit: string, done: number, total: number) => `sending ${exhibit}: ${count(done)} of ${count(total)}`,
};
