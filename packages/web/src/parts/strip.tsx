// A row of veiled pictures that a query begins with; each opens its media.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { stacksQuery } from '../api/queries.js';
import { clampRatio } from '../layout/justified.js';
import { ratioOf } from '../layout/region.js';
import { SafeMedia } from '../media/safe-media.js';
import { Async } from './async.js';
import styles from './strip.module.css';

const SHOWN = 24;

export const Strip = ({ query, empty }: { query: Readonly<Record<string, string>>; empty: string }): ReactNode => {
  const tiles = useInfiniteQuery(stacksQuery({ ...query, limit: SHOWN }));
  return (
    <Async query={tiles}>
      {(data) => {
        const items = data.pages[0]?.items ?? [];
        if (items.length === 0) return <p className={styles['empty']}>{empty}</p>;
        return (
          <div className={styles['strip']}>
            {items.map((tile) => (
              <Link
                key={tile.mediaId}
                to="/media/$mediaId"
                params={{ mediaId: tile.mediaId }}
                className={styles['tile']}
                style={{ aspectRatio: clampRatio(ratioOf(tile)) }}
              >
                <SafeMedia item={{ id: tile.mediaId, kind: tile.kind, state: tile.state }} />
              </Link>
            ))}
          </div>
        );
      }}
    </Async>
  );
};
