// Votes, what they come to, and tests for the terminal.
import type { CompetenceTest, MediaVerdicts, QueueItem, Verdict, VerdictState } from '@redthread/core/contract';
import { minute } from '../../app/cli/minute.js';
import { bold, table } from '../../app/cli/table.js';

const SEEN_WORDS: Readonly<Record<Verdict['seen'], string>> = {
  looked: 'looked',
  'by-stack': 'by stack',
  'not-looked': 'not looked',
};

/** `vic-default@2.0:0 decided, 2 looked, 1 by stack; against it 1`. */
export const stateInWords = ({
  scheme,
  state,
  code,
  missing,
  dissent,
  cannotSay,
  tallies,
  quorum,
}: VerdictState): string => {
  const of = code === null ? undefined : tallies.find((tally) => tally.code === code);
  return [
    `${scheme}${code === null ? '' : `:${code}`} ${state}`,
    ...(of === undefined ? [] : [`${of.looked} looked`, `${of.byStack} by stack`]),
    ...(dissent > 0 ? [`${dissent} ${code === null ? 'against each other' : 'against it'}`] : []),
    ...(cannotSay > 0 ? [`${cannotSay} could not say`] : []),
    ...(missing > 0 ? [`${missing} of ${quorum} missing`] : []),
  ].join(', ');
};

export const voteLines = (votes: readonly Verdict[]): string[] =>
  table(
    [
      { title: 'time (UTC)' },
      { title: 'by' },
      { title: 'code' },
      { title: 'seen' },
      { title: 'note' },
      { title: 'id' },
    ],
    votes.map((vote) => [
      minute(vote.at),
      vote.counts ? vote.by : `${vote.by} (${vote.agency}, an opinion)`,
      vote.code,
      SEEN_WORDS[vote.seen],
      vote.retracted === null ? vote.note : `taken back: ${vote.retracted.reason}`,
      vote.id,
    ]),
  );

export const verdictLines = ({ votes, states, listHits }: MediaVerdicts, colour: boolean): string[] => [
  ...states.map((state) => bold(stateInWords(state), colour)),
  ...voteLines(votes),
  ...(listHits.length === 0 ? [] : ['', 'apart from that, on lists; no examiner has looked because of them:']),
  ...listHits.map(({ name, version, polarity }) => `  ${name}, ${version}: ${polarity}`),
];

export const queueLines = (items: readonly QueueItem[]): string[] =>
  table(
    [{ title: 'media' }, { title: 'last vote (UTC)' }, { title: 'votes' }, { title: '' }],
    items.map(({ mediaId, verdict, lastAt }) => [
      mediaId,
      minute(lastAt),
      verdict.tallies.map(({ code, looked, byStack }) => `${code}: ${looked + byStack}`).join('  '),
      stateInWords(verdict),
    ]),
  );

const outcome = ({ passed, right, questions, expiresAt }: CompetenceTest): string =>
  passed === null
    ? 'not answered'
    : `${passed ? 'passed' : 'failed'}, ${right} of ${questions}${expiresAt === null ? '' : `, until ${expiresAt.slice(0, 10)}`}`;

export const testLines = (tests: readonly CompetenceTest[]): string[] =>
  table(
    [{ title: 'begun (UTC)' }, { title: 'by' }, { title: 'scheme' }, { title: 'outcome' }, { title: 'id' }],
    tests.map((test) => [minute(test.begunAt), test.by, test.scheme, outcome(test), test.id]),
  );

export const testOutcome = (test: CompetenceTest): string => `${test.scheme}: ${outcome(test)}`;
