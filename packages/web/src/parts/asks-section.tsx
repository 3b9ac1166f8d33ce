// Questions to other countries in an operation: those of the own agency with who confirms and what was answered, and those that it is asked. A crop is
// looked at like any picture: held or kept open, on record before it is sent.
import { Ask, ASK_SAYS, AskSays } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { callJson } from '../api/client.js';
import { asksQuery } from '../api/queries.js';
import { useChange } from '../api/use-change.js';
import { useReveal } from '../media/reveal.js';
import { RevealControls } from '../media/reveal-controls.js';
import { SafeCrop } from '../media/safe-media.js';
import { instant } from '../text/format.js';
import { t } from '../text/index.js';
import { AlsoOver } from './also-over.js';
import form from './ask.module.css';
import styles from './asks-section.module.css';
import { Async } from './async.js';
import { Choice, Field, textIn } from './field.js';
import notes from './notes-section.module.css';
import { ProblemNotice } from './problem-notice.js';
import { Section } from './section.js';
import { WithReason } from './with-reason.js';

const words = t.asks;
const TOUCHES = ['/asks', '/notices', '/status'];

const send = (ask: Ask, verb: string, body?: object): Promise<Ask> =>
  callJson(`/asks/${ask.id}/${verb}`, Ask, { method: 'POST', ...(body !== undefined && { body }) });

const Answer = ({ ask }: { ask: Ask }): ReactNode => {
  const answer = useChange((body: object) => send(ask, 'answers', body), TOUCHES);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const target = event.currentTarget;
    const text = textIn(new FormData(target));
    answer.mutate({ says: AskSays.parse(text('says')), text: text('text') }, { onSuccess: () => target.reset() });
  };
  return (
    <form className={form['steps']} onSubmit={submit} aria-label={words.answerTo(ask.number)}>
      <Choice name="says" words={words.saying}>
        {ASK_SAYS.map((says) => (
          <option key={says} value={says}>
            {words.says[says]}
          </option>
        ))}
      </Choice>
      <Field name="text" required maxLength={4000} words={words.answerText} />
      <button type="submit" className="button" disabled={answer.isPending}>
        {words.answer}
      </button>
      {answer.error !== null && <ProblemNotice error={answer.error} />}
    </form>
  );
};

const Acts = ({ ask, looked }: { ask: Ask; looked: boolean }): ReactNode => {
  const step = useChange((verb: 'confirm' | 'withdraw' | 'close') => {
    return send(ask, verb, verb === 'confirm' ? { showsNoVictim: true } : undefined);
  }, TOUCHES);
  const decides = ask.may.includes('refuse');
  return (
    <div className={form['steps']}>
      {decides && (
        <>
          <button
            type="button"
            className="button"
            disabled={!looked || step.isPending}
            title={looked ? undefined : words.lookFirst}
            onClick={() => step.mutate('confirm')}
          >
            {words.confirm}
          </button>
          <WithReason
            words={words.refuse}
            reason={t.requests.yourReason}
            send={(reason) => send(ask, 'refuse', { reason })}
            touches={TOUCHES}
          />
          {!looked && <span className="muted">{words.lookFirst}</span>}
        </>
      )}
      {(['withdraw', 'close'] as const)
        .filter((verb) => ask.may.includes(verb))
        .map((verb) => (
          <button key={verb} type="button" className="button plain" onClick={() => step.mutate(verb)}>
            {words[verb]}
          </button>
        ))}
      {step.error !== null && <ProblemNotice error={step.error} />}
    </div>
  );
};

const stands = ({ state, own }: Ask): string =>
  state === 'waiting'
    ? words.waitsFor(own?.second ?? null)
    : own === null || own.decidedBy === null
      ? words.states[state]
      : words.decided(words.states[state], own.decidedBy, own.decisionReason ?? '');

const One = ({ ask }: { ask: Ask }): ReactNode => {
  const reveal = useReveal(ask.id, 'asks');
  const [seen, setSeen] = useState(false);
  if (reveal.state.status === 'clear' && !seen) setSeen(true);
  return (
    <li className={styles['ask']} data-ask={ask.number} data-state={ask.state}>
      <div className={styles['crop']}>
        <SafeCrop reveal={reveal.state} alt={words.crop(ask.number)} instead={words.veiled} />
        <RevealControls reveals={[reveal]} />
      </div>
      <div className={styles['said']}>
        <p>
          <strong>{t.notes.by(ask.by.login, ask.by.agency)}</strong>{' '}
          <span className="muted">
            {instant(ask.at)} · {ask.number} · {ask.countries.length === 0 ? words.everybody : ask.countries.join(' ')}{' '}
            · {ask.overdue ? t.tasks.late(ask.due) : words.until(ask.due)}
          </span>
        </p>
        <p className={notes['text']}>{ask.question}</p>
        <p className="muted">{stands(ask)}</p>
        {ask.answers.map(({ id, by, agency, country, says, text, at }) => (
          <p key={id} className={notes['text']} data-answer={says}>
            <strong>{words.says[says]}</strong> {text}{' '}
            <span className="muted">
              {t.notes.by(by, agency)} ({country}), {instant(at)}
            </span>
          </p>
        ))}
        {ask.may.includes('answer') && <Answer ask={ask} />}
        {ask.own !== null && ask.may.length > 0 && <Acts ask={ask} looked={seen || ask.own.looked} />}
      </div>
    </li>
  );
};

export const AsksSection = ({ operationId }: { operationId: string }): ReactNode => {
  const [all, setAll] = useState(false);
  const query = useQuery(asksQuery(operationId, all));
  return (
    <Section title={words.title} n={query.data?.length} id="asks" more={<AlsoOver all={all} onAll={setAll} />}>
      <Async query={query}>
        {(items) =>
          items.length === 0 ? (
            <p className={notes['none']}>{words.none}</p>
          ) : (
            <ul className={styles['asks']}>
              {items.map((ask) => (
                <One key={ask.id} ask={ask} />
              ))}
            </ul>
          )
        }
      </Async>
    </Section>
  );
};
