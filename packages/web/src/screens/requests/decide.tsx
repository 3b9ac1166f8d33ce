// What the viewer may do with a request, and the form that does it: what it means stands above the button that does it.
import { TwoPersonRequest } from '@redthread/core/contract';
import { useRef, useState, type ReactNode, type SyntheticEvent } from 'react';
import { callJson } from '../../api/client.js';
import { useChange } from '../../api/use-change.js';
import { Field, textIn } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { t } from '../../text/index.js';
import form from '../../parts/ask.module.css';
import styles from './requests.module.css';

export type Verb = TwoPersonRequest['may'][number];

const words = t.requests;
const TOUCHES = ['/requests', '/notices', '/status'];
const NEEDS_REASON: readonly Verb[] = ['refuse', 'undo', 'purge'];

/** The one field of a step; the contract says what it may hold. */
const FieldOf = ({ verb }: { verb: Verb }): ReactNode => {
  if (verb === 'cancel') return null;
  if (verb === 'accept') return <Field name="as" maxLength={80} autoFocus words={words.reference} />;
  const isNeeded = NEEDS_REASON.includes(verb);
  return (
    <Field
      name="reason"
      required={isNeeded}
      minLength={3}
      maxLength={1000}
      autoFocus
      words={isNeeded ? words.yourReason : words.yourReasonIfAny}
    />
  );
};

const bodyOf = (verb: Verb, form: FormData): object | undefined => {
  if (verb === 'cancel') return undefined;
  const name = verb === 'accept' ? 'as' : 'reason';
  const text = textIn(form)(name);
  return text === '' ? {} : { [name]: text };
};

interface DecideProps {
  readonly request: TwoPersonRequest;
  readonly onSaid: (verb: Verb, number: string) => void;
}

export const Decide = ({ request, onSaid }: DecideProps): ReactNode => {
  const [chosen, setChosen] = useState<Verb | null>(null);
  const steps = useRef<HTMLDivElement>(null);
  const send = useChange(async ({ verb, body }: { verb: Verb; body: object | undefined }) => {
    const { number } = await callJson(`/requests/${request.number}/${verb}`, TwoPersonRequest, {
      method: 'POST',
      ...(body === undefined ? {} : { body }),
    });
    // Before the list is read again: what leaves it says nothing any more.
    onSaid(verb, number);
  }, TOUCHES);
  const close = (): void => {
    send.reset();
    setChosen(null);
    steps.current?.focus();
  };
  // Somebody else may have been faster.
  const verb = chosen !== null && request.may.includes(chosen) ? chosen : null;
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (verb === null) return;
    send.mutate({ verb, body: bodyOf(verb, new FormData(event.currentTarget)) }, { onSuccess: close });
  };
  return (
    <div ref={steps} tabIndex={-1} className={styles['one']}>
      {verb === null ? (
        request.may.length > 0 && (
          <div className={form['steps']}>
            {request.may.map((may) => (
              <button key={may} type="button" className="button" onClick={() => setChosen(may)}>
                {words.verbs[may]}
              </button>
            ))}
          </div>
        )
      ) : (
        <form onSubmit={submit} aria-label={`${words.verbs[verb]}: ${request.number}`}>
          <div className={form['means']}>
            {words.means(verb, request).map((text) => (
              <p key={text}>{text}</p>
            ))}
          </div>
          <div className={form['steps']}>
            <FieldOf key={verb} verb={verb} />
            <button type="submit" className="button" disabled={send.isPending}>
              {words.verbs[verb]}
            </button>
            <button type="button" className="button plain" onClick={close}>
              {t.common.close}
            </button>
          </div>
        </form>
      )}
      {send.error !== null && <ProblemNotice error={send.error} />}
    </div>
  );
};
