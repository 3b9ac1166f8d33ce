// What was decided on a connection and by whom, and the buttons and the form to decide; each decision has a reason.
import { ConnectionFile, type Connection, type ConnectionDecision, type KeyAction } from '@redthread/core/contract';
import type { DecisionState } from '@redthread/core/domain';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { Kbd } from '../../app/own-keys.js';
import { callJson } from '../../api/client.js';
import { connectionQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { Async } from '../../parts/async.js';
import { Field, ReasonField, textIn } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { daysOn, instant } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './connections.module.css';

const words = t.connections;
const SNOOZE_DAYS = 7;

/** What each is in the keymap; `reopened` only where something is decided. */
export const ACT_KEYS = {
  confirmed: 'confirm',
  rejected: 'reject',
  snoozed: 'snooze',
  reopened: 'reopen',
} as const satisfies Record<DecisionState, KeyAction>;

export const actsOn = ({ state }: Pick<Connection, 'state'>): readonly DecisionState[] =>
  state === 'new' ? ['confirmed', 'rejected', 'snoozed'] : ['confirmed', 'rejected', 'snoozed', 'reopened'];

const Decision = ({ one }: { one: ConnectionDecision }): ReactNode => (
  <p data-decision={one.state}>
    {words.decisions[one.state]}
    {one.until !== null && ` ${words.until(instant(one.until))}`}: {one.reason}{' '}
    <span className="muted">{words.decided(one.login, one.agency, instant(one.at))}</span>
  </p>
);

const All = ({ id }: { id: string }): ReactNode => {
  const [open, setOpen] = useState(false);
  const query = useQuery({ ...connectionQuery(id), enabled: open });
  return (
    <>
      <div>
        <button type="button" className="button plain" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? words.hideAll : words.all}
        </button>
      </div>
      {open && (
        <Async query={query}>{({ decisions }) => decisions.map((one) => <Decision key={one.id} one={one} />)}</Async>
      )}
    </>
  );
};

/** What is judged: of exhibits and cases, or of a series. */
export type Judged = Pick<Connection, 'id' | 'state' | 'reopened' | 'decision' | 'opinions'>;

interface DecideProps {
  readonly connection: Judged;
  readonly act: DecisionState;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

const Decide = ({ connection, act, onDone, onCancel }: DecideProps): ReactNode => {
  const decide = useChange(
    async (body: object) => {
      await callJson(`/connections/${connection.id}/decisions`, ConnectionFile, { method: 'POST', body });
      // Before the feed is read again: what was decided may have left it by then.
      onDone();
    },
    ['/connections', '/series'],
  );
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = textIn(new FormData(event.currentTarget));
    // The day begins where the reader is.
    const until = act === 'snoozed' ? { until: new Date(`${text('until')}T00:00`).toISOString() } : {};
    decide.mutate({ state: act, reason: text('reason'), ...until });
  };
  return (
    <>
      <form
        className={styles['decide']}
        onSubmit={submit}
        aria-label={words.acts[act]}
        onKeyDown={({ key }) => key === 'Escape' && onCancel()}
      >
        {act === 'snoozed' && (
          <Field
            type="date"
            name="until"
            required
            min={daysOn(1)}
            defaultValue={daysOn(SNOOZE_DAYS)}
            words={words.untilField}
          />
        )}
        <ReasonField autoFocus words={words.why} />
        <button type="submit" className="button" disabled={decide.isPending}>
          {words.acts[act]}
        </button>
        <button type="button" className="button plain" onClick={onCancel}>
          {t.common.cancel} <Kbd action="close" />
        </button>
      </form>
      {decide.error !== null && <ProblemNotice error={decide.error} />}
    </>
  );
};

interface JudgementProps {
  readonly connection: Judged;
  /** The page has the keys of the acts. */
  readonly isKeyed?: boolean;
  readonly mayDecide: boolean;
  /** What is being decided; null while nothing is. */
  readonly act: DecisionState | null;
  readonly onAct: (act: DecisionState | null) => void;
  readonly onDone: () => void;
}

export const Judgement = ({
  connection,
  isKeyed = false,
  mayDecide,
  act,
  onAct,
  onDone,
}: JudgementProps): ReactNode => {
  const { decision, reopened, opinions } = connection;
  return (
    <section className={styles['judgement']} aria-label={words.judgement}>
      <h2 className={styles['part']}>{words.judgement}</h2>
      {reopened !== null && <p role="status">{reopened}</p>}
      {decision === null ? <p className="muted">{words.undecided}</p> : <Decision one={decision} />}
      {mayDecide &&
        (act === null ? (
          <div className={styles['acts']}>
            {actsOn(connection).map((one) => (
              <button key={one} type="button" className="button" onClick={() => onAct(one)}>
                {words.acts[one]} {isKeyed && <Kbd action={ACT_KEYS[one]} />}
              </button>
            ))}
          </div>
        ) : (
          <Decide key={act} connection={connection} act={act} onDone={onDone} onCancel={() => onAct(null)} />
        ))}
      {opinions.length > 0 && <p className="muted">{words.opinions}</p>}
      {opinions.map((one) => (
        <Decision key={one.id} one={one} />
      ))}
      {(decision !== null || opinions.length > 0) && <All id={connection.id} />}
    </section>
  );
};
