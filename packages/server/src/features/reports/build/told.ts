// What is said of a media, in the words of a report: people who looked, people who decided a stack, and lists, each apart.
import type { SourceTime } from '@redthread/core/contract';
import { bytes, thousands } from '../../../app/cli/table.js';
import { stateInWords, toState } from '../../verdicts/index.js';
import { instant, TEXT } from '../text/en.js';
import type { MediaSays, ToldVote } from './media-query.js';

const voteInWords = ({ agency, at, by, code, counts, scheme }: ToldVote): string =>
  `${scheme}:${code}, ${by}${counts ? '' : ` (${agency}, ${TEXT.opinion})`}, ${instant(new Date(at).toISOString())}`;

const joined = (parts: readonly string[]): string => (parts.length === 0 ? TEXT.none : parts.join('; '));

export interface SaidInWords {
  readonly verdict: string;
  readonly looked: string;
  readonly byStack: string;
  readonly notLooked: string;
  readonly lists: string;
}

export const saidInWords = ({ lists, states, votes }: MediaSays): SaidInWords => {
  const of = (seen: ToldVote['seen']): string[] => votes.filter((vote) => vote.seen === seen).map(voteInWords);
  const notLooked = of('not-looked');
  return {
    verdict: joined(states.map((state) => stateInWords(toState(state)))),
    looked: joined(of('looked')),
    byStack: joined(of('by-stack')),
    notLooked: notLooked.length === 0 ? '' : `${TEXT.notLooked}: ${notLooked.join('; ')}`,
    lists: joined(lists.map(({ name, polarity, version }) => `${name} ${version}: ${polarity}`)),
  };
};

export const NOTHING_SAID: MediaSays = { votes: [], states: [], lists: [] };

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
