// The handling codes of the agency: how far each lets something go; a form makes one or changes it.
import { HANDLING_REACHES, Handling } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode, SyntheticEvent } from 'react';
import { callVoid } from '../../api/client.js';
import { handlingQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { Async } from '../../parts/async.js';
import { Choice, Field, textIn } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { count } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './administration.module.css';

const words = t.handling;

export const HandlingCodes = (): ReactNode => {
  const codes = useQuery(handlingQuery);
  const change = useChange(
    ({ code, body }: { code: string; body: object | null }) =>
      callVoid(`/handling/${encodeURIComponent(code)}`, body === null ? { method: 'DELETE' } : { method: 'PUT', body }),
    ['/handling', '/cases'],
  );
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const target = event.currentTarget;
    const form = new FormData(target);
    const text = textIn(form);
    const recipients = text('recipients')
      .split('\n')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    change.mutate(
      { code: text('code'), body: { title: text('title'), reach: text('reach'), recipients } },
      { onSuccess: () => target.reset() },
    );
  };
  return (
    <Section title={words.title} n={codes.data?.length}>
      {change.error !== null && <ProblemNotice error={change.error} />}
      <Async query={codes}>
        {(list) => (
          <table className="table">
            <thead>
              <tr>
                <th>{words.code}</th>
                <th>{words.reaches}</th>
                <th className="grow">{words.meaning}</th>
                <th className="num">{words.used}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {list.map(({ code, reach, recipients, title, uses }) => (
                <tr key={code} data-code={code}>
                  <td>{code}</td>
                  <td>
                    {words.reach[reach]}
                    {recipients.length > 0 && `: ${recipients.map(({ name }) => name).join(', ')}`}
                  </td>
                  <td className="grow muted">{title}</td>
                  <td className="num">{count(uses)}</td>
                  <td className="num">
                    {uses === 0 && !code.startsWith('TLP:') && (
                      <button
                        type="button"
                        className="button plain"
                        onClick={() => change.mutate({ code, body: null })}
                      >
                        {words.remove}
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Async>
      <form className={styles['form']} onSubmit={submit}>
        <Field name="code" required maxLength={Handling.maxLength ?? undefined} words={words.code} />
        <Choice name="reach" words={words.reaches} defaultValue="agency">
          {HANDLING_REACHES.map((reach) => (
            <option key={reach} value={reach}>
              {words.reach[reach]}
            </option>
          ))}
        </Choice>
        <Field name="title" maxLength={200} words={words.meaning} />
        <textarea
          className="field"
          name="recipients"
          rows={2}
          placeholder={words.agencies}
          aria-label={words.agencies}
        />
        <button type="submit" className="button">
          {words.keep}
        </button>
      </form>
    </Section>
  );
};
