// The selected item at the right: why it is here, on which lists, what it is like, and where it was found.
import { useDebouncedValue } from '@mantine/hooks';
import type { Funnel, ReviewTile } from '@redthread/core/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Kbd } from '../../app/own-keys.js';
import { mediaMatchesQuery, mediaOccurrencesQuery, mediaVerdictsQuery } from '../../api/queries.js';
import type { ReviewSearch } from '../../app/search-schemas.js';
import { MiddleCut } from '../../form/copyable.js';
import { GradeShape } from '../../form/grade.js';
import { PolarityShape } from '../../form/list-badge.js';
import type { Reveal } from '../../media/reveal.js';
import { RevealControls } from '../../media/reveal-controls.js';
import { hasPicture, SafeMedia } from '../../media/safe-media.js';
import { Async } from '../../parts/async.js';
import type { Voting } from '../../parts/use-voting.js';
import { StateLine } from '../../parts/verdict-state.js';
import { VoteButtons } from '../../parts/vote-buttons.js';
import { count, dimensions, exhibitName, measure } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './inspector.module.css';

const MATCHES_SHOWN = 5;
const PLACES_SHOWN = 4;

const Part = ({ title, children }: { title: string; children: ReactNode }): ReactNode => (
  <section className={styles['part']}>
    <h3>{title}</h3>
    {children}
  </section>
);

const Matches = ({ mediaId }: { mediaId: string }): ReactNode => {
  const query = useInfiniteQuery(mediaMatchesQuery(mediaId));
  return (
    <Async query={query}>
      {(data) => {
        const matches = data.pages.flatMap((page) => page.items).slice(0, MATCHES_SHOWN);
        if (matches.length === 0) return <p className="muted">{t.review.noMatches}</p>;
        return (
          <ul>
            {matches.map((match) => (
              <li key={match.id}>
                <Link to="/compare" search={{ a: mediaId, b: match.other.mediaId }} className={styles['match']}>
                  <span className={styles['thumb']}>
                    <SafeMedia
                      item={{ id: match.other.mediaId, kind: match.other.mime.split('/')[0] ?? '', state: 'ready' }}
                    />
                  </span>
                  <span className={styles['words']}>
                    <span className={styles['grade']}>
                      <GradeShape grade={match.grade} /> {t.grades[match.grade]}
                      <span className={styles['bits']}>{t.connections.evidence(measure(match.bits))}</span>
                    </span>
                    <span className={styles['why']} lang="en">
                      {match.words}
                    </span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        );
      }}
    </Async>
  );
};

const Places = ({ mediaId }: { mediaId: string }): ReactNode => {
  const query = useInfiniteQuery(mediaOccurrencesQuery(mediaId));
  return (
    <Async query={query}>
      {(data) => (
        <ul>
          {data.pages
            .flatMap((page) => page.items)
            .slice(0, PLACES_SHOWN)
            .map((occurrence) => (
              <li key={occurrence.id} className={styles['place']}>
                <Link to="/exhibits/$exhibitId" params={{ exhibitId: occurrence.exhibitId }} className="link">
                  {exhibitName(occurrence.caseReference, occurrence.exhibit)}
                </Link>
                <MiddleCut text={occurrence.path} />
              </li>
            ))}
          {(data.pages[0]?.total ?? 0) > PLACES_SHOWN && (
            <li>
              <Link to="/media/$mediaId" params={{ mediaId }} className="link">
                {t.common.files(data.pages[0]?.total ?? 0)}
              </Link>
            </li>
          )}
        </ul>
      )}
    </Async>
  );
};

/** A stack is shown by one picture: a list that names another of it says nothing about this one. */
const Lists = ({ tile }: { tile: ReviewTile }): ReactNode => {
  const shown = tile.listHits.filter((hit) => hit.mediaId === tile.mediaId);
  return (
    <>
      {shown.length === 0 && <p className="muted">{tile.members === 1 ? t.review.noLists : t.review.thisOnNoList}</p>}
      <ul>
        {tile.listHits.map((hit) => (
          <li key={hit.listId}>
            <span className={styles['hit']}>
              <PolarityShape polarity={hit.polarity} /> {hit.name}
              <span className="muted">
                {t.polarity[hit.polarity]}, {hit.version}
              </span>
            </span>
            {tile.members > 1 && (
              <span className={styles['of']}>
                {t.review.inStack(count(hit.members), count(tile.members))}{' '}
                {hit.mediaId === tile.mediaId ? (
                  t.review.thisOnList
                ) : (
                  <Link to="/media/$mediaId" params={{ mediaId: hit.mediaId }} className="link mono">
                    {hit.mediaId.slice(0, 8)}
                  </Link>
                )}
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
};

/** What people of its agency said of the picture that is shown, and the keys to vote by. */
const Judgement = ({
  tile,
  voting,
  stays,
  wholeStack,
}: {
  tile: ReviewTile;
  voting: Voting;
  stays: boolean;
  wholeStack: boolean;
}): ReactNode => {
  const query = useQuery({ ...mediaVerdictsQuery(tile.mediaId), staleTime: 0, enabled: stays });
  return (
    <div className={styles['judgement']}>
      <Async query={query}>
        {({ votes, states }) =>
          votes.length === 0 ? (
            <p className="muted">{t.verdicts.none}</p>
          ) : (
            <>
              {states.map((state) => (
                <StateLine key={state.scheme} verdict={state} />
              ))}
            </>
          )
        }
      </Async>
      {tile.state !== 'closed' && <VoteButtons voting={voting} mediaId={tile.mediaId} />}
      {wholeStack && voting.keys.length > 0 && <p className="muted">{t.verdicts.stackHint(tile.members)}</p>}
    </div>
  );
};

interface InspectorProps {
  readonly tile: ReviewTile | undefined;
  /** Why there is no tile at the chosen place; null: none is chosen. */
  readonly missing: string | null;
  readonly isWithheld: boolean;
  readonly funnel: Funnel | undefined;
  readonly reveal: Reveal;
  readonly search: ReviewSearch;
  readonly voting: Voting;
}

/** The filters in words, in the order in which they stand at the left; the list by what it is, for its name is below. */
const chosen = ({ grade, kind, list, state }: ReviewSearch): string =>
  [
    grade === undefined ? undefined : t.grades[grade],
    list === undefined ? undefined : t.review.onChosenList,
    kind === undefined ? undefined : (t.review.kinds[kind as keyof typeof t.review.kinds] ?? kind),
    state === undefined ? undefined : t.mediaState[state],
  ]
    .filter((words) => words !== undefined)
    .join(', ');

/** What takes questions of its own is asked for where somebody stays, not at each tile that is passed. */
const STAYS_MS = 120;

export const Inspector = ({ tile, missing, isWithheld, funnel, reveal, search, voting }: InspectorProps): ReactNode => {
  const [stayedAt] = useDebouncedValue(tile?.mediaId, STAYS_MS);
  if (tile === undefined) return <p className={styles['empty']}>{missing ?? t.review.select}</p>;
  const stays = stayedAt === tile.mediaId;
  const item = { id: tile.mediaId, kind: tile.kind, state: tile.state };
  const step = funnel?.steps.find((row) => row.step === tile.step);
  const facets = chosen(search);
  return (
    <div className={styles['inspector']}>
      <div className={styles['picture']}>
        <SafeMedia
          item={item}
          fit="contain"
          withheld={isWithheld ? t.care.withheldLong : undefined}
          reveal={reveal.state}
        />
      </div>
      {hasPicture(item) && (
        <div className={styles['controls']}>
          <RevealControls reveals={[reveal]} />
        </div>
      )}
      <Part title={t.verdicts.one}>
        <Judgement
          tile={tile}
          voting={voting}
          stays={stays}
          wholeStack={search.collapse !== 'media' && tile.members > 1}
        />
      </Part>
      <Part title={t.review.why}>
        <p>
          {tile.step !== null && <strong className={styles['step']}>{t.funnel.steps[tile.step]}</strong>}
          {step?.explanation ?? ''}
          {tile.step === null && (facets === '' ? t.review.whyAll : t.review.whyChosen(facets))}
        </p>
        <p className="muted">
          {t.common.copies(tile.occurrences)}, {t.mediaState[tile.state]}
        </p>
      </Part>
      <Part title={t.review.lists}>
        <Lists tile={tile} />
      </Part>
      <Part title={t.review.matches}>{stays && <Matches mediaId={tile.mediaId} />}</Part>
      <Part title={t.review.where}>{stays && <Places mediaId={tile.mediaId} />}</Part>
      <p className={styles['facts']}>
        {[tile.mime, dimensions(tile.width, tile.height), `${tile.agency.name} (${tile.agency.country})`]
          .filter((fact) => fact !== null)
          .join(' · ')}
      </p>
      <Link to="/media/$mediaId" params={{ mediaId: tile.mediaId }} className={styles['open']}>
        {t.keys.open} <Kbd action="open" />
      </Link>
    </div>
  );
};
