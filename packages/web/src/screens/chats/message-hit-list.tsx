// What a search for words in messages found: each with the words set off, whose it is, and the way to its place.
import type { MessageHit } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { messageHitsQuery } from '../../api/chat-queries.js';
import type { ScopeQuery } from '../../api/queries.js';
import { piecesOf } from '../../layout/marked-text.js';
import { Async } from '../../parts/async.js';
import { Section } from '../../parts/section.js';
import { t } from '../../text/index.js';
import styles from './chats.module.css';
import { exportOf, nameInWords, subjectOf } from './names.js';
import { timeInWords } from './wall-clock.js';

const words = t.chats;

const Hit = ({ hit }: { hit: MessageHit }): ReactNode => (
  <li data-hit={hit.position}>
    <Link to="/chats/$chatId" params={{ chatId: hit.chat.id }} search={{ at: hit.position }} className={styles['hit']}>
      <span className={styles['hit-head']}>
        <strong>
          <bdi>{subjectOf(hit.chat)}</bdi>
        </strong>
        <span className="muted">{exportOf(hit.chat)}</span>
        <bdi>{nameInWords(hit.author ?? words.system)}</bdi>
        <span className="muted" title={words.clockTitle}>
          {timeInWords(hit.time)}
        </span>
      </span>
      <span className={styles['excerpt']} dir="auto">
        {piecesOf(hit.excerpt, hit.marks).map(({ text, mark }, i) =>
          mark === null ? text : <mark key={i}>{text}</mark>,
        )}
      </span>
    </Link>
  </li>
);

export const MessageHitList = ({ scope, find }: { scope: ScopeQuery; find: string }): ReactNode => {
  const query = useQuery(messageHitsQuery({ ...scope, q: find, limit: 50 }));
  return (
    <Section title={words.inMessages} n={query.data?.items.length} id="hits">
      <Async query={query}>
        {({ items, truncated }) => (
          <div className={styles['found']}>
            {items.length === 0 && <p className={styles['note']}>{words.noHits}</p>}
            <ol className={styles['hits']}>
              {items.map((hit) => (
                <Hit key={`${hit.chat.id} ${hit.position}`} hit={hit} />
              ))}
            </ol>
            {truncated && <p className={styles['note']}>{words.hitsTruncated(items.length)}</p>}
          </div>
        )}
      </Async>
    </Section>
  );
};
