// The filters at the left. Each line is a link: the query is the address, Back undoes it.
import {
  FUNNEL_STEPS,
  StackTile,
  StandingFilter,
  TileQuery,
  type Funnel,
  type FunnelStep,
  type List,
  type Review,
  type ReviewFacets,
} from '@redthread/core/contract';
import { GRADES, GRADES_FOUND } from '@redthread/core/domain';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ReviewSearch } from '../../app/search-schemas.js';
import { GradeShape } from '../../form/grade.js';
import { PolarityShape } from '../../form/list-badge.js';
import { count } from '../../text/format.js';
import { t } from '../../text/index.js';
import { KeepSearch } from '../standing/keep-search.js';
import { CountedFacets } from './counted-facets.js';
import { Group, Line } from './facet-line.js';
import styles from './facets.module.css';

/** What is filtered by, as a search is kept by it. */
const filterOf = (search: ReviewSearch): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.keys(StandingFilter.shape).flatMap((key) => {
      const value = search[key as keyof ReviewSearch];
      return value === undefined ? [] : [[key, value]];
    }),
  );

/** Steps whose items are contents; the others are files at paths and have a table of their own. */
const CONTENT_STEPS: readonly FunnelStep[] = FUNNEL_STEPS.slice(FUNNEL_STEPS.indexOf('known'));

interface FacetsProps {
  readonly search: ReviewSearch;
  readonly funnel: Funnel | undefined;
  readonly lists: readonly List[];
  readonly kept: readonly Review[];
  readonly counted: ReviewFacets['facets'] | undefined;
  /** Counts them; null where that was asked already. */
  readonly onCount: (() => void) | null;
}

const Kept = ({ kept, search }: Pick<FacetsProps, 'kept' | 'search'>): ReactNode => (
  <Group title={t.review.facets.kept}>
    {kept.map((review) => (
      <li key={review.id}>
        <Link
          to="/review"
          search={{ ...review.query, review: review.id, size: search.size }}
          className={styles['line']}
          data-on={review.id === search.review}
          aria-current={review.id === search.review}
        >
          <span className="clip">{review.name}</span>
          <span className={styles['n']}>{t.common.of(count(review.place + 1), count(review.total))}</span>
        </Link>
      </li>
    ))}
  </Group>
);

export const Facets = ({ search, funnel, lists, kept, counted, onCount }: FacetsProps): ReactNode => {
  const { facets, sort, collapse, reviewed } = t.review;
  const filter = filterOf(search);
  return (
    <div className={styles['facets']}>
      {kept.length > 0 && <Kept kept={kept} search={search} />}
      {funnel !== undefined && (
        <Group title={facets.step}>
          {CONTENT_STEPS.map((step) => (
            <Line
              key={step}
              search={search}
              change={{ step }}
              on={search.step === step}
              words={t.funnel.steps[step]}
              n={funnel.steps.find((row) => row.step === step)?.files}
            />
          ))}
        </Group>
      )}
      {search.agency !== undefined && (
        <Group title={t.common.agency}>
          <Line
            search={search}
            change={{ agency: search.agency }}
            on
            words={funnel?.agencies.find(({ agency }) => agency.id === search.agency)?.agency.name ?? search.agency}
          />
        </Group>
      )}
      <Group title={facets.reviewed}>
        {TileQuery.shape.reviewed.unwrap().options.map((value) => (
          <Line
            key={value}
            search={search}
            change={{ reviewed: value }}
            on={search.reviewed === value}
            words={reviewed[value]}
            n={counted?.reviewed.find((one) => one.value === value)?.count}
          />
        ))}
      </Group>
      <Group title={facets.grade}>
        {GRADES.filter((grade) => GRADES_FOUND.includes(grade) || search.grade === grade).map((grade) => (
          <Line
            key={grade}
            search={search}
            change={{ grade }}
            on={search.grade === grade}
            shape={<GradeShape grade={grade} />}
            words={t.grades[grade]}
          />
        ))}
      </Group>
      {lists.length > 0 && (
        <Group title={facets.list}>
          {lists.map((list) => (
            <Line
              key={list.id}
              search={search}
              change={{ list: list.id }}
              on={search.list === list.id}
              shape={<PolarityShape polarity={list.polarity} />}
              words={
                lists.some(({ id, name }) => id !== list.id && name === list.name)
                  ? `${list.name} ${list.version}`
                  : list.name
              }
            />
          ))}
        </Group>
      )}
      <CountedFacets search={search} counted={counted} />
      {search.near !== undefined && (
        <Group title={facets.near}>
          <Line search={search} change={{ near: search.near }} on words={t.review.within(search.near)} />
        </Group>
      )}
      {search.written !== undefined && (
        <Group title={facets.written}>
          <Line search={search} change={{ written: search.written }} on words={search.written.replace(':', ', ')} />
        </Group>
      )}
      {onCount !== null && (
        <p className={styles['count']}>
          <button type="button" className="button" onClick={onCount}>
            {t.review.count}
          </button>
        </p>
      )}
      {Object.keys(filter).length > 0 && <KeepSearch key={JSON.stringify(filter)} what={{ filter }} />}
      <Group title={facets.state}>
        {StackTile.shape.state.options.map((state) => (
          <Line
            key={state}
            search={search}
            change={{ state }}
            on={search.state === state}
            words={t.mediaState[state]}
          />
        ))}
      </Group>
      <Group title={facets.show}>
        {(['stack', 'media'] as const).map((value) => (
          <Line
            key={value}
            search={search}
            change={{ collapse: value === 'stack' ? undefined : value }}
            on={(search.collapse ?? 'stack') === value}
            words={collapse[value]}
          />
        ))}
      </Group>
      <Group title={facets.order}>
        {(['copies', 'newest', 'size'] as const).map((value) => (
          <Line
            key={value}
            search={search}
            change={{ sort: value === 'copies' ? undefined : value }}
            on={(search.sort ?? 'copies') === value}
            words={sort[value]}
          />
        ))}
      </Group>
    </div>
  );
};
