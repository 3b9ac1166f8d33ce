// Votes on this media, what they come to, and the keys and buttons to vote by. What lists say stands apart.
import type { MediaVerdicts as Verdicts } from '@redthread/core/contract';
import { type Media, type Verdict } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { mediaVerdictsQuery } from '../../api/queries.js';
import { PolarityShape } from '../../form/list-badge.js';
import { Async } from '../../parts/async.js';
import { useCodeTitles } from '../../parts/code-titles.js';
import { Section } from '../../parts/section.js';
import { TakeBack } from '../../parts/take-back.js';
import { useVoting } from '../../parts/use-voting.js';
import { StateLine } from '../../parts/verdict-state.js';
import styles from '../../parts/verdicts.module.css';
import { VoteButtons } from '../../parts/vote-buttons.js';
import { instant } from '../../text/format.js';
import { t } from '../../text/index.js';

const words = t.verdicts;

const TOUCHES = ['/media', '/verdict-queue', '/funnel'];

/** `name`: scheme@version:code. */
const CodeCell = ({ name }: { name: string }): ReactNode => {
  const titleOf = useCodeTitles();
  const end = name.lastIndexOf(':');
  return (
    <td>
      <span className="mono">{name}</span>{' '}
      <span className="muted">{titleOf(name.slice(0, end), name.slice(end + 1))}</span>
    </td>
  );
};

const Votes = ({ votes }: { votes: readonly Verdict[] }): ReactNode => (
  <table className="table">
    <thead>
      <tr>
        <th className="num">{t.common.time}</th>
        <th>{words.by}</th>
        <th>{words.code}</th>
        <th>{words.who}</th>
        <th className="grow">{words.noteColumn}</th>
        <th />
      </tr>
    </thead>
    <tbody>
      {votes.map((vote) => (
        <tr key={vote.id} className={vote.retracted === null ? undefined : styles['retracted']} data-vote={vote.code}>
          <td className="num">{instant(vote.at)}</td>
          <td>
            {vote.by} {!vote.counts && <span className="muted">{words.opinion(vote.agency)}</span>}
          </td>
          <CodeCell name={vote.code} />
          <td title={words.seenHint[vote.seen]}>{words.seen[vote.seen]}</td>
          <td className="grow wrap">
            {vote.note}
            {vote.retracted !== null && ` ${words.takenBack} ${instant(vote.retracted.at)}: ${vote.retracted.reason}`}
          </td>
          <td className="num">
            {vote.own && vote.retracted === null && (
              <TakeBack path={`/verdicts/${vote.id}/retract`} touches={TOUCHES} />
            )}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

const Said = ({ votes, states, listHits }: Verdicts): ReactNode => (
  <>
    {states.map((state) => (
      <StateLine key={state.scheme} verdict={state} />
    ))}
    {votes.length === 0 && <p className="muted">{words.none}</p>}
    {listHits.length > 0 && (
      <p>
        <span className="muted">{words.onLists}</span>{' '}
        {listHits.map((hit) => (
          <span key={hit.listId}>
            <PolarityShape polarity={hit.polarity} /> {hit.name}, {hit.version}{' '}
          </span>
        ))}
      </p>
    )}
  </>
);

export const MediaVerdicts = ({ media }: { media: Media }): ReactNode => {
  const query = useQuery({ ...mediaVerdictsQuery(media.id), staleTime: 0 });
  const [note, setNote] = useState('');
  const voting = useVoting(media.state === 'closed' ? null : { mediaId: media.id, note }, {
    onCast: () => setNote(''),
  });
  return (
    <Section title={words.title} n={query.data?.votes.length} id="verdicts">
      <Async query={query}>
        {(data) => (
          <>
            <div className={styles['box']}>
              <Said {...data} />
              {voting.keys.length > 0 && media.state !== 'closed' && (
                <>
                  <input
                    className={`field ${styles['note']}`}
                    value={note}
                    maxLength={2000}
                    placeholder={words.note}
                    aria-label={words.note}
                    onChange={(event) => setNote(event.currentTarget.value)}
                  />
                  <VoteButtons voting={voting} mediaId={media.id} />
                </>
              )}
            </div>
            {data.votes.length > 0 && <Votes votes={data.votes} />}
          </>
        )}
      </Async>
    </Section>
  );
};
