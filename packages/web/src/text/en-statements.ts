// Text of the clue sheet of a series: what speaks for where it was made, who claims it, which country people vote for.
import type { StatementKind } from '@redthread/core/contract';
import { plural } from './plural.js';

const kinds: Readonly<Record<StatementKind, string>> = {
  language: 'Language heard',
  writing: 'Writing seen',
  socket: 'Sockets',
  plug: 'Plugs',
  brand: 'Brands',
  plant: 'Plants',
  light: 'Light',
  sound: 'Sounds',
  other: 'Other clues',
  claim: 'Claims',
  country: 'Country, by votes',
};

export const statements = {
  title: 'Clue sheet',
  kinds,
  kind: 'What it is',
  value: 'What you see or hear',
  country: 'Country, two letters',
  countryForm: 'Two letters, as ISO 3166 gives them: ES',
  reason: {
    clue: 'Where in it, and why it speaks for a place',
    country: 'What speaks for this country',
    claim: 'What your agency does with it',
  },
  add: 'State it',
  nothing:
    'Nothing is stated of it yet: language, sockets and plugs, brands, plants and light tell where it was made. Whoever sees the series may state something.',
  votes: 'Votes by country',
  votesFor: (_country: string, votes: number, agencies: number) =>
    `${plural(votes, 'vote', 'votes')} of ${plural(agencies, 'agency', 'agencies')}`,
  takenBackToo: (n: number) => `Show what was taken back, ${n}`,
  byEvidence: {
    person: 'By somebody’s word',
    method: (method: string) => `By a match that somebody took, ${method}`,
  },
  dropHere: 'Drop a suggestion here, or press A on it, to say that it belongs.',
};
