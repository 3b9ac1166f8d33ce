// What somebody reads who meets a file that its provider has not viewed.
import { plural } from './plural.js';

export const legal = {
  title: 'Legal basis',
  closed: 'The provider who reported this file has not viewed it.',
  closedAll: (n: number) =>
    `${plural(n, 'file', 'files')} of this exhibit ${n === 1 ? 'was' : 'were'} not viewed by the provider who reported them.`,
  why: 'It is compared by its digests, and opened by nobody before a legal basis is recorded: who, what and when stand in the record.',
  kinds: { warrant: 'Warrant', consent: 'Consent', emergency: 'Emergency', other: 'Other basis' },
  kind: 'Kind of basis',
  reference: 'Reference, such as the number of the warrant',
  words: 'What it covers',
  record: 'Record the basis and open',
  mayNot: 'An officer, coordinator or administrator of its agency can record one.',
  of: 'Covers',
  exhibit: 'the exhibit',
  media: 'one media',
  recorded: 'Recorded',
  withdrawn: 'Withdrawn',
  withdraw: 'Withdraw',
  reason: 'Why it was recorded by mistake',
};
