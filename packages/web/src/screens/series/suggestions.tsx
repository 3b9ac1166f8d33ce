// Media that match a member, strongest first, each with its reason; whoever adds one says so with that reason.
import { MembersAdded, type SeriesSuggestion } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { callJson } from '../../api/client.js';
import { seriesSuggestionsQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { Async } from '../../parts/async.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import styles from '../../parts/series.module.css';
import { t } from '../../text/index.js';
import { Tile } from './tile.js';

const words = t.series;
const LONGEST_REASON = 200;

export const Suggestions = ({ seriesId }: { seriesId: string }): ReactNode => {
  const query = useQuery({ ...seriesSuggestionsQuery(seriesId), staleTime: 0 });
  const add = useChange(
    (one: SeriesSuggestion) =>
      callJson(`/series/${seriesId}/members`, MembersAdded, {
        method: 'POST',
        body: {
          media: [one.mediaId],
          reason: one.words.slice(0, LONGEST_REASON),
          ...(one.method.includes('@') && { method: one.method }),
        },
      }),
    ['/series', '/media'],
  );
  return (
    <Section title={words.suggested} n={query.data?.items.length} id="suggested">
      <Async query={query}>
        {({ items, truncated }) => {
          if (items.length === 0) return <p className={styles['note']}>{words.noSuggestions}</p>;
          return (
            <>
              <p className={`muted ${styles['note']}`}>{words.suggestedNote}</p>
              {add.error !== null && <ProblemNotice error={add.error} />}
              <div className={styles['members']}>
                {items.map((one) => (
                  <div key={one.mediaId} className={styles['member']} data-suggested={one.mediaId}>
                    <Tile tile={one} />
                    <Link to="/compare" search={{ a: one.to, b: one.mediaId }} className="link">
                      {one.words}
                    </Link>
                    <button type="button" className="button" disabled={add.isPending} onClick={() => add.mutate(one)}>
                      {words.add}
                    </button>
                  </div>
                ))}
              </div>
              {truncated && <p className={styles['note']}>{words.moreSuggestions}</p>}
            </>
          );
        }}
      </Async>
    </Section>
  );
};
