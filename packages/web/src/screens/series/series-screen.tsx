// One series: its state, the workshop of its members and clues, what it connects with, what is said of it, its history.
import { Entity, SERIES_STATES, SeriesState, type EntityDetail } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode, SyntheticEvent } from 'react';
import { callJson } from '../../api/client.js';
import { entityQuery, meQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { usePlace } from '../../app/place.js';
import form from '../../parts/ask.module.css';
import { AtRiskBand } from '../../parts/at-risk.js';
import { Async } from '../../parts/async.js';
import { Facts } from '../../parts/facts.js';
import { Choice, Field, textIn } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { ExportSection } from '../../parts/export-section.js';
import { ReportSection } from '../../parts/report-section.js';
import { NotesSection } from '../../parts/notes-section.js';
import { TasksSection } from '../../parts/tasks-section.js';
import { Section } from '../../parts/section.js';
import { instant } from '../../text/format.js';
import { t } from '../../text/index.js';
import { Contradictions, RecordActs, recordFacts, Said } from '../entities/detail.js';
import { Numbers } from '../entities/numbers.js';
import { ConnectedWith } from './connected.js';
import { ReleaseOutcome } from './outcomes.js';
import { Workshop } from './workshop.js';

const route = getRouteApi('/shell/series/$seriesId');
const words = t.series;

const ChangeState = ({ series, onDone }: { series: Entity; onDone: () => void }): ReactNode => {
  const change = useChange(
    (body: object) => callJson(`/series/${series.id}/steps`, Entity, { method: 'POST', body }),
    ['/entities'],
  );
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = textIn(new FormData(event.currentTarget));
    const step = { state: SeriesState.parse(text('state')), note: text('note'), workedBy: text('workedBy') };
    change.mutate(step, { onSuccess: onDone });
  };
  return (
    <form className={form['steps']} onSubmit={submit} aria-label={words.changeState}>
      <Choice name="state" words={words.newState} defaultValue={series.state ?? 'open'}>
        {SERIES_STATES.map((state) => (
          <option key={state} value={state}>
            {words.states[state]}
          </option>
        ))}
      </Choice>
      <Field name="workedBy" maxLength={120} words={words.workedBy} />
      <Field name="note" maxLength={2000} words={words.stateNote} />
      <button type="submit" className="button" disabled={change.isPending}>
        {words.keep}
      </button>
      {change.error !== null && <ProblemNotice error={change.error} />}
    </form>
  );
};

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
  const agencyId = useQuery(meQuery).data?.agency.id;
  usePlace([{ words: words.title, href: '/series' }, { words: query.data?.entity.name ?? words.one }]);
  return (
    <div className="page">
      <Async query={query}>
        {(detail) => (
          <>
            <Facts
              rows={[
                [t.common.state, <strong key="state">{words.states[detail.entity.state ?? 'open']}</strong>],
                ...recordFacts(detail),
              ]}
            />
            <AtRiskBand
              key={`at risk ${seriesId}`}
              on={{ series: seriesId }}
              own={detail.entity.agency.id === agencyId}
            />
            {detail.entity.agency.id === agencyId && (
              <ReleaseOutcome key={`outcome ${seriesId}`} series={detail.entity} />
            )}
            <Contradictions {...detail} />
            <RecordActs
              key={seriesId}
              entity={detail.entity}
              further={
                detail.entity.agency.id === agencyId
                  ? [
                      {
                        words: words.changeState,
                        form: (done) => <ChangeState series={detail.entity} onDone={done} />,
                      },
                    ]
                  : []
              }
            />
            <Workshop key={`workshop ${seriesId}`} seriesId={seriesId} />
            <TasksSection key={`tasks ${seriesId}`} about={{ kind: 'series', id: seriesId }} />
            <NotesSection key={`notes ${seriesId}`} about={{ kind: 'series', id: seriesId }} />
            <ConnectedWith seriesId={seriesId} />
            <ReportSection about={{ series: seriesId }} />
            <ExportSection subject={{ series: seriesId }} />
            <Numbers {...detail} />
            <Said {...detail} />
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
