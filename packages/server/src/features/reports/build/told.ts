// What is said of a media, in the words of a report: people who looked, people who decided a stack, and lists, each apart.
import type { ReportColumn, SourceTime } from '@redthread/core/contract';
import { bytes, thousands } from '../../../app/cli/table.js';
import { stateInWords, toState } from '../../verdicts/index.js';
import { instant, TEXT } from '../text/en.js';
import { text } from './columns.js';
import type { MediaSays, ToldVote } from './media-query.js';

const voteInWords = ({ agency, at, by, code, counts, scheme }: ToldVote): string =>
  `${scheme}:${code}, ${by}${counts ? '' : ` (${agency}, ${TEXT.opinion})`}, ${instant(new Date(at).toISOString())}`;

const joined = (parts: readonly string[]): string => (parts.length === 0 ? TEXT.none : parts.join('; '));

/** The columns of `saidCells`; `widths`: of those that stand apart. */
export const saidColumns = (widths: {
  readonly verdict: number;
  readonly looked: number;
  readonly byStack: number;
  readonly lists: number;
}): ReportColumn[] => [
  text('verdict', 'Verdict', widths.verdict),
  text('looked', 'Examiner looked', widths.looked),
  text('by_stack', 'By stack', widths.byStack),
  text('not_looked', TEXT.notLooked, 1, { under: 'by_stack' }),
  text('list_says', 'List says', widths.lists),
];

export const saidCells = ({ lists, states, votes }: MediaSays): string[] => {
  const of = (seen: ToldVote['seen']): string[] => votes.filter((vote) => vote.seen === seen).map(voteInWords);
  const notLooked = of('not-looked');
  return [
    joined(states.map((state) => stateInWords(toState(state)))),
    joined(of('looked')),
    joined(of('by-stack')),
    notLooked.length === 0 ? '' : `${TEXT.notLooked}: ${notLooked.join('; ')}`,
    joined(lists.map(({ name, polarity, version }) => `${name} ${version}: ${polarity}`)),
  ];
};

const zoneOf = (offsetMinutes: number | null): string => {
  if (offsetMinutes === null) return TEXT.noZone;
  const [hours, minutes] = [Math.floor(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60];
  return `UTC${offsetMinutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
};

/** As the source wrote them, with what they rest on; a zone is never made up. */
export const timesInWords = (times: readonly SourceTime[]): string =>
  joined(times.map(({ basis, kind, offsetMinutes, text }) => `${kind} ${text} (${basis}, ${zoneOf(offsetMinutes)})`));

export const sizeInWords = (size: number | null): string => (size === null ? TEXT.none : String(size));
/** `1 234 567 bytes (1.2 MB)`: reads better in a head; in rows the bytes alone are exact. */
export const sizeBoth = (size: number): string => `${thousands(size)} bytes (${bytes(size)})`;
