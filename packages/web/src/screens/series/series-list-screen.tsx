// Series that the viewer sees, newest first, by their state; and a form to begin one.
import { Entity, SERIES_STATES } from '@redthread/core/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode, SyntheticEvent } from 'react';
import { callJson } from '../../api/client.js';
import { seriesListQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { usePlace } from '../../app/place.js';
import { Async } from '../../parts/async.js';
import { Field, textIn } from '../../parts/field.js';
import { MoreRows } from '../../parts/more-rows.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import styles from '../../parts/series.module.css';
import { Teach } from '../../parts/teach.js';
import { instant } from '../../text/format.js';
import { t } from '../../text/index.js';

const route = getRouteApi('/shell/series');
const words = t.series;

const Begin = (): ReactNode => {
  const navigate = route.useNavigate();
  const begin = useChange(
    (name: string) => callJson('/entities', Entity, { method: 'POST', body: { kind: 'series', name } }),
    ['/entities'],
  );
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    begin.mutate(textIn(new FormData(event.currentTarget))('name'), {
      onSuccess: ({ id }) => void navigate({ to: '/series/$seriesId', params: { seriesId: id } }),
    });
  };
  return (
    <form className={styles['form']} onSubmit={submit}>
      <Field name="name" required maxLength={120} words={words.name} />
      <button type="submit" className="button" disabled={begin.isPending}>
        {words.begin}
      </button>
      {begin.error !== null && <ProblemNotice error={begin.error} />}
    </form>
  );
};

const Rows = ({ items }: { items: readonly Entity[] }): ReactNode => (
  <table className="table">
    <thead>
      <tr>
        <th className="grow">{words.name}</th>
        <th>{t.common.state}</th>
        <th>{t.common.agency}</th>
        <th>{t.common.case}</th>
        <th>{t.verdicts.by}</th>
        <th className="num">{words.recorded}</th>
      </tr>
    </thead>
    <tbody>
      {items.map((one) => (
        <tr key={one.id} data-series={one.name}>
          <td className="grow">
            <Link to="/series/$seriesId" params={{ seriesId: one.id }} className="link">
              {one.name}
            </Link>
          </td>
          <td>{words.states[one.state ?? 'open']}</td>
          <td>{one.agency.name}</td>
          <td>
            {one.case !== null && (
              <Link to="/cases/$caseId" params={{ caseId: one.case.id }} className="link">
                {one.case.reference}
              </Link>
            )}
          </td>
          <td>{one.by}</td>
          <td className="num muted">{instant(one.createdAt)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

export const SeriesListScreen = (): ReactNode => {
  const { state } = route.useSearch();
  const query = useInfiniteQuery({ ...seriesListQuery(state), staleTime: 0 });
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
      <Begin />
      <Async query={query}>
        {(data) => {
          const items = data.pages.flatMap((page) => page.items);
          if (items.length === 0) return <Teach title={words.none} text={words.teach} command={words.command} />;
          return (
            <>
              <Rows items={items} />
              <MoreRows query={query} shown={items.length} />
            </>
          );
        }}
      </Async>
    </div>
  );
};
