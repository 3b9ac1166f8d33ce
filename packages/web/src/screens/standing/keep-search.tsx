// Keeps what was searched or filtered: under a name, for a purpose and until a day.
import { StandingSearch } from '@redthread/core/contract';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { callJson } from '../../api/client.js';
import { useChange } from '../../api/use-change.js';
import { KEEPING_ROLES, useRoles } from '../../app/use-roles.js';
import { Field, textIn } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { t } from '../../text/index.js';
import styles from './standing.module.css';

const words = t.notices.standing;

/** Words or a digest, what a review filters by, or a picture with the part of it that is looked for. */
export type ToKeep =
  | { readonly q: string }
  | { readonly filter: Readonly<Record<string, unknown>> }
  | { readonly picture: Blob; readonly region?: string | undefined };

const send = (what: ToKeep, kept: { readonly name: string; readonly purpose: string; readonly expiresAt: string }) =>
  'picture' in what
    ? callJson('/standing-searches/picture', StandingSearch, {
        method: 'POST',
        query: { ...kept, region: what.region },
        bytes: what.picture,
      })
    : callJson('/standing-searches', StandingSearch, { method: 'POST', body: { ...kept, ...what } });

/** Give it the search as its key: what was said of one is not said of the next. */
export const KeepSearch = ({ what }: { what: ToKeep }): ReactNode => {
  const may = useRoles(KEEPING_ROLES);
  const [open, setOpen] = useState(false);
  const change = useChange(
    (form: FormData) => {
      const text = textIn(form);
      return send(what, {
        name: text('name'),
        purpose: text('purpose'),
        expiresAt: `${text('until')}T23:59:59Z`,
      });
    },
    ['/standing-searches'],
  );
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    change.mutate(new FormData(event.currentTarget), { onSuccess: () => setOpen(false) });
  };
  if (!may) return null;
  if (change.isSuccess && !open)
    return (
      <p className={styles['keep']} role="status">
        {words.kept}{' '}
        <Link to="/standing" search={{ id: change.data.id }} className="link">
          {change.data.name}
        </Link>
      </p>
    );
  if (!open)
    return (
      <p className={styles['keep']}>
        <button type="button" className="button plain" title={words.keepTitle} onClick={() => setOpen(true)}>
          {words.keep}
        </button>
      </p>
    );
  return (
    <form className={styles['keep']} onSubmit={submit} onKeyDown={({ key }) => key === 'Escape' && setOpen(false)}>
      <Field name="name" words={words.name} required maxLength={120} autoFocus />
      <Field name="purpose" words={words.purpose} required minLength={3} maxLength={200} />
      <Field name="until" type="date" words={words.until} required />
      <button type="submit" className="button" disabled={change.isPending}>
        {words.keep}
      </button>
      <button type="button" className="button plain" onClick={() => setOpen(false)}>
        {t.common.cancel}
      </button>
      {change.error !== null && <ProblemNotice error={change.error} />}
    </form>
  );
};
