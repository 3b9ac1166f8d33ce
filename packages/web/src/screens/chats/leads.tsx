// Identifiers that messages name. Text to read and to copy: nothing here is opened, called or looked up.
import type { LeadRow } from '@redthread/core/contract';
import { LEAD_KINDS } from '@redthread/core/chats';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { chatQuery, leadsQuery } from '../../api/chat-queries.js';
import { scopeOf } from '../../app/use-scope.js';
import { Copyable } from '../../form/copyable.js';
import { Async } from '../../parts/async.js';
import { MoreRows } from '../../parts/more-rows.js';
import { Choice } from '../../parts/field.js';
import { Teach } from '../../parts/teach.js';
import { count } from '../../text/format.js';
import { t } from '../../text/index.js';
import type { TabProps } from './chats-screen.js';
import styles from './chats.module.css';
import { subjectOf } from './names.js';
import { useTotal } from './use-total.js';

const words = t.chats.leads;
/** Chats that are named of each. */
const NAMED = 3;

const Row = ({ lead }: { lead: LeadRow }): ReactNode => (
  <tr data-lead={lead.normal}>
    <td className="grow">
      <Copyable text={lead.value} tail={0} />
      <span className={styles['under']}>{words.kinds[lead.kind]}</span>
    </td>
    <td className={styles['narrow-out']}>
      <Copyable text={lead.normal} tail={0} />
    </td>
    <td className="num">{count(lead.messages)}</td>
    <td className={`wrap ${styles['named']} ${styles['narrow-out']}`}>
      <span className={styles['in-chats']}>
        {lead.chats.slice(0, NAMED).map((chat) => (
          <Link key={chat.id} to="/chats/$chatId" params={{ chatId: chat.id }} className="link" dir="auto">
            {subjectOf(chat)}
          </Link>
        ))}
        {lead.chats.length > NAMED && (
          <span className="muted">{t.chats.groupPage.more(lead.chats.length - NAMED)}</span>
        )}
      </span>
    </td>
    <td>
      <Link
        to="/chats/$chatId"
        params={{ chatId: lead.first.chatId }}
        search={{ at: lead.first.position }}
        className="link"
        title={`${t.chats.openAt}: ${lead.value}`}
      >
        {t.chats.view.positionOnly(lead.first.position + 1)}
      </Link>
    </td>
  </tr>
);

const OfChat = ({ chatId, onEvery }: { chatId: string; onEvery: () => void }): ReactNode => {
  const { data } = useQuery(chatQuery(chatId));
  return (
    <>
      {data !== undefined && <strong dir="auto">{words.ofChat(subjectOf(data))}</strong>}
      <button type="button" className="button" onClick={onEvery}>
        {words.everyChat}
      </button>
    </>
  );
};

export const Leads = ({ search, change, onTotal }: TabProps): ReactNode => {
  const query = useInfiniteQuery(
    leadsQuery({ ...scopeOf(search), kind: search.kind, chat: search.chat, chats: search.several }),
  );
  useTotal(query.data?.pages[0]?.total, onTotal);
  return (
    <>
      <div className="head">
        <Choice
          words={words.kind}
          value={search.kind ?? ''}
          onChange={({ currentTarget: { value } }) =>
            change({ kind: LEAD_KINDS.find((kind) => kind === value) ?? undefined })
          }
        >
          <option value="">{words.all}</option>
          {LEAD_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {words.kinds[kind]}
            </option>
          ))}
        </Choice>
        <label>
          <input
            type="checkbox"
            checked={search.several !== undefined}
            onChange={({ currentTarget: { checked } }) => change({ several: checked ? 2 : undefined })}
          />{' '}
          {words.several}
        </label>
        {search.chat !== undefined && <OfChat chatId={search.chat} onEvery={() => change({ chat: undefined })} />}
      </div>
      <p className={styles['note']}>{words.means}</p>
      <Async query={query}>
        {(data) => {
          const rows = data.pages.flatMap(({ items }) => items);
          if (rows.length === 0) return <Teach title={words.none} />;
          return (
            <>
              <table className="table">
                <thead>
                  <tr>
                    <th className="grow">{words.value}</th>
                    <th className={styles['narrow-out']}>{words.normal}</th>
                    <th className="num">{t.chats.messagesColumn}</th>
                    <th className={styles['narrow-out']}>{words.inChats}</th>
                    <th>{words.place}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((lead) => (
                    <Row key={`${lead.kind} ${lead.normal}`} lead={lead} />
                  ))}
                </tbody>
              </table>
              <MoreRows query={query} shown={rows.length} />
            </>
          );
        }}
      </Async>
    </>
  );
};
