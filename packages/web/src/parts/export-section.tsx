// A case, an operation, an exhibit or a series as a file for other programs: what would be in it is said first, then it is written.
import {
  EXCHANGE_FIELDS,
  EXCHANGE_FORMATS,
  ExchangeSummary,
  type EXCHANGE_SUBJECTS,
  type ExchangeFormat,
} from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { handlingQuery, packageKeysQuery } from '../api/queries.js';
import { CASE_ROLES, useRoles } from '../app/use-roles.js';
import { t } from '../text/index.js';
import { Choice, Field, textIn } from './field.js';
import styles from './export-section.module.css';
import { ProblemNotice } from './problem-notice.js';
import { Section } from './section.js';
import { LOOK, useLookFirst } from './use-look-first.js';

const words = t.exchange;

type Subject = Readonly<Partial<Record<(typeof EXCHANGE_SUBJECTS)[number], string>>>;

/** Sealed for the key of another agency: a way of its own to give, with what every export says. */
const PACKAGE = 'package';
const isPackage = (form: FormData): boolean => form.get('format') === PACKAGE;
const pathOf = (form: FormData): string => (isPackage(form) ? '/exports/package' : '/exports');

/** What the form says, as the API takes it. */
const bodyOf = (subject: Subject, form: FormData): object => {
  const text = textIn(form);
  const given = ['to', 'handling', 'purpose'].filter((name) => text(name) !== '');
  return {
    ...subject,
    ...(isPackage(form) ? {} : { format: text('format'), shape: form.get('mediaSet') === null ? 'case' : 'media-set' }),
    leaveOut: EXCHANGE_FIELDS.filter((field) => form.get(`without-${field}`) !== null),
    withoutUnread: form.get('withoutUnread') !== null,
    ...Object.fromEntries(given.map((name) => [name, text(name)])),
  };
};

const Summary = ({ summary }: { summary: ExchangeSummary }): ReactNode => (
  <div role="status" className={styles['summary']}>
    <strong>{words.holds(summary.media, summary.files)}</strong>
    <span className="muted"> {words.as(summary.handling, summary.scheme)}</span>
    {summary.notes.map(({ code, count, places }) => (
      <p key={code}>{words.note(code, count, places[0] ?? '')}</p>
    ))}
  </div>
);

/** A package is for a key that is trusted, and says what it is for. */
const ForPackage = (): ReactNode => {
  const trusted = useQuery(packageKeysQuery).data?.trusted;
  return (
    <>
      <Choice name="to" required defaultValue="" words={words.packages.for} key={trusted?.length}>
        <option value="" disabled>
          {trusted?.length === 0 ? words.packages.noKeys : words.packages.choose}
        </option>
        {trusted?.map(({ country, fingerprint, id, name }) => (
          <option key={id} value={fingerprint}>
            {`${name} (${country}), ${fingerprint.slice(0, 9)}…`}
          </option>
        ))}
      </Choice>
      <Field name="purpose" required minLength={3} maxLength={200} words={words.packages.purpose} />
    </>
  );
};

const ExportForm = ({ subject, done }: { subject: Subject; done: () => void }): ReactNode => {
  const codes = useQuery(handlingQuery).data ?? [];
  const [format, setFormat] = useState<ExchangeFormat | typeof PACKAGE>('vics');
  const { submit, summary, isLooking, isWriting, isWritten, error } = useLookFirst(pathOf, ExchangeSummary, (form) =>
    bodyOf(subject, form),
  );
  return (
    <form className={styles['form']} onSubmit={submit} aria-label={words.title}>
      <div className={styles['row']}>
        <Choice
          name="format"
          words={words.format}
          value={format}
          onChange={(event) => setFormat(event.currentTarget.value as typeof format)}
        >
          {EXCHANGE_FORMATS.map((one) => (
            <option key={one} value={one}>
              {words.formats[one]}
            </option>
          ))}
          <option value={PACKAGE}>{words.packages.format}</option>
        </Choice>
        {format === PACKAGE ? <ForPackage /> : <Field name="to" maxLength={120} words={words.to} />}
        <Choice name="handling" words={words.handling} title={words.handling} key={codes.length}>
          <option value="">{words.strictest}</option>
          {codes.map(({ code }) => (
            <option key={code}>{code}</option>
          ))}
        </Choice>
      </div>
      <div className={styles['row']}>
        {format === 'vics' && (
          <label>
            <input type="checkbox" name="mediaSet" /> {words.mediaSet}
          </label>
        )}
        <label>
          <input type="checkbox" name="withoutUnread" /> {words.withoutUnread}
        </label>
      </div>
      <fieldset className={styles['row']}>
        <legend>{words.leaveOut}</legend>
        {EXCHANGE_FIELDS.map((field) => (
          <label key={field}>
            <input type="checkbox" name={`without-${field}`} /> {words.fields[field]}
          </label>
        ))}
      </fieldset>
      <div className={styles['row']}>
        <button type="submit" value={LOOK} className="button plain" disabled={isLooking}>
          {words.look}
        </button>
        <button type="submit" value="write" className="button" disabled={isLooking || isWriting}>
          {words.write}
        </button>
        <button type="button" className="button plain" onClick={done}>
          {t.common.close}
        </button>
        {isWritten && <span role="status">{words.written}</span>}
      </div>
      {summary !== undefined && <Summary summary={summary} />}
      {error !== null && <ProblemNotice error={error} />}
    </form>
  );
};

/** Shown to whoever may export; the server decides. */
export const ExportSection = ({ subject }: { subject: Subject }): ReactNode => {
  const may = useRoles(CASE_ROLES);
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <Section
      title={words.title}
      more={
        !open && (
          <button type="button" className="button plain" onClick={() => setOpen(true)}>
            {words.begin}
          </button>
        )
      }
    >
      {open && <ExportForm subject={subject} done={() => setOpen(false)} />}
    </Section>
  );
};
