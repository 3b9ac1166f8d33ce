// At the side of the messages: what the chat is, who wrote how much, and the other exports of the group with their clocks.
import type { ChatDetail } from '@redthread/core/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Facts } from '../../parts/facts.js';
import { count } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './conversation.module.css';
import { ExportFacts } from './export-facts.js';
import { clockInWords, exportOf, nameInWords, spreadInWords } from './names.js';
import { wallClock } from './wall-clock.js';

const PEOPLE_SHOWN = 20;
const words = t.chats;

export const Beside = ({ detail }: { detail: ChatDetail }): ReactNode => {
  const writers = [...detail.people].sort((a, b) => b.messages - a.messages);
  return (
    <aside className={styles['beside']} aria-label={words.group}>
      <Facts
        rows={[
          [words.app, `${detail.app}, ${words.kinds[detail.kind]}`],
          [words.messagesColumn, count(detail.messages)],
          [
            words.attachments,
            detail.attachments.all === 0
              ? null
              : t.common.of(count(detail.attachments.present), count(detail.attachments.all)),
          ],
          [words.first, detail.first === null ? words.noTimes : wallClock(detail.first)],
          [words.last, detail.last === null ? null : wallClock(detail.last)],
        ]}
      />
      <h2 className={styles['part']}>
        {words.peopleColumn} <span className="muted">{count(detail.participants)}</span>
      </h2>
      <ol className={styles['people']}>
        {writers.slice(0, PEOPLE_SHOWN).map((one) => (
          <li key={one.number}>
            <span>
              <bdi>{nameInWords(one.name)}</bdi>
              {one.isExporter && <span className="muted"> {words.view.thisPhone}</span>}
            </span>
            <span className="num muted">{count(one.messages)}</span>
          </li>
        ))}
      </ol>
      {writers.length > PEOPLE_SHOWN && (
        <p className={styles['rest']}>
          <Link to="/chats/$chatId/group" params={{ chatId: detail.id }} className="link">
            {words.groupPage.more(writers.length - PEOPLE_SHOWN)}
          </Link>
        </p>
      )}
      {detail.pairs.length > 0 && (
        <>
          <h2 className={styles['part']}>{words.groupPage.pairs}</h2>
          <ul className={styles['pairs']}>
            {detail.pairs.map((pair) => (
              <li key={pair.chat.id}>
                <Link to="/chats/$chatId" params={{ chatId: pair.chat.id }} className="link">
                  {exportOf(pair.chat)}
                </Link>
                <span>{clockInWords(pair)}</span>
                <span className="muted">{spreadInWords(pair)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2 className={styles['part']}>{words.groupPage.exportOf}</h2>
      <ExportFacts one={detail.export} />
    </aside>
  );
};
