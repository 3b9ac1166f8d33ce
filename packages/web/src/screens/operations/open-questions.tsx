// What waits for somebody in an operation: each number leads to the query behind it.
import type { Exhibit } from '@redthread/core/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { chatExportsQuery } from '../../api/chat-queries.js';
import { connectionsQuery, requestsQuery, stacksQuery, verdictQueueQuery } from '../../api/queries.js';
import { Section } from '../../parts/section.js';
import { count } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './operations.module.css';

const words = t.openQuestions;

interface Counted {
  readonly pages: readonly { readonly total: number }[];
}
const totalOf = (data: Counted | undefined): number | undefined => data?.pages[0]?.total;

/** Files of which some stage could make nothing. */
const failedIn = ({ progress }: Exhibit): number => progress.reduce((sum, stage) => sum + stage.failed, 0);

export const OpenQuestions = ({
  operationId,
  exhibits,
}: {
  operationId: string;
  exhibits: readonly Exhibit[];
}): ReactNode => {
  const scope = { operation: operationId };
  const unseen = { ...scope, step: 'new', reviewed: 'no', collapse: 'media' } as const;
  const fresh = totalOf(useInfiniteQuery(stacksQuery({ ...unseen, limit: 1 })).data);
  const connections = totalOf(useInfiniteQuery(connectionsQuery({ ...scope, state: 'new', limit: 1 })).data);
  const disputed = totalOf(useInfiniteQuery(verdictQueueQuery('disagreement', { limit: 1 })).data);
  const second = totalOf(useInfiniteQuery(verdictQueueQuery('second-look', { limit: 1 })).data);
  const asked = useQuery(requestsQuery(false)).data?.filter(
    ({ state }) => state === 'requested' || state === 'offered',
  ).length;
  const undated = useInfiniteQuery(chatExportsQuery(scope))
    .data?.pages.flatMap(({ items }) => items)
    .filter(({ state }) => state === 'asks-date-order').length;
  const failing = [...exhibits].sort((a, b) => failedIn(b) - failedIn(a)).filter((exhibit) => failedIn(exhibit) > 0);
  const failed = failing.reduce((sum, exhibit) => sum + failedIn(exhibit), 0);
  const [worst] = failing;
  const lines: readonly (readonly [n: number | undefined, link: ReactNode])[] = [
    [
      fresh,
      <Link key="new" to="/review" search={unseen} className="link">
        {words.unseen}
      </Link>,
    ],
    [
      connections,
      <Link key="connections" to="/connections" search={{ ...scope, state: 'new' }} className="link">
        {words.connections}
      </Link>,
    ],
    [
      disputed,
      <Link key="disputed" to="/verdicts" search={{ kind: 'disagreement' }} className="link">
        {words.disputed}
      </Link>,
    ],
    [
      second,
      <Link key="second" to="/verdicts" search={{ kind: 'second-look' }} className="link">
        {words.second}
      </Link>,
    ],
    [
      asked,
      <Link key="asked" to="/requests" className="link">
        {words.asked}
      </Link>,
    ],
    [
      undated,
      <Link key="undated" to="/chats" search={{ ...scope, tab: 'exports' }} className="link">
        {words.undated}
      </Link>,
    ],
    [
      failed,
      worst === undefined ? (
        words.failed
      ) : (
        <Link key="failed" to="/exhibits/$exhibitId" params={{ exhibitId: worst.id }} hash="failures" className="link">
          {words.failedIn(failing.length)}
        </Link>
      ),
    ],
  ];
  const open = lines.filter(([n]) => n !== 0);
  return (
    <Section title={words.title}>
      {open.length === 0 ? (
        <p className={styles['nothing']}>{words.nothing}</p>
      ) : (
        <ul className={styles['questions']}>
          {open.map(([n, link], i) => (
            <li key={i}>
              <strong>{n === undefined ? '…' : count(n)}</strong> {link}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
};
