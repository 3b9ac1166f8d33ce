// Text of connections: the feed, its switches, what is decided and why.
import { count } from './format.js';
import { plural } from './plural.js';

export const connections = {
  title: 'Connections',
  between: { exhibits: 'Exhibits', cases: 'Cases' },
  connected: 'Connections',
  asLeads: (n: string) => `Leads ${n}`,
  anyState: 'Any state',
  empty: {
    exhibits: 'Nothing connects two exhibits that you may see.',
    cases: 'Nothing connects two cases that you may see.',
  },
  emptyLeads: 'No lead: nothing was found that chance would bring as well.',
  emptyState: 'None of them is in this state.',
  emptyStateTeach: 'Choose another state above, or any.',
  teach: 'Connections appear as soon as two exhibits are matched. See how far the work is with the line below, or run:',
  command: 'redthread connections',
  seeLeads: (n: number) => `${plural(n, 'lead', 'leads')}, which chance might bring as well`,
  evidence: (n: string) => `evidence ${n}`,
  evidenceHint:
    'In bits: each one doubles how much likelier the measurement is for a copy than for another picture, as far as the method was tested.',
  causes: { content: 'content', place: 'place', device: 'device' },
  states: { new: 'new', confirmed: 'confirmed', rejected: 'rejected', snoozed: 'snoozed' },
  again: 'new again',
  stateHeading: 'State',
  strongest: 'Strongest reason',
  reason: 'Reason',
  strength: 'Evidence',
  pairs: 'Pairs by grade',
  legend:
    'Strongest first: the evidence of the best pair of files of each cause, less one for each doubling of the comparisons made and of the exhibits that hold it; where they are equal, more pairs come first. The signs are grades:',
  legendLeads:
    'Leads: no cause carries one of them by itself, since as many comparisons bring as much by chance. One becomes a connection when another cause carries it. The signs are grades:',
  showAlike: (n: number, between: 'exhibits' | 'cases') =>
    `The same file links ${plural(n, 'more pair', 'more pairs')} of ${between}: show them`,
  hideAlike: (n: number) => `Hide the ${plural(n, 'pair', 'pairs')} that the same file links`,
  position: (at: number, total: number) => `${count(at)} of ${count(total)} connections`,
  reasons: 'Reasons',
  reasonsOf: (a: string, b: string) => `${a} and ${b}`,
  openPair: 'Open the two',
  grade: 'Grade',
  cause: 'Channel',
  bits: 'Of the match',
  comparisons: 'Comparisons',
  holders: 'Holders',
  counted: 'Counts',
  countedHint:
    'Bits of the match, less the doublings of the comparisons and of the holders. Of a channel the best counts.',
  notCounted: 'not counted: a better one of this channel is',
  judgement: 'Decision',
  undecided: 'Your agency has decided nothing here.',
  decisions: {
    confirmed: 'Confirmed',
    rejected: 'Rejected',
    snoozed: 'Snoozed',
    reopened: 'Opened again',
  },
  decided: (by: string, agency: string, at: string) => `${by}, ${agency}, ${at}`,
  until: (at: string) => `until ${at}`,
  untilField: 'Until',
  opinions: 'What other agencies decided, which decides nothing for yours',
  acts: { confirmed: 'Confirm', rejected: 'Reject', snoozed: 'Snooze', reopened: 'Open again' },
  why: 'Why',
  all: 'All that was decided',
  hideAll: 'Hide what was decided before',
};
