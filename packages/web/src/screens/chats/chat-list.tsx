// Conversations of a scope, and above them a search for words in their messages.
import type { Chat } from '@redthread/core/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode, SyntheticEvent } from 'react';
import { chatExportsQuery, chatsQuery } from '../../api/chat-queries.js';
import { scopeOf } from '../../app/use-scope.js';
import { Async } from '../../parts/async.js';
import { Field, textIn } from '../../parts/field.js';
import { MoreRows } from '../../parts/more-rows.js';
import { Teach } from '../../parts/teach.js';
import { count } from '../../text/format.js';
import { t } from '../../text/index.js';
import type { TabProps } from './chats-screen.js';
import styles from './chats.module.css';
import { MessageHitList } from './message-hit-list.js';
import { exportOf, subjectOf } from './names.js';
import { useTotal } from './use-total.js';
import { wallClock } from './wall-clock.js';

const words = t.chats;

const Row = ({ chat }: { chat: Chat }): ReactNode => (
  <tr data-chat={subjectOf(chat)}>
    <td className="grow wrap">
      <Link to="/chats/$chatId" params={{ chatId: chat.id }} className="link" dir="auto">
        {subjectOf(chat)}
      </Link>
      <span className={styles['under']}>
        {chat.app}, {words.kinds[chat.kind]}
      </span>
    </td>
    <td className={styles['narrow-out']}>
      <Link to="/exhibits/$exhibitId" params={{ exhibitId: chat.exhibit.id }} className="link">
        {exportOf(chat)}
      </Link>
      <span className={styles['under']}>{chat.agency.name}</span>
    </td>
    <td className={`num ${styles['narrow-out']}`}>{count(chat.participants)}</td>
    <td className="num">{count(chat.messages)}</td>
    <td className={`num ${styles['narrow-out']}`}>
      {chat.attachments.all === 0 ? (
        <span className="muted">–</span>
      ) : (
        t.common.of(count(chat.attachments.present), count(chat.attachments.all))
      )}
    </td>
    {chat.first === null || chat.last === null ? (
      <td className="muted wrap" colSpan={2}>
        {words.noTimes}
      </td>
    ) : (
      <>
        <td className={styles['narrow-out']}>{wallClock(chat.first)}</td>
        <td className={styles['clock']}>{wallClock(chat.last)}</td>
      </>
    )}
    <td className={styles['narrow-out']}>
      {chat.alsoIn > 0 && (
        <Link to="/chats/$chatId/group" params={{ chatId: chat.id }} hash="pairs" className="link">
          {words.alsoInExports(chat.alsoIn)}
        </Link>
      )}
    </td>
  </tr>
);

const ChatTable = ({ chats }: { chats: readonly Chat[] }): ReactNode => (
  <table className="table">
    <thead>
      <tr>
        <th className="grow">{words.subject}</th>
        <th className={styles['narrow-out']}>{t.common.exhibit}</th>
        <th className={`num ${styles['narrow-out']}`}>{words.peopleColumn}</th>
        <th className="num">{words.messagesColumn}</th>
        <th className={`num ${styles['narrow-out']}`} title={words.attachmentsTitle}>
          {words.attachments}
        </th>
        <th className={styles['narrow-out']} title={words.clockTitle}>
          {words.first}
        </th>
        <th title={words.clockTitle}>{words.last}</th>
        <th className={styles['narrow-out']}>{words.alsoIn}</th>
      </tr>
    </thead>
    <tbody>
      {chats.map((chat) => (
        <Row key={chat.id} chat={chat} />
      ))}
    </tbody>
  </table>
);

const Searches = ({ search, change }: Omit<TabProps, 'onTotal'>): ReactNode => {
  const submit =
    (name: 'find' | 'q') =>
    (event: SyntheticEvent<HTMLFormElement>): void => {
      event.preventDefault();
      const text = textIn(new FormData(event.currentTarget))(name);
      change({ [name]: text === '' ? undefined : text });
    };
  return (
    <div className={styles['searches']}>
      <form role="search" aria-label={words.inMessages} className={styles['find']} onSubmit={submit('find')}>
        <Field
          key={search.find}
          name="find"
          minLength={2}
          maxLength={200}
          defaultValue={search.find}
          words={words.inMessages}
        />
        <button type="submit" className="button">
          {words.searchMessages}
        </button>
        {search.find !== undefined && (
          <button type="button" className="button plain" onClick={() => change({ find: undefined })}>
            {words.clearSearch}
          </button>
        )}
      </form>
      <form role="search" aria-label={words.subjectPart} className={styles['filter']} onSubmit={submit('q')}>
        <Field key={search.q} name="q" maxLength={200} defaultValue={search.q} words={words.subjectPart} />
        <button type="submit" className="button">
          {words.filter}
        </button>
      </form>
    </div>
  );
};

/** An export that asks for the order of its dates is a question to whoever reads its chats. */
const OpenDates = ({ search }: { search: TabProps['search'] }): ReactNode => {
  const scope = scopeOf(search);
  const { data } = useInfiniteQuery(chatExportsQuery(scope));
  const open = data?.pages.flatMap(({ items }) => items).filter(({ state }) => state === 'asks-date-order').length ?? 0;
  if (open === 0) return null;
  return (
    <p className={styles['open']}>
      {words.exports.open(open)}{' '}
      <Link to="/chats" search={{ ...scope, tab: 'exports' }} className="link">
        {words.exports.question}
      </Link>
    </p>
  );
};

export const ChatList = ({ search, change, onTotal }: TabProps): ReactNode => {
  const scope = scopeOf(search);
  const query = useInfiniteQuery(chatsQuery({ ...scope, q: search.q }));
  useTotal(query.data?.pages[0]?.total, onTotal);
  return (
    <>
      <Searches search={search} change={change} />
      <OpenDates search={search} />
      {search.find !== undefined && <MessageHitList scope={scope} find={search.find} />}
      <Async query={query}>
        {(data) => {
          const chats = data.pages.flatMap(({ items }) => items);
          if (chats.length === 0)
            return search.q === undefined ? (
              <Teach title={words.none} text={words.noneTeach} command={words.command} />
            ) : (
              <Teach title={words.noneFound} />
            );
          return (
            <>
              <ChatTable chats={chats} />
              <MoreRows query={query} shown={chats.length} />
            </>
          );
        }}
      </Async>
    </>
  );
};
