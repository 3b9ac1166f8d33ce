// What takes two persons, asked for where it is about: what it does stands above the button that asks; the second person decides
// on the page of requests.
import { TwoPersonRequest, type RequestKind, type Role } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { callJson } from '../api/client.js';
import { meQuery, secondsQuery } from '../api/queries.js';
import { useChange } from '../api/use-change.js';
import { CASE_ROLES, LEADING_ROLES } from '../app/use-roles.js';
import { t } from '../text/index.js';
import styles from './ask.module.css';
import { Choice, Field, ReasonField, textIn } from './field.js';
import { ProblemNotice } from './problem-notice.js';

type Asked = Exclude<RequestKind, 'undo' | 'purge'>;

const words = t.requests;
const TOUCHES = ['/requests', '/notices', '/status'];
/** What the last word of the address is, and who may ask; the server decides, this only spares a refusal. */
const STEPS: Readonly<Record<Asked, { readonly path: string; readonly roles: readonly Role[] }>> = {
  'exhibit-move': { path: 'move', roles: CASE_ROLES },
  'exhibit-withdraw': { path: 'withdraw', roles: CASE_ROLES },
  'case-transfer': { path: 'transfer', roles: LEADING_ROLES },
  'case-destroy': { path: 'destroy', roles: LEADING_ROLES },
};

/** What a step needs besides a reason. */
const FieldsOf = ({ kind }: { kind: Asked }): ReactNode => {
  switch (kind) {
    case 'exhibit-move':
      return (
        <>
          <Field name="toCase" required maxLength={80} words={words.toCase} />
          <Field name="as" maxLength={80} words={words.reference} />
        </>
      );
    case 'case-transfer':
      return <Field name="toAgency" required maxLength={200} words={words.toAgency} />;
    case 'case-destroy':
      return (
        <label>
          <input type="checkbox" name="leaveInPlace" /> {words.leaveInPlace}
        </label>
      );
    case 'exhibit-withdraw':
      return null;
  }
};

const bodyOf = (form: FormData): object => {
  const text = textIn(form);
  const given = ['reason', 'second', 'toCase', 'as', 'toAgency'].filter((name) => text(name) !== '');
  return {
    ...Object.fromEntries(given.map((name) => [name, text(name)])),
    ...(form.get('leaveInPlace') === null ? {} : { leaveInPlace: true }),
  };
};

const Second = (): ReactNode => {
  const seconds = useQuery(secondsQuery).data ?? [];
  return (
    <Choice name="second" words={words.second} title={words.second} key={seconds.length}>
      <option value="">{words.anybody}</option>
      {seconds.map(({ login, displayName }) => (
        <option key={login} value={login}>
          {displayName}
        </option>
      ))}
    </Choice>
  );
};

interface AskProps {
  /** Of the exhibit or case, under the API. */
  readonly path: string;
  readonly kinds: readonly Asked[];
}

export const Ask = ({ path, kinds }: AskProps): ReactNode => {
  const roles = useQuery(meQuery).data?.roles ?? [];
  const [chosen, setChosen] = useState<Asked | null>(null);
  const ask = useChange(
    ({ kind, body }: { kind: Asked; body: object }) =>
      callJson(`${path}/${STEPS[kind].path}`, TwoPersonRequest, { method: 'POST', body }),
    TOUCHES,
  );
  const offered = kinds.filter((kind) => STEPS[kind].roles.some((role) => roles.includes(role)));
  if (offered.length === 0) return null;
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (chosen === null) return;
    ask.mutate({ kind: chosen, body: bodyOf(new FormData(event.currentTarget)) }, { onSuccess: () => setChosen(null) });
  };
  return (
    <div className={styles['ask']}>
      {chosen === null ? (
        <div className={styles['steps']}>
          {offered.map((kind) => (
            <button key={kind} type="button" className="button" onClick={() => (ask.reset(), setChosen(kind))}>
              {words.ask(kind)}
            </button>
          ))}
          <span role="status">
            {ask.data !== undefined && (
              <>
                {words.asked(ask.data.number)}{' '}
                <Link to="/requests" className="link">
                  {words.title}
                </Link>
              </>
            )}
          </span>
        </div>
      ) : (
        <form onSubmit={submit} aria-label={words.ask(chosen)}>
          <div className={styles['means']}>
            {words.askMeans(chosen).map((text) => (
              <p key={text}>{text}</p>
            ))}
          </div>
          <div className={styles['steps']}>
            <FieldsOf kind={chosen} />
            <ReasonField maxLength={1000} words={words.yourReason} />
            <Second />
            <button type="submit" className="button" disabled={ask.isPending}>
              {words.ask(chosen)}
            </button>
            <button type="button" className="button plain" onClick={() => setChosen(null)}>
              {t.common.close}
            </button>
          </div>
        </form>
      )}
      {ask.error !== null && <ProblemNotice error={ask.error} />}
    </div>
  );
};
