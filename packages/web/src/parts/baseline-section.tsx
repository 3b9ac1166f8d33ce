// The baseline list for somebody: what would be on it, what is held back, and what they have to be told, before it is released.
import { BaselineSummary } from '@redthread/core/contract';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode, SyntheticEvent } from 'react';
import { callFile, callJson } from '../api/client.js';
import { useChange } from '../api/use-change.js';
import { CASE_ROLES, useRoles } from '../app/use-roles.js';
import { t } from '../text/index.js';
import styles from './export-section.module.css';
import { Field, textIn } from './field.js';
import { ProblemNotice } from './problem-notice.js';
import { saveFile } from './save-file.js';
import { Section } from './section.js';

const words = t.exchange.baseline;

export const BaselineSection = (): ReactNode => {
  const may = useRoles(CASE_ROLES);
  const look = useMutation({
    mutationFn: (body: object) => callJson('/baseline/preview', BaselineSummary, { method: 'POST', body }),
  });
  const release = useChange(
    async (body: object) => {
      const file = await callFile('/baseline', { method: 'POST', body });
      saveFile(file, file.name);
    },
    ['/contributions', '/audit'],
  );
  if (!may) return null;
  const submit = (event: SyntheticEvent<HTMLFormElement, SubmitEvent>): void => {
    event.preventDefault();
    const body = { to: textIn(new FormData(event.currentTarget))('to') };
    release.reset();
    if ((event.nativeEvent.submitter as HTMLButtonElement | null)?.value === 'look') look.mutate(body);
    else look.mutate(body, { onSuccess: () => release.mutate(body) });
  };
  const error = release.error ?? look.error;
  return (
    <Section title={words.title}>
      <form className={styles['form']} onSubmit={submit} aria-label={words.title}>
        <span className="muted">{words.teach}</span>
        <div className={styles['row']}>
          <Field name="to" required maxLength={120} words={words.to} />
          <button type="submit" value="look" className="button plain" disabled={look.isPending}>
            {t.exchange.look}
          </button>
          <button type="submit" value="release" className="button" disabled={look.isPending || release.isPending}>
            {words.release}
          </button>
          {release.isSuccess && <span role="status">{t.exchange.written}</span>}
        </div>
        {look.data !== undefined && error === null && (
          <div role="status" className={styles['summary']}>
            <strong>{words.holds(look.data.entries, look.data.withdrawn)}</strong>{' '}
            <span className="muted">{look.data.handling}</span>
            <p>{words.held(look.data.alone, look.data.disputed)}</p>
          </div>
        )}
        {error !== null && <ProblemNotice error={error} />}
      </form>
    </Section>
  );
};
