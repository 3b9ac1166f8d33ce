// Who of the own agency sees a case, its handling and its contact: read as a line of facts, changed in a form below.
import type { Case, CaseChange } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { callVoid } from '../../api/client.js';
import { handlingQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { Facts } from '../../parts/facts.js';
import { Choice, Field } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { t } from '../../text/index.js';
import styles from '../administration/administration.module.css';

const words = t.access;
type Own = NonNullable<Case['own']>;

const Editor = ({ one, own, done }: { one: Case; own: Own; done: () => void }): ReactNode => {
  const codes = useQuery(handlingQuery).data ?? [];
  const change = useChange(
    (body: CaseChange) => callVoid(`/cases/${one.id}`, { method: 'PUT', body }),
    ['/cases', '/exhibits', '/funnel'],
  );
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    change.mutate(
      {
        access: form.get('access') === 'named' ? 'named' : 'agency',
        handling: String(form.get('handling')),
        contact: String(form.get('contact')).trim(),
        partnerBreakGlass: form.get('partners') !== null,
      },
      { onSuccess: done },
    );
  };
  return (
    <>
      <form className={styles['form']} onSubmit={submit}>
        <Choice name="access" defaultValue={own.access} words={words.seenBy}>
          <option value="agency">{words.all}</option>
          <option value="named">{words.named}</option>
        </Choice>
        <Choice name="handling" defaultValue={one.handling} words={words.handling} key={codes.length}>
          {codes.map(({ code }) => (
            <option key={code}>{code}</option>
          ))}
        </Choice>
        <Field name="contact" required maxLength={80} defaultValue={own.contact.login} words={words.contact} />
        <label>
          <input type="checkbox" name="partners" defaultChecked={own.partnerBreakGlass} /> {words.partnersMay}
        </label>
        <button type="submit" className="button" disabled={change.isPending}>
          {words.keep}
        </button>
        <button type="button" className="button plain" onClick={done}>
          {t.common.cancel}
        </button>
      </form>
      {change.error !== null && <ProblemNotice error={change.error} />}
    </>
  );
};

export const Settings = ({ one, own, mayChange }: { one: Case; own: Own; mayChange: boolean }): ReactNode => {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Facts
        rows={[
          [words.seenBy, own.access === 'named' ? words.named : words.all],
          [words.handling, one.handling],
          [words.contact, own.contact.displayName],
          [words.partners, own.partnerBreakGlass ? words.partnersMay : words.partnersMayNot],
        ]}
      />
      {open ? (
        <Editor one={one} own={own} done={() => setOpen(false)} />
      ) : (
        mayChange && (
          <div className={styles['form']}>
            <button type="button" className="button plain" onClick={() => setOpen(true)}>
              {words.change}
            </button>
          </div>
        )
      )}
    </>
  );
};
