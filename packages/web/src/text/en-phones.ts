// What a page says of reports of phones and of providers.
import { count } from './format.js';
import { plural } from './plural.js';

export const phones = {
  title: 'Reports in it',
  note: 'As the report says it: the word of whoever made it, held against the files where that can be done.',
  formats: { ufdr: 'Report of a phone (UFDR)', cybertip: 'Report of a provider (CyberTipline)' },
  unread: { waiting: 'waits to be read', failed: 'could not be read' },
  container: 'Lies in',
  holds: 'Holds',
  chats: (n: number) => plural(n, 'chat', 'chats'),
  contacts: (n: number) => plural(n, 'contact', 'contacts'),
  accounts: (n: number) => plural(n, 'account', 'accounts'),
  reported: (n: number) => plural(n, 'reported user', 'reported users'),
  files: 'Files that it names',
  own: (n: number) => `${count(n)} with bytes of their own`,
  shared: (n: number) => `${count(n)} share bytes with another`,
  absent: (n: number) => `${count(n)} whose bytes are not in it`,
  deleted: (n: number) => `${count(n)} deleted on the device`,
  differing: (n: number) => `${count(n)} with other digests than it says`,
  people: 'People that it names',
  name: 'Name',
  entries: 'Numbers, addresses and accounts',
  left: 'Left out',
  /** On a file. */
  onDevice: 'On the device',
  states: { deleted: 'deleted there', trash: 'in the bin there' },
  bytes: { shared: 'shares the bytes of another file', absent: 'named by the report, not in it' },
  disagrees: 'other digests than the report says',
};
