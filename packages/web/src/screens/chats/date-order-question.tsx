// The order of the dates of an export, where nothing in it tells days from months: asked, never guessed. Each answer shows which days its first and last date
// would be, and who answered stands in the record.
import { ChatExport, type ChatMessage } from '@redthread/core/contract';
import type { DateOrder } from '@redthread/core/chats';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { callJson } from '../../api/client.js';
import { CHAT_WINDOW, CHATS_READ, chatsQuery, chatWindowQuery } from '../../api/chat-queries.js';
import { meQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { CASE_ROLES, useRoles } from '../../app/use-roles.js';
import { dateReadings } from '../../layout/date-readings.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { t } from '../../text/index.js';
import styles from './chats.module.css';
import { dayInWords } from './wall-clock.js';

const words = t.chats.exports;

/** The first and last message of an export: of its first conversation, where it has several. */
const useEnds = (one: ChatExport): { first: ChatMessage | undefined; last: ChatMessage | undefined } => {
  const { data } = useInfiniteQuery(chatsQuery({ exhibit: one.exhibit.id, limit: 500 }));
  const chat = data?.pages
    .flatMap(({ items }) => items)
    .find(({ exportId, messages }) => exportId === one.id && messages > 0);
  const enabled = chat !== undefined;
  const id = chat?.id ?? '';
  const first = useQuery({ ...chatWindowQuery(id, 0), enabled }).data?.items[0];
  const end = Math.floor(Math.max(0, (chat?.messages ?? 1) - 1) / CHAT_WINDOW);
  const last = useQuery({ ...chatWindowQuery(id, end), enabled }).data?.items.at(-1);
  return { first, last };
};

const readingOf = (message: ChatMessage | undefined, order: DateOrder): string | null | undefined =>
  message === undefined ? undefined : dateReadings(message.time.text).find((one) => one.order === order)?.day;

const Day = ({ day }: { day: string | null | undefined }): ReactNode =>
  day === undefined ? '' : day === null ? <span className="muted">{words.impossible}</span> : dayInWords(day);

const Choices = ({ one, onDone }: { one: ChatExport; onDone: () => void }): ReactNode => {
  const { first, last } = useEnds(one);
  const answer = useChange(
    (dateOrder: DateOrder) =>
      callJson(`/chat-exports/${one.id}/date-order`, ChatExport, { method: 'POST', body: { dateOrder } }),
    CHATS_READ,
  );
  if (first !== undefined && dateReadings(first.time.text).length === 0) return <p>{words.noDates}</p>;
  return (
    <>
      <p>
        {first !== undefined && (
          <>
            {words.firstDate} <span className="mono">{first.time.text}</span>
          </>
        )}
        {last !== undefined && (
          <>
            {' · '}
            {words.lastDate} <span className="mono">{last.time.text}</span>
          </>
        )}
      </p>
      <ul className={styles['orders']}>
        {(['dmy', 'mdy', 'ymd'] as const).map((order) => {
          const [begin, end] = [readingOf(first, order), readingOf(last, order)];
          return (
            <li key={order} data-order={order}>
              <button
                type="button"
                className="button"
                disabled={answer.isPending || begin === null || end === null}
                onClick={() => answer.mutate(order, { onSuccess: onDone })}
              >
                {words.orders[order]}
              </button>
              <span>
                <span className="muted">{words.firstDate}: </span>
                <Day day={begin} />
              </span>
              <span>
                <span className="muted">{words.lastDate}: </span>
                <Day day={end} />
              </span>
            </li>
          );
        })}
      </ul>
      {answer.error !== null && <ProblemNotice error={answer.error} />}
    </>
  );
};

export const DateOrderQuestion = ({ one }: { one: ChatExport }): ReactNode => {
  const [isAgain, setAgain] = useState(false);
  const isOwn = useQuery(meQuery).data?.agency.id === one.agency.id;
  const may = useRoles(CASE_ROLES) && isOwn;
  const isOpen = one.state === 'asks-date-order';
  if (!isOpen && !isAgain)
    return one.dateOrderBy !== null && may ? (
      <button type="button" className="button plain" onClick={() => setAgain(true)}>
        {words.answerAgain}
      </button>
    ) : null;
  return (
    <div className={styles['question']}>
      <strong>{words.question}</strong>
      <p className="muted">{words.questionWhy}</p>
      {may ? <Choices one={one} onDone={() => setAgain(false)} /> : <p>{words.mayNot}</p>}
    </div>
  );
};
