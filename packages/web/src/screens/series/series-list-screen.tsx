// Series that the viewer sees, newest first, by their state; and a form to begin one.
import { Entity, SERIES_STATES } from '@redthread/core/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode, SyntheticEvent } from 'react';
import { callJson } from '../../api/client.js';
import { entitiesQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { usePlace } from '../../app/place.js';
import { KEEPING_ROLES, useRoles } from '../../app/use-roles.js';
import { Async } from '../../parts/async.js';
import { CaseSelect } from '../../parts/case-select.js';
import { EntityTable } from '../../parts/entity-table.js';
import { Field, textIn } from '../../parts/field.js';
import { MoreRows } from '../../parts/more-rows.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import styles from '../../parts/series.module.css';
import { Teach } from '../../parts/teach.js';
import { t } from '../../text/index.js';
import { Outcomes } from './outcomes.js';

const route = getRouteApi('/shell/series');
const words = t.series;

const Begin = (): ReactNode => {
  const navigate = route.useNavigate();
  const begin = useChange((body: object) => callJson('/entities', Entity, { method: 'POST', body }), ['/entities']);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = textIn(new FormData(event.currentTarget));
    begin.mutate(
      { kind: 'series', name: text('name'), ...(text('case') !== '' && { case: text('case') }) },
      { onSuccess: ({ id }) => void navigate({ to: '/series/$seriesId', params: { seriesId: id } }) },
    );
  };
  return (
    <form className={styles['form']} onSubmit={submit}>
      <Field name="name" required maxLength={120} words={words.name} />
      <CaseSelect />
      <button type="submit" className="button" disabled={begin.isPending}>
        {words.begin}
      </button>
      {begin.error !== null && <ProblemNotice error={begin.error} />}
    </form>
  );
};

export const SeriesListScreen = (): ReactNode => {
  const { state } = route.useSearch();
  const may = useRoles(KEEPING_ROLES);
  const query = useInfiniteQuery({ ...entitiesQuery({ kind: 'series', state }), staleTime: 0 });
  const total = query.data?.pages[0]?.total ?? 0;
  usePlace([{ words: words.title, ...(query.data === undefined ? {} : { n: total }) }]);
  return (
    <div className="page">
      <div className="head">
        <Link to="/series" search={{}} className="button" data-on={state === undefined}>
          {words.all}
        </Link>
        {SERIES_STATES.map((choice) => (
          <Link key={choice} to="/series" search={{ state: choice }} className="button" data-on={choice === state}>
            {words.states[choice]}
          </Link>
        ))}
      </div>
      {may && <Begin />}
      <Outcomes />
      <Async query={query}>
        {(data) => {
          const items = data.pages.flatMap((page) => page.items);
          if (items.length === 0) return <Teach title={words.none} text={words.teach} command={words.command} />;
          return (
            <>
              <EntityTable items={items} withKind={false} />
              <MoreRows query={query} shown={items.length} />
            </>
          );
        }}
      </Async>
    </div>
  );
};
