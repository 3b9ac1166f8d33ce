// The filters at the left. Each line is a link: the query is the address, Back undoes it.
import { FUNNEL_STEPS, StackTile, type Funnel, type FunnelStep, type List } from '@redthread/core/contract';
import { GRADES, GRADES_FOUND } from '@redthread/core/domain';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ReviewSearch } from '../../app/search-schemas.js';
import { GradeShape } from '../../form/grade.js';
import { PolarityShape } from '../../form/list-badge.js';
import { count } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './facets.module.css';

/** Steps whose items are contents; the others are files at paths and have a table of their own. */
const CONTENT_STEPS: readonly FunnelStep[] = FUNNEL_STEPS.slice(FUNNEL_STEPS.indexOf('known'));

interface LineProps {
  readonly search: ReviewSearch;
  readonly change: Partial<ReviewSearch>;
  readonly on: boolean;
  readonly shape?: ReactNode;
  readonly words: string;
  readonly n?: number | undefined;
}

const Line = ({ search, change, on, shape, words, n }: LineProps): ReactNode => {
  const off = Object.fromEntries(Object.keys(change).map((key) => [key, undefined]));
  return (
    <li>
      <Link
        to="/review"
        search={{ ...search, ...(on ? off : change), at: undefined }}
        className={styles['line']}
        data-on={on}
        aria-current={on}
      >
        {shape !== undefined && <span className={styles['shape']}>{shape}</span>}
        <span className="clip">{words}</span>
        {n !== undefined && <span className={styles['n']}>{count(n)}</span>}
      </Link>
    </li>
  );
};

const Group = ({ title, children }: { title: string; children: ReactNode }): ReactNode => (
  <section className={styles['group']}>
    <h3>{title}</h3>
    <ul>{children}</ul>
  </section>
);

interface FacetsProps {
  readonly search: ReviewSearch;
  readonly funnel: Funnel | undefined;
  readonly lists: readonly List[];
}

export const Facets = ({ search, funnel, lists }: FacetsProps): ReactNode => {
  const { facets, kinds, sort, collapse } = t.review;
  return (
    <div className={styles['facets']}>
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
              words={list.name}
            />
          ))}
        </Group>
      )}
      <Group title={facets.type}>
        {(Object.keys(kinds) as (keyof typeof kinds)[]).map((kind) => (
          <Line key={kind} search={search} change={{ kind }} on={search.kind === kind} words={kinds[kind]} />
        ))}
      </Group>
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
