// What is said of kept searches, in English.
import { count } from './format.js';

export const standing = {
  title: 'Kept searches',
  keep: 'Keep this search',
  kept: 'Kept: what comes in later is told by a notice.',
  keepTitle: 'It looks again when what you see has changed, until its last day.',
  name: 'Name',
  until: 'Last day',
  purpose: 'Why you look, for the record',
  empty: 'You keep no search.',
  teach: 'Search, or filter a review, then keep it: you are told when something comes in that it finds.',
  looksFor: 'Looks for',
  state: 'State',
  states: { open: 'looks', expired: 'expired', ended: 'ended' },
  failed: (code: string) => `failed: ${code}`,
  hits: 'Hits',
  lookedAt: 'Last look',
  expires: 'Until',
  why: 'Purpose',
  part: (region: string) => `its part ${region}`,
  picture: (start: string) => `picture ${start}`,
  look: 'Look now',
  end: 'End',
  reason: 'Why, for the record',
  nothing: 'Nothing, as far as you see today.',
  nothingTeach: 'That nothing was found stands below, with what it was looked for in.',
  found: 'Found',
  added: 'new',
  onList: (name: string, version: string) => `on the list ${name} ${version}`,
  looks: 'Looks',
  lookedIn: (found: number, added: number, media: number, comparable: number, lists: number) =>
    `${count(found)} found, ${count(added)} of them new, in ${count(media)} unique files (${count(comparable)} by sight); lists asked: ${count(lists)}`,
  more: 'There was more than a search keeps: say more of what you look for.',
  outdated: (methods: string) =>
    `${methods} compare otherwise today than when the picture was given: search by it again, and keep that.`,
};
