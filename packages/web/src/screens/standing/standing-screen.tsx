// The searches that the viewer keeps; of the one that is chosen what it found, and what each look was made in, also those that found nothing.
import { StandingSearch, type FunnelStep } from '@redthread/core/contract';
import type { Grade } from '@redthread/core/domain';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { callJson } from '../../api/client.js';
import { listsQuery, standingQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { usePlace } from '../../app/place.js';
import { scopeOf, useScopeTrail } from '../../app/use-scope.js';
import { Async } from '../../parts/async.js';
import { errorWords } from '../../parts/error-words.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Teach } from '../../parts/teach.js';
import { WithReason } from '../../parts/with-reason.js';
import { count, instant } from '../../text/format.js';
import { t } from '../../text/index.js';
import { FoundByStanding } from './found-by-standing.js';
import styles from './standing.module.css';

const words = t.notices.standing;
const route = getRouteApi('/shell/standing');
const TOUCHES = ['/standing-searches', '/notices', '/status'];
const DIGEST_CHARACTERS = 12;
const DAY_CHARACTERS = '2026-01-01'.length;

/** What is filtered by, as the facets of the review call it; an id of what is not seen any more stays an id. */
const useFilterWords = (filter: Readonly<Record<string, string>>): string => {
  const lists = useQuery({ ...listsQuery, enabled: filter['list'] !== undefined }).data;
  const trail = useScopeTrail(scopeOf(filter));
  const inWords = ([key, value]: [string, string]): string => {
    if (key === 'list') return `${t.review.facets.list}: ${lists?.find(({ id }) => id === value)?.name ?? value}`;
    if (key === 'operation' || key === 'case' || key === 'exhibit')
      return trail.length === 0 ? `${key}=${value}` : trail.map((crumb) => crumb.words).join(' / ');
    if (key === 'step') return t.funnel.steps[value as FunnelStep];
    if (key === 'grade') return t.grades[value as Grade];
    return `${key}=${value}`;
  };
  return Object.entries(filter).map(inWords).join(' · ');
};

const useLooksFor = ({ filter, picture, q }: StandingSearch): string => {
  const filtered = useFilterWords(filter ?? {});
  if (q !== null) return q;
  if (picture === null) return filtered;
  const start = words.picture(picture.sha256.slice(0, DIGEST_CHARACTERS));
  return picture.region === null ? start : `${start}, ${words.part(picture.region)}`;
};

const Steps = ({ search }: { search: StandingSearch }): ReactNode => {
  const look = useChange(
    () => callJson(`/standing-searches/${search.id}/look`, StandingSearch, { method: 'POST' }),
    TOUCHES,
  );
  if (search.state !== 'open') return null;
  return (
    <>
      <button type="button" className="button plain" disabled={look.isPending} onClick={() => look.mutate(undefined)}>
        {words.look}
      </button>
      <WithReason
        words={words.end}
        reason={words.reason}
        send={(reason) =>
          callJson(`/standing-searches/${search.id}/end`, StandingSearch, { method: 'POST', body: { reason } })
        }
        touches={TOUCHES}
      />
      {look.error !== null && <ProblemNotice error={look.error} />}
    </>
  );
};

/** Of one that has ended the reason, of a look that failed what to do. */
const State = ({ search: { end, failure, state } }: { search: StandingSearch }): ReactNode => {
  if (failure === null || state !== 'open') return <td title={end?.reason}>{words.states[state]}</td>;
  const code = errorWords(failure);
  return (
    <td className="wrap" title={code?.next}>
      {words.failed(code?.title ?? failure)}
    </td>
  );
};

const LooksFor = ({ search }: { search: StandingSearch }): ReactNode => {
  const text = useLooksFor(search);
  return <td className={`grow wrap ${styles['looks']}`}>{text}</td>;
};

const Row = ({ search, chosen }: { search: StandingSearch; chosen: boolean }): ReactNode => (
  <tr data-standing={search.name} data-on={chosen}>
    <td className={`wrap ${styles['name']}`}>
      <Link to="/standing" search={{ id: search.id }} className="link">
        {chosen ? <strong>{search.name}</strong> : search.name}
      </Link>
    </td>
    <LooksFor search={search} />
    <State search={search} />
    <td className="num">{count(search.hits)}</td>
    <td className="num">{search.lookedAt === null ? '' : instant(search.lookedAt)}</td>
    <td className="num" title={instant(search.expiresAt)}>
      {instant(search.expiresAt).slice(0, DAY_CHARACTERS)}
    </td>
    <td className="wrap">{search.purpose}</td>
    <td className="num">
      <Steps search={search} />
    </td>
  </tr>
);

export const StandingScreen = (): ReactNode => {
  const { id } = route.useSearch();
  const query = useQuery({ ...standingQuery, staleTime: 0 });
  usePlace([{ words: words.title, ...(query.data === undefined ? {} : { n: query.data.length }) }]);
  return (
    <div className="page">
      <Async query={query}>
        {(searches) =>
          searches.length === 0 ? (
            <Teach
              title={words.empty}
              text={words.teach}
              command={'redthread search WHAT --keep NAME --purpose WHY --expires DAY'}
            />
          ) : (
            <>
              <table className="table">
                <thead>
                  <tr>
                    <th>{words.name}</th>
                    <th className="grow">{words.looksFor}</th>
                    <th>{words.state}</th>
                    <th className="num">{words.hits}</th>
                    <th className="num">{words.lookedAt}</th>
                    <th className="num">{words.expires}</th>
                    <th>{words.why}</th>
                    <th />
                  </tr>
                </thead>
                <tbody>
                  {searches.map((search) => (
                    <Row key={search.id} search={search} chosen={search.id === id} />
                  ))}
                </tbody>
              </table>
              {id !== undefined && <FoundByStanding id={id} />}
            </>
          )
        }
      </Async>
    </div>
  );
};
