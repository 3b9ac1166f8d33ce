// The baseline list for somebody: what would be on it, what is held back, and what they have to be told, before it is released.
import { BaselineSummary } from '@redthread/core/contract';
import type { ReactNode } from 'react';
import { CASE_ROLES, useRoles } from '../app/use-roles.js';
import { t } from '../text/index.js';
import styles from './export-section.module.css';
import { Field, textIn } from './field.js';
import { ProblemNotice } from './problem-notice.js';
import { Section } from './section.js';
import { LOOK, useLookFirst } from './use-look-first.js';

const words = t.exchange.baseline;

const bodyOf = (form: FormData): object => ({ to: textIn(form)('to') });

export const BaselineSection = (): ReactNode => {
  const may = useRoles(CASE_ROLES);
  const { submit, summary, isLooking, isWriting, isWritten, error } = useLookFirst(
    () => '/baseline',
    BaselineSummary,
    bodyOf,
  );
  if (!may) return null;
  return (
    <Section title={words.title}>
      <form className={styles['form']} onSubmit={submit} aria-label={words.title}>
        <span className="muted">{words.teach}</span>
        <div className={styles['row']}>
          <Field name="to" required maxLength={120} words={words.to} />
          <button type="submit" value={LOOK} className="button plain" disabled={isLooking}>
            {t.exchange.look}
          </button>
          <button type="submit" value="release" className="button" disabled={isLooking || isWriting}>
            {words.release}
          </button>
          {isWritten && <span role="status">{t.exchange.written}</span>}
        </div>
        {summary !== undefined && (
          <div role="status" className={styles['summary']}>
            <strong>{words.holds(summary.entries, summary.withdrawn)}</strong>{' '}
            <span className="muted">{summary.handling}</span>
            <p>{words.held(summary.alone, summary.disputed)}</p>
          </div>
        )}
        {error !== null && <ProblemNotice error={error} />}
      </form>
    </Section>
  );
};
