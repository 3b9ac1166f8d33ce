// Media that match a member, strongest first, each with its reason; whoever adds one says so with that reason.
import type { SeriesSuggestion, SeriesSuggestions } from '@redthread/core/contract';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useKeys } from '../../app/keys.js';
import { Kbd } from '../../app/own-keys.js';
import { ARROWS } from '../../layout/plane.js';
import { Async } from '../../parts/async.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import styles from '../../parts/series.module.css';
import { t } from '../../text/index.js';
import { Tile } from './tile.js';

const words = t.series;

/** What is dragged from here; nothing else that somebody drags over the page is taken. */
export const DRAGGED = 'application/x-redthread-suggestion';

interface SuggestionsProps {
  readonly query: UseQueryResult<SeriesSuggestions>;
  readonly add: UseMutationResult<unknown, Error, SeriesSuggestion>;
  readonly may: boolean;
}

/** The chosen one, by the arrows; what is taken away leaves the next in its place. */
const useChosenByKeys = (items: readonly SeriesSuggestion[], { add, may }: Omit<SuggestionsProps, 'query'>): number => {
  const navigate = useNavigate();
  const [wanted, setWanted] = useState(-1);
  const at = Math.min(wanted, items.length - 1);
  const one = items[at];
  const move = (_repeat: boolean, chord: string): void => {
    const [dx, dy] = ARROWS[chord] ?? [0, 0];
    const to = chord === 'Home' ? 0 : chord === 'End' ? items.length - 1 : at + dx + dy;
    const next = Math.max(0, Math.min(items.length - 1, to));
    setWanted(next);
    const id = items[next]?.mediaId;
    document.querySelector(`[data-suggested="${id ?? ''}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const withOne = (act: (one: SeriesSuggestion) => void) => (): void => {
    if (one !== undefined) act(one);
  };
  useKeys(
    t.series.suggested,
    [
      { action: 'move', run: move },
      ...(may
        ? [
            {
              action: 'addMember' as const,
              run: withOne((chosen) => {
                if (!add.isPending) add.mutate(chosen);
              }),
            },
          ]
        : []),
      {
        action: 'compare',
        words: t.keys.openEvidence,
        run: withOne(({ to, mediaId }) => void navigate({ to: '/compare', search: { a: to, b: mediaId } })),
      },
      {
        action: 'open',
        run: withOne(({ mediaId }) => void navigate({ to: '/media/$mediaId', params: { mediaId } })),
      },
    ],
    { active: items.length > 0 },
  );
  return at;
};

export const Suggestions = ({ query, add, may }: SuggestionsProps): ReactNode => {
  const chosen = useChosenByKeys(query.data?.items ?? [], { add, may });
  return (
    <Section title={words.suggested} n={query.data?.items.length} id="suggested">
      <Async query={query}>
        {({ items, truncated }) => {
          if (items.length === 0) return <p className={styles['note']}>{words.noSuggestions}</p>;
          return (
            <>
              <p className={`muted ${styles['note']}`}>
                {words.suggestedNote} {may && t.statements.dropHere}
              </p>
              {add.error !== null && <ProblemNotice error={add.error} />}
              <div className={styles['members']}>
                {items.map((one, place) => (
                  <div
                    key={one.mediaId}
                    className={styles['member']}
                    data-suggested={one.mediaId}
                    data-chosen={place === chosen}
                    draggable={may}
                    onDragStart={(event) => event.dataTransfer.setData(DRAGGED, one.mediaId)}
                  >
                    <Tile tile={one} />
                    <Link to="/compare" search={{ a: one.to, b: one.mediaId }} className="link">
                      {one.words}
                    </Link>
                    {may && (
                      <button type="button" className="button" disabled={add.isPending} onClick={() => add.mutate(one)}>
                        {words.add} {place === chosen && <Kbd action="addMember" />}
                      </button>
                    )}
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
