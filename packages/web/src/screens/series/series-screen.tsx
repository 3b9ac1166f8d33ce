// One series: its state, members as veiled tiles, below them what may belong too with the reason, what is said of it, its history.
import { Entity, SERIES_STATES, SeriesState, type EntityDetail } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode, SyntheticEvent } from 'react';
import { callJson } from '../../api/client.js';
import { entityQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { usePlace } from '../../app/place.js';
import { AssertionTable, EntityName } from '../../parts/assertion-table.js';
import { Async } from '../../parts/async.js';
import { Facts } from '../../parts/facts.js';
import { Field, textIn } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import styles from '../../parts/series.module.css';
import { instant } from '../../text/format.js';
import { t } from '../../text/index.js';
import { Members } from './members.js';
import { Suggestions } from './suggestions.js';

const route = getRouteApi('/shell/series/$seriesId');
const words = t.series;

const ChangeState = ({ series }: { series: Entity }): ReactNode => {
  const change = useChange(
    (body: object) => callJson(`/series/${series.id}/steps`, Entity, { method: 'POST', body }),
    ['/entities'],
  );
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = textIn(new FormData(event.currentTarget));
    change.mutate({ state: SeriesState.parse(text('state')), note: text('note'), workedBy: text('workedBy') });
  };
  return (
    <form className={styles['form']} onSubmit={submit}>
      <select name="state" className="field" aria-label={words.newState} defaultValue={series.state ?? 'open'}>
        {SERIES_STATES.map((state) => (
          <option key={state} value={state}>
            {words.states[state]}
          </option>
        ))}
      </select>
      <Field name="workedBy" maxLength={120} words={words.workedBy} />
      <Field name="note" maxLength={2000} words={words.stateNote} />
      <button type="submit" className="button" disabled={change.isPending}>
        {words.changeState}
      </button>
      {change.error !== null && <ProblemNotice error={change.error} />}
    </form>
  );
};

const SeriesFacts = ({ entity, group, ids }: EntityDetail): ReactNode => (
  <Facts
    rows={[
      [t.common.state, <strong key="state">{words.states[entity.state ?? 'open']}</strong>],
      [t.common.agency, `${entity.agency.name} (${entity.agency.country})`],
      ...(entity.case === null
        ? []
        : [
            [
              t.common.case,
              <Link key="case" to="/cases/$caseId" params={{ caseId: entity.case.id }} className="link">
                {entity.case.reference}
              </Link>,
            ] as const,
          ]),
      ...group.slice(1).map((one) => [words.oneWith, <EntityName key={one.id} entity={one} />] as const),
      ...ids
        .filter(({ retracted }) => retracted === null)
        .map(({ id, issuer, type, value }) => [`${issuer} ${type}`, <span key={id}>{value}</span>] as const),
      ...(entity.note === '' ? [] : [[t.verdicts.noteColumn, entity.note] as const]),
    ]}
  />
);

const Contradictions = ({ contradictions }: EntityDetail): ReactNode =>
  contradictions.map(({ rule, certainty, assertions }) => (
    <p key={assertions.join(' ')} role="alert" className={styles['note']}>
      {words.certainty[certainty]}. {words.contradiction[rule]} <span className="muted">{words.kept}</span>
    </p>
  ));

const Steps = ({ steps }: EntityDetail): ReactNode => (
  <table className="table">
    <tbody>
      {steps.map(({ state, by, at, workedBy, note }) => (
        <tr key={at}>
          <td className="num">{instant(at)}</td>
          <td>{words.states[state]}</td>
          <td>{words.byWhom(by)}</td>
          <td>{workedBy === '' ? '' : words.worked(workedBy)}</td>
          <td className="grow wrap">{note}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

export const SeriesScreen = (): ReactNode => {
  const { seriesId } = route.useParams();
  const query = useQuery({ ...entityQuery(seriesId), staleTime: 0 });
  usePlace([{ words: words.title, href: '/series' }, { words: query.data?.entity.name ?? words.one }]);
  return (
    <div className="page">
      <Async query={query}>
        {(detail) => (
          <>
            <SeriesFacts {...detail} />
            <Contradictions {...detail} />
            <ChangeState series={detail.entity} />
            <Members seriesId={seriesId} />
            <Suggestions seriesId={seriesId} />
            <Section title={words.said} n={detail.assertions.length}>
              {detail.assertions.length === 0 ? (
                <p className={styles['note']}>{words.nothingSaid}</p>
              ) : (
                <AssertionTable assertions={detail.assertions} />
              )}
            </Section>
            {detail.steps.length > 0 && (
              <Section title={words.history} n={detail.steps.length}>
                <Steps {...detail} />
              </Section>
            )}
          </>
        )}
      </Async>
    </div>
  );
};
