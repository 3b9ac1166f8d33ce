// Every list of digests: what it says, whose it is, how much of it was found here, until when it holds.
import type { List } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { listsQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import { PolarityShape } from '../../form/list-badge.js';
import { Async } from '../../parts/async.js';
import { Teach } from '../../parts/teach.js';
import { count, instant } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './lists.module.css';

const Row = ({ list, now }: { list: List; now: number }): ReactNode => (
  <tr>
    <td className="grow">
      <Link to="/review" search={{ list: list.id }} className="link">
        {list.name}
      </Link>
    </td>
    <td>
      <span className={styles['says']}>
        <PolarityShape polarity={list.polarity} /> {t.polarity[list.polarity]}
      </span>
    </td>
    <td>{list.version}</td>
    <td>{list.handling}</td>
    <td className={styles['says']}>
      {list.agency.name} <span className="muted">{list.agency.country}</span>
    </td>
    <td className="num">{count(list.entryCount)}</td>
    <td className="num">{count(list.hits)}</td>
    <td className="num">
      {list.expiresAt === null ? (
        <span className="muted">{t.lists.never}</span>
      ) : Date.parse(list.expiresAt) < now ? (
        t.lists.expired
      ) : (
        instant(list.expiresAt)
      )}
    </td>
    <td className="num muted">{instant(list.createdAt)}</td>
  </tr>
);

export const ListsScreen = (): ReactNode => {
  const query = useQuery(listsQuery);
  usePlace([{ words: t.lists.title, ...(query.data === undefined ? {} : { n: query.data.length }) }]);
  return (
    <div className="page">
      <Async query={query}>
        {(lists) =>
          lists.length === 0 ? (
            <Teach title={t.lists.empty} text={t.lists.teach} command={t.lists.command} />
          ) : (
            <table className="table">
              <thead>
                <tr>
                  <th className="grow">{t.lists.name}</th>
                  <th>{t.lists.polarity}</th>
                  <th>{t.lists.version}</th>
                  <th>{t.lists.handling}</th>
                  <th>{t.lists.owner}</th>
                  <th className="num">{t.lists.entries}</th>
                  <th className="num">{t.lists.hits}</th>
                  <th className="num">{t.lists.expires}</th>
                  <th className="num">{t.lists.imported}</th>
                </tr>
              </thead>
              <tbody>
                {lists.map((list) => (
                  <Row key={list.id} list={list} now={query.dataUpdatedAt} />
                ))}
              </tbody>
            </table>
          )
        }
      </Async>
    </div>
  );
};
