// Notices: what the viewer has to be told, the newest first, each with a way to what it is about.
import type { Notice } from '@redthread/core/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { callVoid } from '../../api/client.js';
import { noticesQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { usePlace } from '../../app/place.js';
import { Async } from '../../parts/async.js';
import { MoreRows } from '../../parts/more-rows.js';
import { Teach } from '../../parts/teach.js';
import { instant } from '../../text/format.js';
import { t } from '../../text/index.js';
import { noticeHref } from './notice-href.js';

const route = getRouteApi('/shell/notices');

const wordsOf = ({ kind, detail, object }: Notice): string =>
  t.notices.words[kind]({ ...(detail as Record<string, string>), about: object.id });

const Row = ({ notice, onRead }: { notice: Notice; onRead: () => void }): ReactNode => (
  <tr data-notice={notice.kind} data-unread={notice.readAt === null}>
    <td className="num muted">{instant(notice.createdAt)}</td>
    <td className="grow wrap">{notice.readAt === null ? <strong>{wordsOf(notice)}</strong> : wordsOf(notice)}</td>
    <td className="num">
      <Link to={noticeHref(notice)} className="link" onClick={onRead}>
        {t.notices.open}
      </Link>
    </td>
    <td className="num">
      {notice.readAt === null && (
        <button type="button" className="button plain" onClick={onRead}>
          {t.notices.read}
        </button>
      )}
    </td>
  </tr>
);

export const NoticesScreen = (): ReactNode => {
  const { all = false } = route.useSearch();
  const query = useInfiniteQuery({ ...noticesQuery(!all), staleTime: 0 });
  const read = useChange(
    (id: string | null) => callVoid(id === null ? '/notices/read' : `/notices/${id}/read`, { method: 'POST' }),
    ['/notices', '/status'],
  );
  const total = query.data?.pages[0]?.total ?? 0;
  usePlace([{ words: t.notices.title, ...(query.data === undefined ? {} : { n: total }) }]);
  return (
    <div className="page">
      <div className="head">
        {([false, true] as const).map((choice) => (
          <Link
            key={String(choice)}
            to="/notices"
            search={choice ? { all: true } : {}}
            className="button"
            data-on={choice === all}
          >
            {choice ? t.notices.all : t.notices.unread}
          </Link>
        ))}
        <button type="button" className="button plain" onClick={() => read.mutate(null)}>
          {t.notices.readAll}
        </button>
        <Link to="/standing" className="link">
          {t.notices.standing.title}
        </Link>
      </div>
      <Async query={query}>
        {(data) => {
          const notices = data.pages.flatMap((page) => page.items);
          return notices.length === 0 ? (
            <Teach title={t.notices.empty} text={t.notices.teach} />
          ) : (
            <>
              <table className="table">
                <tbody>
                  {notices.map((notice) => (
                    <Row key={notice.id} notice={notice} onRead={() => read.mutate(notice.id)} />
                  ))}
                </tbody>
              </table>
              <MoreRows query={query} shown={notices.length} />
            </>
          );
        }}
      </Async>
    </div>
  );
};
