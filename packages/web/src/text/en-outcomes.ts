// What pages say of what became of contributions, in English.
import { plural } from './plural.js';

export const outcomes = {
  title: 'What became of your contributions',
  /** Of an outcome, by the agency that released it. */
  line: (agency: string, media: number) =>
    media === 0
      ? `A series to which your agency contributed is identified, says ${agency}.`
      : `${plural(media, 'media', 'media')} of your agency belong to a series that is identified, says ${agency}:`,
  more: (n: number) => `and ${plural(n, 'more', 'more')}`,
  release: 'Tell contributors that it is identified',
  means:
    'Every agency that contributed learns which of its own media belong to a series that is identified, and your agency by name. No person, no day, no name of the series; and you are not told who they are.',
  why: 'Why: stands in your record, goes to nobody',
  released: (by: string, time: string) => `Contributors were told that it is identified, by ${by}, ${time}`,
};
