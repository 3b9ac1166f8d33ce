// Above the messages: the day that is in sight, where in the chat that is, and how to get elsewhere.
import type { ChatDetail, ChatMessage } from '@redthread/core/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode, SyntheticEvent } from 'react';
import { Field, textIn } from '../../parts/field.js';
import { t } from '../../text/index.js';
import styles from './conversation.module.css';
import { dayOf, weekday } from './wall-clock.js';

const words = t.chats.view;

interface BarProps {
  readonly detail: ChatDetail;
  /** At the top of what is in sight. */
  readonly first: ChatMessage | undefined;
  readonly onGo: (position: number) => void;
}

export const ConversationBar = ({ detail, first, onGo }: BarProps): ReactNode => {
  const day = first === undefined ? null : dayOf(first.time.local);
  const go = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const n = Number(textIn(new FormData(event.currentTarget))('n'));
    if (Number.isInteger(n) && n >= 1 && n <= detail.messages) onGo(n - 1);
  };
  return (
    <div className={styles['bar']}>
      <strong className={styles['today']} title={words.clockTip}>
        {day ?? first?.time.text ?? ''}
        {day !== null && <span className="muted">{weekday(day)}</span>}
      </strong>
      {first !== undefined && (
        <span className={`muted ${styles['where']}`}>{words.position(first.position + 1, detail.messages)}</span>
      )}
      <form className={styles['jump']} onSubmit={go}>
        <Field name="n" inputMode="numeric" pattern="[0-9]+" required words={words.jump} />
        <button type="submit" className="button">
          {words.go}
        </button>
      </form>
      <Link to="/chats/$chatId/group" params={{ chatId: detail.id }} className="button">
        {t.chats.group}
      </Link>
    </div>
  );
};
