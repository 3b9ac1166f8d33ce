// The group as one export tells it: who was in it when, who they are, what it was called, its other exports with their clocks, and what it shares with others.
import type { ChatDetail } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { chatQuery } from '../../api/chat-queries.js';
import { usePlace } from '../../app/place.js';
import { Copyable } from '../../form/copyable.js';
import { Async } from '../../parts/async.js';
import { Section } from '../../parts/section.js';
import { count } from '../../text/format.js';
import { t } from '../../text/index.js';
import { ExportFacts } from './export-facts.js';
import styles from './group.module.css';
import { Membership } from './membership.js';
import { clockInWords, exportOf, nameInWords, spreadInWords } from './names.js';
import { SharedWith } from './shared-with.js';
import { useChatTrail } from './use-chat-trail.js';
import { wallClock } from './wall-clock.js';

const route = getRouteApi('/shell/chats/$chatId/group');
const words = t.chats.groupPage;

const Persons = ({ detail }: { detail: ChatDetail }): ReactNode => (
  <Section title={words.people} n={detail.people.length}>
    <table className="table">
      <thead>
        <tr>
          <th>{words.saved}</th>
          <th>{t.chats.persons.phone}</th>
          <th className={styles['narrow-out']}>{t.chats.persons.account}</th>
          <th className="num">{t.chats.messagesColumn}</th>
          <th className="grow" />
        </tr>
      </thead>
      <tbody>
        {[...detail.people]
          .sort((a, b) => b.messages - a.messages)
          .map((one) => (
            <tr key={one.number} data-person={one.name}>
              <td className={`wrap ${styles['person']}`}>
                <bdi>{nameInWords(one.name)}</bdi>
              </td>
              <td>{one.phone !== null && <Copyable text={one.phone} tail={0} />}</td>
              <td className={styles['narrow-out']}>
                {one.account !== null && <Copyable text={one.account} tail={0} />}
              </td>
              <td className="num">{count(one.messages)}</td>
              <td className="grow wrap muted">
                {[
                  ...(one.isExporter ? [words.exporter] : []),
                  ...(one.accountDeleted ? [words.accountDeleted] : []),
                ].join(', ')}
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  </Section>
);

const Subjects = ({ detail }: { detail: ChatDetail }): ReactNode => (
  <Section title={words.subjects} n={detail.subjects.length}>
    {detail.subjects.length === 0 ? (
      <p className={styles['note']}>{words.noSubjects}</p>
    ) : (
      <ol className={styles['subjects']}>
        {detail.subjects.map((one) => (
          <li key={one.position}>
            <Link to="/chats/$chatId" params={{ chatId: detail.id }} search={{ at: one.position }} className="link">
              {one.from === null ? words.fromStart : wallClock(one.from)}
            </Link>
            <bdi>{one.subject}</bdi>
          </li>
        ))}
      </ol>
    )}
  </Section>
);

const Pairs = ({ detail }: { detail: ChatDetail }): ReactNode => (
  <Section title={words.pairs} n={detail.pairs.length} id="pairs">
    {detail.pairs.length === 0 ? (
      <p className={styles['note']}>{words.noPairs}</p>
    ) : (
      <ul className={styles['pairs']}>
        {detail.pairs.map((pair) => (
          <li key={pair.chat.id} data-pair={exportOf(pair.chat)}>
            <Link to="/chats/$chatId/group" params={{ chatId: pair.chat.id }} className="link">
              {exportOf(pair.chat)}
            </Link>
            <span className="muted">{pair.chat.agency.name}</span>
            <strong>
              {words.clocks} {clockInWords(pair)}
            </strong>
            <span>{spreadInWords(pair)}</span>
            <span>{words.aligned(pair.aligned, pair.overlap)}</span>
            <span className="muted">{words.method(pair.method, pair.version)}</span>
          </li>
        ))}
      </ul>
    )}
  </Section>
);

export const GroupScreen = (): ReactNode => {
  const { chatId } = route.useParams();
  const query = useQuery(chatQuery(chatId));
  usePlace(useChatTrail(query.data, t.chats.group));
  return (
    <div className="page">
      <Async query={query}>
        {(detail) => (
          <>
            <div className="head">
              <strong>
                {detail.app}, {t.chats.kinds[detail.kind]}
              </strong>
              <span className="muted">
                {t.chats.people(detail.participants)}, {t.chats.messages(detail.messages)}
                {detail.first !== null &&
                  detail.last !== null &&
                  `, ${t.chats.view.times(wallClock(detail.first), wallClock(detail.last))}`}
              </span>
              <Link to="/chats/$chatId" params={{ chatId }} className="button">
                {t.chats.conversation}
              </Link>
              <Link to="/chats" search={{ tab: 'leads', chat: chatId }} className="button">
                {t.chats.tabs.leads}
              </Link>
            </div>
            <Membership detail={detail} />
            <Persons detail={detail} />
            <Subjects detail={detail} />
            <Pairs detail={detail} />
            <SharedWith chatId={chatId} />
            <Section title={words.exportOf}>
              <ExportFacts one={detail.export} />
            </Section>
          </>
        )}
      </Async>
    </div>
  );
};
