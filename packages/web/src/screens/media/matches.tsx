// What this media is like, the strongest grade first; the far side stays veiled.
import type { MatchRow, Media } from '@redthread/core/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { mediaMatchesQuery } from '../../api/queries.js';
import { GradeBadge } from '../../form/grade.js';
import { SafeMedia } from '../../media/safe-media.js';
import { Async } from '../../parts/async.js';
import { MoreRows } from '../../parts/more-rows.js';
import { Section } from '../../parts/section.js';
import { dimensions, measure } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './media.module.css';

const kindOf = (mime: string): string => mime.split('/')[0] ?? mime;

const Row = ({ from, match }: { from: string; match: MatchRow }): ReactNode => {
  const navigate = useNavigate();
  const pair = { a: from, b: match.other.mediaId };
  return (
    <tr onDoubleClick={() => void navigate({ to: '/compare', search: pair })}>
      <td className={styles['table-thumb']}>
        <Link to="/compare" search={pair} className={styles['thumb']}>
          <SafeMedia
            item={{ id: match.other.mediaId, kind: kindOf(match.other.mime), state: 'ready', width: match.other.width }}
          />
        </Link>
      </td>
      <td>
        <GradeBadge grade={match.grade} />
      </td>
      <td className="grow">
        <Link to="/compare" search={pair} className="link" lang="en">
          {match.words}
        </Link>
      </td>
      <td className="num">
        {measure(match.value)} <span className="muted">{match.unit}</span>
      </td>
      <td className="num muted">{measure(match.threshold)}</td>
      <td className="num">{measure(match.bits)}</td>
      <td>
        {match.method} <span className="muted">v{match.version}</span>
      </td>
      <td className="num muted">{dimensions(match.other.width, match.other.height)}</td>
      <td>
        {match.other.agency.name} <span className="muted">{match.other.agency.country}</span>
      </td>
    </tr>
  );
};

export const Matches = ({ media }: { media: Media }): ReactNode => {
  const query = useInfiniteQuery(mediaMatchesQuery(media.id));
  const total = query.data?.pages[0]?.total;
  return (
    <Section title={t.media.matches} n={total}>
      <Async query={query}>
        {(data) => {
          const rows = data.pages.flatMap((page) => page.items);
          if (rows.length === 0) return <p className={styles['note']}>{t.media.noMatches}</p>;
          return (
            <>
              <table className="table">
                <thead>
                  <tr>
                    <th />
                    <th>{t.review.facets.grade}</th>
                    <th className="grow">{t.connections.reason}</th>
                    <th className="num">{t.compare.value}</th>
                    <th className="num">{t.compare.threshold}</th>
                    <th className="num" title={t.connections.evidenceHint}>
                      {t.compare.evidence}
                    </th>
                    <th>{t.compare.method}</th>
                    <th className="num">{t.media.dimensions}</th>
                    <th>{t.common.agency}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((match) => (
                    <Row key={match.id} from={media.id} match={match} />
                  ))}
                </tbody>
              </table>
              <MoreRows query={query} shown={rows.length} />
            </>
          );
        }}
      </Async>
    </Section>
  );
};
