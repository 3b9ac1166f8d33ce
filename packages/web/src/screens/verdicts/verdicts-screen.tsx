// What waits for a judgement: votes against each other, and media that need a second look; below, the test before a vote.
import { QUEUES, type QueueItem } from '@redthread/core/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { verdictQueueQuery, verdictRuleQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import { SafeMedia } from '../../media/safe-media.js';
import { Async } from '../../parts/async.js';
import { useCodeTitles } from '../../parts/code-titles.js';
import { MoreRows } from '../../parts/more-rows.js';
import { Teach } from '../../parts/teach.js';
import { StateLine } from '../../parts/verdict-state.js';
import styles from '../../parts/verdicts.module.css';
import { instant } from '../../text/format.js';
import { t } from '../../text/index.js';
import { CompetenceTests } from './competence-tests.js';

const route = getRouteApi('/shell/verdicts');
const words = t.verdicts;

const Tallies = ({ verdict: { scheme, tallies } }: Pick<QueueItem, 'verdict'>): ReactNode => {
  const titleOf = useCodeTitles();
  return tallies.map(({ code, looked, byStack, notLooked }) => (
    <span key={code} className={styles['tally']}>
      <span className="mono">{code}</span> {titleOf(scheme, code)}{' '}
      <span className="muted">× {looked + byStack + notLooked}</span>
    </span>
  ));
};

const Row = ({ item }: { item: QueueItem }): ReactNode => (
  <tr data-media={item.mediaId}>
    <td>
      <Link to="/media/$mediaId" params={{ mediaId: item.mediaId }} className={styles['thumb']}>
        <SafeMedia item={{ id: item.mediaId, kind: item.kind, state: item.state }} />
      </Link>
    </td>
    <td>
      <Link to="/media/$mediaId" params={{ mediaId: item.mediaId }} className="link mono">
        {item.mediaId.slice(0, 8)}
      </Link>
    </td>
    <td className="wrap">
      <Tallies verdict={item.verdict} />
    </td>
    <td className="grow wrap">
      <StateLine verdict={item.verdict} />
    </td>
    <td className="num muted">{instant(item.lastAt)}</td>
  </tr>
);

export const VerdictsScreen = (): ReactNode => {
  const { kind = 'disagreement' } = route.useSearch();
  const query = useInfiniteQuery({ ...verdictQueueQuery(kind), staleTime: 0 });
  const rule = useQuery(verdictRuleQuery).data;
  const total = query.data?.pages[0]?.total ?? 0;
  usePlace([{ words: words.title, ...(query.data === undefined ? {} : { n: total }) }]);
  return (
    <div className="page">
      <div className="head">
        {QUEUES.map((choice) => (
          <Link key={choice} to="/verdicts" search={{ kind: choice }} className="button" data-on={choice === kind}>
            {words.queues[choice]}
          </Link>
        ))}
        {rule !== undefined && <span className="muted">{words.rule(rule.scheme, rule.quorum)}</span>}
      </div>
      <Async query={query}>
        {(data) => {
          const items = data.pages.flatMap((page) => page.items);
          return items.length === 0 ? (
            <Teach title={words.queueEmpty[kind]} text={words.queueTeach} command={words.queueCommand} />
          ) : (
            <>
              <table className="table">
                <thead>
                  <tr>
                    <th>{words.picture}</th>
                    <th>{t.media.title}</th>
                    <th>{words.votes}</th>
                    <th className="grow">{words.one}</th>
                    <th className="num">{words.lastVote}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((item) => (
                    <Row key={`${item.mediaId} ${item.verdict.scheme}`} item={item} />
                  ))}
                </tbody>
              </table>
              <MoreRows query={query} shown={items.length} />
            </>
          );
        }}
      </Async>
      {rule !== undefined && <CompetenceTests scheme={rule.scheme} />}
    </div>
  );
};
