// When the files of a scope say that they were made: a lane for each source, times as they were written, a stretch chosen to be reviewed; below them
// how old persons of the case were, where somebody has said it.
import type { MediaTimes, PeriodUnit, TimeLane } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';
import { timesQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import type { TimesSearch } from '../../app/search-schemas.js';
import { scopeOf, useScopeTrail } from '../../app/use-scope.js';
import { Async } from '../../parts/async.js';
import { Teach } from '../../parts/teach.js';
import { count } from '../../text/format.js';
import { t } from '../../text/index.js';
import { AgeLanes } from './age-lanes.js';
import styles from './times.module.css';

const route = getRouteApi('/shell/times');
const words = t.times;

const unitOf = (within: string | undefined): PeriodUnit =>
  within === undefined ? 'year' : within.length === 4 ? 'month' : 'day';

/** The stretch of a lane that is chosen, if one is. */
const chosenIn = ({ lane, from, to }: TimesSearch): { lane: TimeLane; from: string; to: string } | null =>
  lane === undefined || from === undefined || to === undefined ? null : { lane, from, to };

const NOTHING_CHOSEN = { lane: undefined, from: undefined, to: undefined };

interface LanesProps {
  readonly found: MediaTimes;
  readonly search: TimesSearch;
  readonly change: (part: Partial<TimesSearch>) => void;
}

const Lanes = ({ found, search, change }: LanesProps): ReactNode => {
  const chosen = chosenIn(search);
  const periods = [...new Set(found.lanes.flatMap((lane) => lane.periods.map(({ at }) => at)))].sort();
  const most = Math.max(1, ...found.lanes.flatMap((lane) => lane.periods.map(({ media }) => media)));
  const unit = unitOf(search.within);
  const choose = (lane: TimeLane, at: string) => (event: MouseEvent) => {
    if (event.shiftKey && lane === chosen?.lane) change(at < chosen.from ? { from: at } : { to: at });
    else change({ lane, from: at, to: at });
  };
  return (
    <div className={styles['scroll']}>
      <table className={styles['lanes']}>
        <thead>
          <tr>
            <th scope="col">
              <span className="hidden-words">{words.title}</span>
            </th>
            {periods.map((at) => (
              <th key={at} scope="col">
                {unit === 'day' ? (
                  at
                ) : (
                  <button
                    type="button"
                    className={styles['closer']}
                    title={words.closer(at)}
                    aria-label={words.closer(at)}
                    onClick={() => change({ within: at, ...NOTHING_CHOSEN })}
                  >
                    {at}
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.lanes.map(({ lane, periods: own }) => (
            <tr key={lane} data-lane={lane}>
              <th scope="row">{words.lanes[lane]}</th>
              {periods.map((at) => {
                const one = own.find((period) => period.at === at);
                if (one === undefined) return <td key={at} />;
                const isOn = lane === chosen?.lane && chosen.from <= at && at <= chosen.to;
                return (
                  <td key={at}>
                    <button
                      type="button"
                      className={styles['bar']}
                      aria-pressed={isOn}
                      aria-label={words.bar(words.lanes[lane], at, one.media, one.noZone)}
                      title={words.bar(words.lanes[lane], at, one.media, one.noZone)}
                      onClick={choose(lane, at)}
                    >
                      <span
                        className={styles['rest']}
                        style={{ height: `${(60 * (one.media - one.noZone)) / most}px` }}
                      />
                      <span className={styles['no-zone']} style={{ height: `${(60 * one.noZone) / most}px` }} />
                      <span>{count(one.media)}</span>
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
          {search.case !== undefined && <AgeLanes caseId={search.case} periods={periods} />}
        </tbody>
      </table>
    </div>
  );
};

export const TimesScreen = (): ReactNode => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const scope = scopeOf(search);
  const trail = useScopeTrail(scope);
  usePlace([...trail, { words: words.title }]);
  const { within } = search;
  const query = useQuery(timesQuery({ ...scope, unit: unitOf(within), within }));
  const change = (part: Partial<TimesSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...part }), resetScroll: false });
  const chosen = chosenIn(search);
  return (
    <div className="page">
      <Async query={query}>
        {(found) => {
          const nothing = found.lanes.every(({ periods }) => periods.length === 0);
          const counts = [
            ...(found.noTime > 0 ? [words.noTime(found.noTime)] : []),
            ...(found.closed > 0 ? [words.closed(found.closed)] : []),
          ].join(' · ');
          if (nothing && within === undefined)
            return (
              <Teach title={words.none} text={words.teach} command={words.command}>
                <p className="muted">{counts}</p>
              </Teach>
            );
          return (
            <>
              <div className="head">
                <strong>{words.units[unitOf(within)]}</strong>
                {within !== undefined && (
                  <>
                    <span>{words.within(within)}</span>
                    <button
                      type="button"
                      className="button"
                      onClick={() =>
                        change({ within: within.length > 4 ? within.slice(0, 4) : undefined, ...NOTHING_CHOSEN })
                      }
                    >
                      {within.length > 4 ? words.within(within.slice(0, 4)) : words.allTime}
                    </button>
                  </>
                )}
                <span className="muted">
                  {words.asWritten} {counts}
                </span>
              </div>
              <Lanes found={found} search={search} change={change} />
              <p className="head" role="status">
                {chosen === null ? (
                  <span className="muted">{words.choose}</span>
                ) : (
                  <>
                    <strong>{words.chosen(words.lanes[chosen.lane], chosen.from, chosen.to)}</strong>
                    <Link
                      to="/review"
                      search={{ ...scope, written: `${chosen.lane}:${chosen.from}..${chosen.to}`, collapse: 'media' }}
                      className="button"
                    >
                      {words.review}
                    </Link>
                  </>
                )}
              </p>
            </>
          );
        }}
      </Async>
    </div>
  );
};
