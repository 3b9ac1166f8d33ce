// What an officer hands to a country out of chats: everybody with a number of it and where each stands. What would be in it is said first, then it is written.
import { ChatPackageSummary } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { handlingQuery, type ScopeQuery } from '../../api/queries.js';
import { CASE_ROLES, useRoles } from '../../app/use-roles.js';
import styles from '../../parts/export-section.module.css';
import { Choice, Field, textIn } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { LOOK, useLookFirst } from '../../parts/use-look-first.js';
import { t } from '../../text/index.js';

const words = t.chats.countries;
const exchange = t.exchange;
/** Names of formats, the same in every language. */
const FORMATS = { json: 'JSON', csv: 'CSV' } as const;

const bodyOf = (country: string, scope: ScopeQuery, form: FormData): object => {
  const text = textIn(form);
  const given = ['to', 'handling', 'purpose'].filter((name) => text(name) !== '');
  return { country, ...scope, format: text('format'), ...Object.fromEntries(given.map((name) => [name, text(name)])) };
};

const PackageForm = ({ country, scope }: { country: string; scope: ScopeQuery }): ReactNode => {
  const codes = useQuery(handlingQuery).data ?? [];
  const { submit, summary, isLooking, isWriting, isWritten, error } = useLookFirst(
    () => '/exports/chats',
    ChatPackageSummary,
    (form) => bodyOf(country, scope, form),
  );
  return (
    <form className={styles['form']} onSubmit={submit} aria-label={words.handOver}>
      <p className="muted">{words.package}</p>
      <div className={styles['row']}>
        <Choice name="format" words={exchange.format} defaultValue="json">
          {Object.entries(FORMATS).map(([format, name]) => (
            <option key={format} value={format}>
              {name}
            </option>
          ))}
        </Choice>
        <Field name="to" maxLength={120} words={exchange.to} />
        <Field name="purpose" minLength={3} maxLength={200} words={exchange.packages.purpose} />
        <Choice name="handling" words={exchange.handling} title={exchange.handling} key={codes.length}>
          <option value="">{exchange.strictest}</option>
          {codes.map(({ code }) => (
            <option key={code}>{code}</option>
          ))}
        </Choice>
      </div>
      <div className={styles['row']}>
        <button type="submit" value={LOOK} className="button plain" disabled={isLooking}>
          {exchange.look}
        </button>
        <button type="submit" value="write" className="button" disabled={isLooking || isWriting}>
          {exchange.write}
        </button>
        {isWritten && <span role="status">{exchange.written}</span>}
      </div>
      {summary !== undefined && (
        <p role="status">
          <strong>{words.holds(summary.people.count, summary.groups)}</strong>
          <span className="muted">
            {' '}
            {words.wrote(summary.messages, summary.media)}, {summary.handling}
          </span>
        </p>
      )}
      {error !== null && <ProblemNotice error={error} />}
    </form>
  );
};

/** Shown to whoever may export; the server decides. */
export const CountryPackage = ({ country, scope }: { country: string; scope: ScopeQuery }): ReactNode => {
  const may = useRoles(CASE_ROLES);
  const [isOpen, setOpen] = useState(false);
  if (!may) return null;
  return (
    <>
      <p className="head">
        <button type="button" className="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {words.handOver}
        </button>
      </p>
      {isOpen && <PackageForm country={country} scope={scope} />}
    </>
  );
};
