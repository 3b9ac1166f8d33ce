// The list of a case: who is on it besides, or instead of, the whole agency; a form puts somebody on it.
import type { Case, CaseAccess } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode, SyntheticEvent } from 'react';
import { callVoid } from '../../api/client.js';
import { caseAccessQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { CASE_ROLES, useRoles } from '../../app/use-roles.js';
import { Async } from '../../parts/async.js';
import { Field, textIn } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { instant } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from '../administration/administration.module.css';
import { Settings } from './settings.js';

const words = t.access;

const Who = ({ line }: { line: CaseAccess }): ReactNode =>
  line.login === null ? (
    words.everybody(line.agency.name)
  ) : (
    <>
      {line.displayName ?? line.login} <span className="muted">{line.agency.name}</span>
    </>
  );

const Row = ({ line, take }: { line: CaseAccess; take: (() => void) | null }): ReactNode => (
  <tr data-access={line.login ?? line.agency.name}>
    <td className="grow">
      <Who line={line} />
    </td>
    <td>{line.givenBy}</td>
    <td className="num muted">{instant(line.createdAt)}</td>
    <td className="num">
      {line.endedAt !== null
        ? words.ended(instant(line.endedAt))
        : line.expiresAt === null
          ? words.noEnd
          : instant(line.expiresAt)}
    </td>
    <td className="num">
      {take !== null && line.endedAt === null && (
        <button type="button" className="button plain" onClick={take}>
          {words.take}
        </button>
      )}
    </td>
  </tr>
);

const Give = ({ give }: { give: (body: object, reset: () => void) => void }): ReactNode => {
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const target = event.currentTarget;
    const form = new FormData(target);
    const text = textIn(form);
    const [login, agency, until] = [text('login'), text('agency'), text('until')];
    give(
      {
        ...(login === '' ? {} : { login }),
        ...(agency === '' ? {} : { agency }),
        ...(until === '' ? {} : { until: `${until}T23:59:59Z` }),
      },
      () => target.reset(),
    );
  };
  return (
    <form className={styles['form']} onSubmit={submit}>
      <Field name="login" maxLength={80} words={words.login} />
      <Field name="agency" maxLength={120} words={words.agency} />
      <input className="field" name="until" type="date" aria-label={words.until} title={words.until} />
      <button type="submit" className="button">
        {words.give}
      </button>
    </form>
  );
};

export const Access = ({ one }: { one: Case }): ReactNode => {
  const mayChange = useRoles(CASE_ROLES);
  const list = useQuery({ ...caseAccessQuery(one.id), enabled: one.own !== null });
  const change = useChange(
    ({ path = '', ...init }: { path?: string; method: 'POST' | 'DELETE'; body?: object }) =>
      callVoid(`/cases/${one.id}/access${path}`, init),
    ['/cases'],
  );
  if (one.own === null) return null;
  return (
    <>
      <Section title={words.title}>
        <Settings one={one} own={one.own} mayChange={mayChange} />
      </Section>
      <Section title={words.onIt} n={list.data?.filter(({ endedAt }) => endedAt === null).length}>
        {change.error !== null && <ProblemNotice error={change.error} />}
        <Async query={list}>
          {(lines) => (
            <table className="table">
              <thead>
                <tr>
                  <th className="grow">{words.who}</th>
                  <th>{words.givenBy}</th>
                  <th className="num">{words.since}</th>
                  <th className="num">{words.until}</th>
                  <th />
                </tr>
              </thead>
              <tbody>
                {lines.map((line) => (
                  <Row
                    key={line.id}
                    line={line}
                    take={mayChange ? () => change.mutate({ path: `/${line.id}`, method: 'DELETE' }) : null}
                  />
                ))}
              </tbody>
            </table>
          )}
        </Async>
        {mayChange && <Give give={(body, reset) => change.mutate({ method: 'POST', body }, { onSuccess: reset })} />}
      </Section>
    </>
  );
};
