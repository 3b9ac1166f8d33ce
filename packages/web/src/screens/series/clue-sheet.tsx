// What is stated of a series: clues to where it was made by what they are, votes for a country, claims of agencies; each with its reason, by
// whom, and taken back by the agency that stated it.
import { CLUE_KINDS, SeriesStatement, type SeriesStatements, type StatementKind } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { callJson } from '../../api/client.js';
import { meQuery, seriesStatementsQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { KEEPING_ROLES, useRoles } from '../../app/use-roles.js';
import form from '../../parts/ask.module.css';
import { Async } from '../../parts/async.js';
import { Choice, Field, ReasonField, textIn } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { TakeBack } from '../../parts/take-back.js';
import { t } from '../../text/index.js';
import styles from './workshop.module.css';

const words = t.statements;
const SORTS = [...CLUE_KINDS, 'country', 'claim'] as const satisfies readonly StatementKind[];

const State = ({ seriesId }: { seriesId: string }): ReactNode => {
  const [kind, setKind] = useState<StatementKind>('language');
  /** Until the server has answered: what is read again afterwards holds nobody up who states the next. */
  const [sending, setSending] = useState(false);
  const add = useChange(
    async ({ body, taken }: { body: object; taken: () => void }) => {
      await callJson(`/series/${seriesId}/statements`, SeriesStatement, { method: 'POST', body });
      taken();
    },
    ['/series'],
  );
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const target = event.currentTarget;
    const text = textIn(new FormData(target));
    const value = kind === 'country' ? text('value').toUpperCase() : text('value');
    const taken = (): void => {
      target.reset();
      setSending(false);
    };
    setSending(true);
    add.mutate(
      { body: { kind, reason: text('reason'), ...(kind !== 'claim' && { value }) }, taken },
      { onError: () => setSending(false) },
    );
  };
  return (
    <form className={form['steps']} onSubmit={submit} aria-label={words.add}>
      <Choice words={words.kind} value={kind} onChange={(event) => setKind(event.currentTarget.value as StatementKind)}>
        {SORTS.map((one) => (
          <option key={one} value={one}>
            {words.kinds[one]}
          </option>
        ))}
      </Choice>
      {kind !== 'claim' && (
        <Field
          key={kind}
          name="value"
          required
          maxLength={kind === 'country' ? 2 : 120}
          {...(kind === 'country' && { pattern: '[A-Za-z]{2}', title: words.countryForm })}
          words={kind === 'country' ? words.country : words.value}
        />
      )}
      <ReasonField words={words.reason[kind === 'claim' ? 'claim' : kind === 'country' ? 'country' : 'clue']} />
      <button type="submit" className="button" disabled={sending}>
        {words.add}
      </button>
      {add.error !== null && <ProblemNotice error={add.error} />}
    </form>
  );
};

const Line = ({ one, may }: { one: SeriesStatement; may: boolean }): ReactNode => {
  const isMine = useQuery(meQuery).data?.login === one.by && one.own;
  return (
    <li data-statement={one.kind} data-retracted={one.retracted !== null}>
      {one.value !== '' && <strong>{one.value} </strong>}
      {one.reason}{' '}
      <span className="muted">
        {one.by}, {one.agency}
        {one.retracted !== null && ` ${t.series.takenBack(one.retracted.by, one.retracted.reason)}`}
      </span>{' '}
      {may && one.own && one.retracted === null && (isMine || one.kind !== 'country') && (
        <TakeBack path={`/series-statements/${one.id}/retract`} touches={['/series']} />
      )}
    </li>
  );
};

const Countries = ({ countries }: Pick<SeriesStatements, 'countries'>): ReactNode => {
  const most = Math.max(1, ...countries.map(({ votes }) => votes));
  return (
    <ul className={styles['countries']} aria-label={words.votes}>
      {countries.map(({ country, votes, agencies }) => (
        <li key={country} data-country={country}>
          <strong>{country}</strong>
          <progress max={most} value={votes} aria-label={words.votesFor(country, votes, agencies)} />
          <span className="muted">{words.votesFor(country, votes, agencies)}</span>
        </li>
      ))}
    </ul>
  );
};

export const ClueSheet = ({ seriesId }: { seriesId: string }): ReactNode => {
  const query = useQuery({ ...seriesStatementsQuery(seriesId), staleTime: 0 });
  const may = useRoles(KEEPING_ROLES);
  const [all, setAll] = useState(false);
  return (
    <aside className={styles['sheet']} aria-labelledby="clue-sheet">
      <h2 id="clue-sheet">{words.title}</h2>
      <Async query={query}>
        {({ items, countries }) => {
          const shown = items.filter(({ retracted }) => all || retracted === null);
          const taken = items.filter(({ retracted }) => retracted !== null).length;
          return (
            <>
              {items.length === 0 && <p className="muted">{words.nothing}</p>}
              {countries.length > 0 && <Countries countries={countries} />}
              {SORTS.filter((sort) => shown.some(({ kind }) => kind === sort)).map((sort) => (
                <section key={sort}>
                  <h3>{words.kinds[sort]}</h3>
                  <ul>
                    {shown
                      .filter(({ kind }) => kind === sort)
                      .map((one) => (
                        <Line key={one.id} one={one} may={may} />
                      ))}
                  </ul>
                </section>
              ))}
              {taken > 0 && (
                <button type="button" className="button plain" aria-pressed={all} onClick={() => setAll(!all)}>
                  {words.takenBackToo(taken)}
                </button>
              )}
            </>
          );
        }}
      </Async>
      {may && <State seriesId={seriesId} />}
    </aside>
  );
};
