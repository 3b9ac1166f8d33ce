// Every list of digests: what it says, whose it is, how much of it was found here, until when it holds. Whose it is may withdraw it.
import { List } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { callJson } from '../../api/client.js';
import { listsQuery, meQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import { CASE_ROLES, useRoles } from '../../app/use-roles.js';
import { PolarityShape } from '../../form/list-badge.js';
import { Async } from '../../parts/async.js';
import { BaselineSection } from '../../parts/baseline-section.js';
import { codeInWords } from '../../parts/code-words.js';
import { Teach } from '../../parts/teach.js';
import { WithReason } from '../../parts/with-reason.js';
import { count, instant } from '../../text/format.js';
import { t } from '../../text/index.js';
import { BringIn } from './bring-in.js';
import styles from './lists.module.css';
import { NegativeList } from './negative-list.js';
import { Uploads } from './uploads.js';

/** What a list decides elsewhere: the numbers of every scope, the filters, the facts of a media. */
const TOUCHES = ['/lists', '/funnel', '/stacks', '/media', '/connections'];

const Row = ({ list, own }: { list: List; own: boolean }): ReactNode => (
  <tr>
    <td className={`grow ${styles['name']}`}>
      {list.expired ? (
        <span className="muted">{list.name}</span>
      ) : (
        <Link to="/review" search={{ list: list.id }} className="link">
          {list.name}
        </Link>
      )}
      {list.damage !== null && !list.expired && (
        <p role="alert">{t.lists.damaged(codeInWords(list.damage.code), instant(list.damage.since))}</p>
      )}
    </td>
    <td>
      <span className={styles['says']}>
        <PolarityShape polarity={list.polarity} /> {t.polarity[list.polarity]}
      </span>
    </td>
    <td>{list.version}</td>
    <td>{list.handling}</td>
    <td className={`wrap ${styles['owner']}`}>
      {list.agency.name} <span className="muted">{list.agency.country}</span>
    </td>
    <td className="num">{count(list.entryCount)}</td>
    <td className="num wrap">
      {list.expired ? <span className="muted">{t.lists.countsNot}</span> : count(list.hits)}
      {list.negative > 0 && <span className="muted"> {t.negativeList.notCounting(list.negative)}</span>}
    </td>
    <td className={`num wrap ${styles['time']}`} title={t.negativeList.precision(list.precision)}>
      {list.precision.looked > 0 && count(list.precision.looked)}
      {list.precision.looked > 0 && list.precision.confirmed + list.precision.rejected > 0 && ':'}
      {list.precision.confirmed + list.precision.rejected > 0 && (
        <span className="muted"> {t.negativeList.precisionShort(list.precision)}</span>
      )}
    </td>
    <td className={`num wrap ${styles['time']}`}>
      {list.expiresAt === null ? (
        <span className="muted">{t.lists.never}</span>
      ) : (
        <>
          {list.expired && `${t.lists.expired} `}
          {instant(list.expiresAt)}
        </>
      )}
    </td>
    <td className={`num muted wrap ${styles['time']}`}>{instant(list.createdAt)}</td>
    <td className="num">
      {own && !list.expired && (
        <WithReason
          words={t.lists.withdraw}
          reason={t.lists.reason}
          send={(reason) => callJson(`/lists/${list.id}/withdraw`, List, { method: 'POST', body: { reason } })}
          touches={TOUCHES}
        />
      )}
    </td>
  </tr>
);

export const ListsScreen = (): ReactNode => {
  const query = useQuery(listsQuery);
  const agencyId = useQuery(meQuery).data?.agency.id;
  const mayImport = useRoles(CASE_ROLES);
  const [bringing, setBringing] = useState(false);
  const own = (query.data ?? []).filter((list) => list.agency.id === agencyId);
  usePlace([{ words: t.lists.title, ...(query.data === undefined ? {} : { n: query.data.length }) }]);
  return (
    <div className="page">
      {mayImport && !bringing && (
        <div className="head">
          <button type="button" className="button" onClick={() => setBringing(true)}>
            {t.listUpload.begin}
          </button>{' '}
          <Link to="/packages" className="link">
            {t.exchange.packages.link}
          </Link>
        </div>
      )}
      {bringing && <BringIn own={own} onDone={() => setBringing(false)} />}
      {mayImport && <Uploads />}
      <Async query={query}>
        {(lists) =>
          lists.length === 0 ? (
            <Teach title={t.lists.empty} text={t.lists.teach} command={t.lists.command} />
          ) : (
            <table className={`table ${styles['lists']}`}>
              <thead>
                <tr>
                  <th className="grow">{t.lists.name}</th>
                  <th>{t.lists.polarity}</th>
                  <th>{t.lists.version}</th>
                  <th>{t.lists.handling}</th>
                  <th>{t.lists.owner}</th>
                  <th className="num">{t.lists.entries}</th>
                  <th className="num">{t.lists.hits}</th>
                  <th className="num">{t.negativeList.precisionTitle}</th>
                  <th className="num">{t.lists.expires}</th>
                  <th className="num">{t.lists.imported}</th>
                  <th />
                </tr>
              </thead>
              <tbody>
                {lists.map((list) => (
                  <Row key={list.id} list={list} own={list.agency.id === agencyId} />
                ))}
              </tbody>
            </table>
          )
        }
      </Async>
      <NegativeList mayDecide={mayImport} />
      <BaselineSection />
    </div>
  );
};
