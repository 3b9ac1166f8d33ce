// The agencies of the instance, for its operators: who administers each; a form founds one with its first administrator.
import { Agency } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode, SyntheticEvent } from 'react';
import { callJson } from '../../api/client.js';
import { agenciesQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { Async } from '../../parts/async.js';
import { Field, textIn } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { count } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './administration.module.css';

const words = t.administration;
const FIELDS = [
  { name: 'name', words: words.agencyName, required: true, maxLength: 120 },
  { name: 'country', words: words.country, required: true, maxLength: 2 },
  { name: 'login', words: words.firstAdministrator, required: true, maxLength: 80 },
  { name: 'password', words: words.password, type: 'password', minLength: 12, autoComplete: 'new-password' },
] as const;

const FoundAgency = (): ReactNode => {
  const found = useChange((body: unknown) => callJson('/agencies', Agency, { method: 'POST', body }), ['/agencies']);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const target = event.currentTarget;
    const form = new FormData(target);
    const text = textIn(form);
    const administrator = { login: text('login'), password: text('password') || null };
    found.mutate(
      { name: text('name'), country: text('country').toUpperCase(), administrator },
      { onSuccess: () => target.reset() },
    );
  };
  return (
    <Section title={words.addAgency}>
      <form className={styles['form']} onSubmit={submit}>
        {FIELDS.map(({ words: label, ...field }) => (
          <Field key={field.name} words={label} {...field} />
        ))}
        <button type="submit" className="button">
          {words.found}
        </button>
      </form>
      {found.error !== null && <ProblemNotice error={found.error} />}
    </Section>
  );
};

export const Agencies = (): ReactNode => {
  const agencies = useQuery(agenciesQuery);
  return (
    <>
      <Section title={words.agencies} n={agencies.data?.length}>
        <Async query={agencies}>
          {(list) => (
            <table className="table">
              <thead>
                <tr>
                  <th className="grow">{t.common.agency}</th>
                  <th>{t.common.country}</th>
                  <th>{words.administrators}</th>
                  <th className="num">{words.users}</th>
                </tr>
              </thead>
              <tbody>
                {list.map((agency) => (
                  <tr key={agency.id}>
                    <td className="grow">{agency.name}</td>
                    <td>{agency.country}</td>
                    <td>{agency.administrators.join(', ')}</td>
                    <td className="num">{count(agency.users)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Async>
      </Section>
      <FoundAgency />
    </>
  );
};
