// What the pages of cases and exhibits say of custody and holds, in English.
import type { CustodyEntry } from '@redthread/core/contract';

const events: Readonly<Record<CustodyEntry['event'], string>> = {
  registered: 'registered',
  ingested: 'taken in',
  moved: 'moved',
  withdrawn: 'withdrawn',
  'brought-back': 'brought back',
  'handed-over': 'handed over',
  received: 'received',
  purged: 'purged',
  destroyed: 'destroyed',
  'hold-placed': 'hold placed',
  'hold-released': 'hold released',
};

export const custody = {
  title: 'Custody',
  none: 'Nothing is on record yet.',
  at: 'When',
  event: 'What',
  person: 'Who',
  way: 'From, to',
  reason: 'Reason',
  request: 'Request',
  events,
  withSecond: (person: string, second: string) => `${person}, confirmed by ${second}`,
  from: (from: string | null, to: string | null) => [from, to].filter((end) => end !== null).join(' → '),
  hold: {
    title: 'Legal hold',
    none: 'None. While a hold stands, nothing of the case is destroyed, purged or handed over, whoever has agreed on it.',
    since: 'Since',
    by: 'Placed by',
    place: 'Place a hold',
    release: 'Release the hold',
  },
};
