// The exports of a scope: what was read of each, what was left out and why, and the question of its dates where the file leaves it open.
import type { ChatExport } from '@redthread/core/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { chatExportsQuery } from '../../api/chat-queries.js';
import { scopeOf } from '../../app/use-scope.js';
import { MiddleCut } from '../../form/copyable.js';
import { Async } from '../../parts/async.js';
import { CodeWords } from '../../parts/code-words.js';
import { errorWords } from '../../parts/error-words.js';
import { MoreRows } from '../../parts/more-rows.js';
import { Teach } from '../../parts/teach.js';
import { count, exhibitName, zonedInstant } from '../../text/format.js';
import { t } from '../../text/index.js';
import type { TabProps } from './chats-screen.js';
import styles from './chats.module.css';
import { DateOrderQuestion } from './date-order-question.js';
import { formatInWords, orderInWords } from './export-facts.js';
import { useTotal } from './use-total.js';

const words = t.chats.exports;

/** What was left out, by code: each code once, its details below it. */
const Notes = ({ notes }: Pick<ChatExport, 'notes'>): ReactNode => {
  if (notes.length === 0) return null;
  const codes = [...new Set(notes.map(({ code }) => code))];
  return (
    <details className={styles['notes']}>
      <summary>{words.leftOut(notes.length)}</summary>
      {codes.map((code) => (
        <div key={code}>
          <CodeWords code={code} />
          <ul lang="en">
            {notes
              .filter((note) => note.code === code)
              .map(({ detail }, i) => (
                <li key={i} className="muted">
                  {detail}
                </li>
              ))}
          </ul>
        </div>
      ))}
    </details>
  );
};

const Failure = ({ error }: Pick<ChatExport, 'error'>): ReactNode => {
  if (error === null) return null;
  return (
    <div className={styles['notes']} data-failure={error.code}>
      <CodeWords code={error.code} />
      <p className="muted" lang="en">
        {error.detail}
      </p>
      {errorWords(error.code) !== undefined && (
        <p>
          <span className="muted">{words.next}: </span>
          {errorWords(error.code)?.next}
        </p>
      )}
    </div>
  );
};

const Row = ({ one }: { one: ChatExport }): ReactNode => (
  <>
    <tr data-export={one.state}>
      <td className="grow wrap">
        <Link to="/media/$mediaId" params={{ mediaId: one.mediaId }}>
          <MiddleCut text={one.path} tail={12} />
        </Link>
        <span className={styles['under']}>{formatInWords(one)}</span>
      </td>
      <td className={styles['narrow-out']}>
        <Link to="/exhibits/$exhibitId" params={{ exhibitId: one.exhibit.id }} className="link">
          {exhibitName(one.case.reference, one.exhibit.reference)}
        </Link>
        <span className={styles['under']}>{one.agency.name}</span>
      </td>
      <td className={`wrap ${styles['state']}`}>{words.states[one.state]}</td>
      <td className={`num ${styles['narrow-out']}`}>{count(one.conversations)}</td>
      <td className="num">{count(one.messages)}</td>
      <td className={`wrap ${styles['order']} ${styles['narrow-out']}`}>
        {one.state === 'read' ? orderInWords(one) : ''}
      </td>
      <td className={`num muted ${styles['narrow-out']}`}>{one.readAt === null ? '' : zonedInstant(one.readAt)}</td>
    </tr>
    {(one.error !== null || one.notes.length > 0 || one.state === 'asks-date-order' || one.dateOrderBy !== null) && (
      <tr className={styles['more']}>
        <td colSpan={7} className="wrap">
          <Failure error={one.error} />
          <Notes notes={one.notes} />
          <DateOrderQuestion one={one} />
        </td>
      </tr>
    )}
  </>
);

export const Exports = ({ search, onTotal }: TabProps): ReactNode => {
  const query = useInfiniteQuery(chatExportsQuery(scopeOf(search)));
  useTotal(query.data?.pages[0]?.total, onTotal);
  return (
    <Async query={query}>
      {(data) => {
        const rows = data.pages.flatMap(({ items }) => items);
        if (rows.length === 0) return <Teach title={words.none} text={t.chats.noneTeach} command={t.chats.command} />;
        return (
          <>
            <table className="table">
              <thead>
                <tr>
                  <th className="grow">{t.common.path}</th>
                  <th className={styles['narrow-out']}>{t.common.exhibit}</th>
                  <th>{t.common.state}</th>
                  <th className={`num ${styles['narrow-out']}`}>{t.chats.title}</th>
                  <th className="num">{t.chats.messagesColumn}</th>
                  <th className={styles['narrow-out']}>{words.order}</th>
                  <th className={`num ${styles['narrow-out']}`}>{words.readAt}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((one) => (
                  <Row key={one.id} one={one} />
                ))}
              </tbody>
            </table>
            <MoreRows query={query} shown={rows.length} />
          </>
        );
      }}
    </Async>
  );
};
