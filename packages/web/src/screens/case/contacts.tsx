// Whom to ask in other agencies about what the case holds, what was done about it, and what the case tells others.
import { CONTACT_MODES, CONTACT_STATUSES, type Case, type Contact, type ContactAnswer } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { callVoid } from '../../api/client.js';
import { contactsQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { CASE_ROLES, useRoles } from '../../app/use-roles.js';
import { GradeBadge } from '../../form/grade.js';
import { Async } from '../../parts/async.js';
import { Choice, Field, ReasonField, textIn } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { t } from '../../text/index.js';
import form from '../../parts/ask.module.css';

const words = t.contacts;

/** Forward only: what is closed stays closed. */
const nextOf = ({ status, settled }: Contact): readonly ContactAnswer['status'][] =>
  settled !== null ? [] : CONTACT_STATUSES.slice(CONTACT_STATUSES.indexOf(status) + 1).filter((next) => next !== 'new');

const Answer = ({ one, send }: { one: Contact; send: (answer: ContactAnswer) => void }): ReactNode => {
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    send({ status: given.get('status') as ContactAnswer['status'], note: textIn(given)('note') });
  };
  return (
    <form className={form['steps']} onSubmit={submit} aria-label={words.answer(one.reference)}>
      <Choice name="status" words={words.status}>
        {nextOf(one).map((next) => (
          <option key={next} value={next}>
            {words.statuses[next]}
          </option>
        ))}
      </Choice>
      <Field name="note" required minLength={3} maxLength={200} autoFocus words={words.note} />
      <button type="submit" className="button">
        {words.keep}
      </button>
    </form>
  );
};

const Row = ({ one, onOpen }: { one: Contact; onOpen: (() => void) | null }): ReactNode => (
  <tr data-contact={one.reference} data-status={one.status}>
    <td className="num muted">{one.toldOn}</td>
    <td>{one.agency}</td>
    <td>
      {one.officer} <span className="muted">{one.reachableAt ?? words.noReach}</span>
    </td>
    <td>
      <GradeBadge grade={one.grade} />
    </td>
    <td className="mono">{one.reference}</td>
    <td className="grow">
      {one.urgent && <strong>{t.atRisk.urgent} </strong>}
      {one.settled === null ? words.statuses[one.status] : words.settled[one.settled.as](one.settled.on)}
      {one.answer !== null && <span className="muted"> {words.said(one.answer.by, one.answer.note)}</span>}
    </td>
    <td className="num">
      {onOpen !== null && nextOf(one).length > 0 && (
        <button type="button" className="button plain" onClick={onOpen}>
          {words.open}
        </button>
      )}
    </td>
  </tr>
);

const Mode = ({ one }: { one: Case & { own: NonNullable<Case['own']> } }): ReactNode => {
  const change = useChange(
    (body: object) => callVoid(`/cases/${one.id}/contact-mode`, { method: 'PUT', body }),
    ['/cases'],
  );
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const target = event.currentTarget;
    const given = new FormData(target);
    const body = { mode: given.get('mode'), reason: textIn(given)('reason') };
    change.mutate(body, { onSuccess: () => target.reset() });
  };
  return (
    <>
      <form className={form['steps']} onSubmit={submit} aria-label={words.mode}>
        <Choice name="mode" words={words.mode} defaultValue={one.own.contactMode} key={one.own.contactMode}>
          {CONTACT_MODES.map((mode) => (
            <option key={mode} value={mode}>
              {words.modes[mode]}
            </option>
          ))}
        </Choice>
        <ReasonField words={t.requests.yourReason} />
        <button type="submit" className="button" disabled={change.isPending}>
          {words.change}
        </button>
      </form>
      {change.error !== null && <ProblemNotice error={change.error} />}
    </>
  );
};

export const Contacts = ({ one }: { one: Case & { own: NonNullable<Case['own']> } }): ReactNode => {
  const mayAnswer = useRoles(CASE_ROLES);
  const query = useQuery({ ...contactsQuery(one.id), staleTime: 0 });
  const [opened, setOpened] = useState<string | null>(null);
  const answer = useChange(
    ({ id, body }: { id: string; body: ContactAnswer }) => callVoid(`/contacts/${id}/answer`, { method: 'POST', body }),
    ['/contacts', '/notices', '/status'],
  );
  return (
    <Section title={words.title} n={query.data?.filter(({ settled }) => settled === null).length} id="contacts">
      <div className={form['means']}>
        <p className="muted">{words.means[one.own.contactMode]}</p>
      </div>
      <Async query={query}>
        {(contacts) =>
          contacts.length === 0 ? null : (
            <table className="table" aria-label={words.title}>
              <thead>
                <tr>
                  <th className="num">{words.toldOn}</th>
                  <th>{t.common.agency}</th>
                  <th>{words.officer}</th>
                  <th>{words.grade}</th>
                  <th>{words.reference}</th>
                  <th className="grow">{words.status}</th>
                  <th />
                </tr>
              </thead>
              <tbody>
                {contacts.map((contact) => (
                  <Row key={contact.id} one={contact} onOpen={mayAnswer ? () => setOpened(contact.id) : null} />
                ))}
              </tbody>
            </table>
          )
        }
      </Async>
      {query.data
        ?.filter(({ id }) => id === opened)
        .map((contact) => (
          <Answer
            key={contact.id}
            one={contact}
            send={(body) => answer.mutate({ id: contact.id, body }, { onSuccess: () => setOpened(null) })}
          />
        ))}
      {answer.error !== null && <ProblemNotice error={answer.error} />}
      {mayAnswer && <Mode one={one} />}
    </Section>
  );
};
