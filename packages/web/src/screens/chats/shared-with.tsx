// What a group shares with others: people, media and leads, from what the viewer may see.
import type { SharedChat } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { sharedChatsQuery } from '../../api/chat-queries.js';
import { Copyable } from '../../form/copyable.js';
import { GradeShape } from '../../form/grade.js';
import { Async } from '../../parts/async.js';
import { Section } from '../../parts/section.js';
import { count } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './group.module.css';
import { exportOf, nameInWords, subjectOf } from './names.js';

const words = t.chats.groupPage;
const SHOWN = 12;

const More = ({ n }: { n: number }): ReactNode =>
  n > SHOWN ? <span className="muted">{words.more(n - SHOWN)}</span> : null;

const Part = ({ title, n, children }: { title: string; n: number; children: ReactNode }): ReactNode =>
  n === 0 ? null : (
    <div className={styles['shared-part']}>
      <span className="muted">
        {title} {count(n)}
      </span>
      <span className={styles['things']}>
        {children}
        <More n={n} />
      </span>
    </div>
  );

const Shared = ({ shared: { chat, leads, media, members } }: { shared: SharedChat }): ReactNode => (
  <li data-shared={subjectOf(chat)}>
    <p>
      <Link to="/chats/$chatId/group" params={{ chatId: chat.id }} className="link" dir="auto">
        {subjectOf(chat)}
      </Link>{' '}
      <span className="muted">
        {exportOf(chat)}, {chat.agency.name}
      </span>
    </p>
    <Part title={words.members} n={members.length}>
      {members.slice(0, SHOWN).map(({ by, name, phone }, i) => (
        <span key={i} title={t.chats.persons.by[by]}>
          <bdi>{nameInWords(name)}</bdi>
          {phone !== null && phone !== name && <span className="muted"> {phone}</span>}
          {by === 'name' && <span className="muted"> {t.chats.persons.by.name}</span>}
        </span>
      ))}
    </Part>
    <Part title={words.media} n={media.length}>
      {media.slice(0, SHOWN).map(({ grade, mediaId, otherMediaId }) => (
        <span key={`${mediaId} ${otherMediaId}`} className={styles['pair-of-media']}>
          <GradeShape grade={grade} />
          {mediaId === otherMediaId ? (
            <Link to="/media/$mediaId" params={{ mediaId }} className="link">
              {t.media.short(mediaId)}
            </Link>
          ) : (
            <Link to="/compare" search={{ a: mediaId, b: otherMediaId }} className="link">
              {t.media.short(mediaId)}
            </Link>
          )}
        </span>
      ))}
    </Part>
    <Part title={words.leads} n={leads.length}>
      {leads.slice(0, SHOWN).map(({ kind, normal }) => (
        <span key={`${kind} ${normal}`}>
          <span className="muted">{t.chats.leads.kinds[kind]} </span>
          <Copyable text={normal} tail={0} />
        </span>
      ))}
    </Part>
  </li>
);

export const SharedWith = ({ chatId }: { chatId: string }): ReactNode => {
  const query = useQuery(sharedChatsQuery(chatId));
  return (
    <Section title={words.shared} n={query.data?.items.length} id="shared">
      <Async query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles['note']}>{words.noShared}</p>
          ) : (
            <ul className={styles['shared']}>
              {items.map((shared) => (
                <Shared key={shared.chat.id} shared={shared} />
              ))}
            </ul>
          )
        }
      </Async>
    </Section>
  );
};
