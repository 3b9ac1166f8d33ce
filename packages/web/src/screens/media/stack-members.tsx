// The stack: media of the same agency that are the same content as its representative.
import type { Media } from '@redthread/core/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { mediaStackQuery } from '../../api/queries.js';
import { clampRatio } from '../../layout/justified.js';
import { SafeMedia } from '../../media/safe-media.js';
import { Async } from '../../parts/async.js';
import { Section } from '../../parts/section.js';
import { dimensions } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './media.module.css';

export const StackMembers = ({ media }: { media: Media }): ReactNode => {
  const query = useInfiniteQuery(mediaStackQuery(media.id));
  return (
    <Section title={t.media.stack} n={query.data?.pages[0]?.total}>
      <Async query={query}>
        {(data) => {
          const tiles = data.pages.flatMap((page) => page.items);
          if (tiles.length <= 1) return <p className={styles['note']}>{t.media.alone}</p>;
          return (
            <div className={styles['members']}>
              {tiles.map((tile) => (
                <Link
                  key={tile.mediaId}
                  to="/media/$mediaId"
                  params={{ mediaId: tile.mediaId }}
                  className={styles['member']}
                >
                  <span
                    className={styles['tile']}
                    style={{ aspectRatio: clampRatio((tile.width ?? 1) / (tile.height ?? 1)) }}
                  >
                    <SafeMedia item={{ id: tile.mediaId, kind: tile.kind, state: tile.state }} />
                  </span>
                  <span className="muted">
                    {tile.mediaId === media.representativeId
                      ? t.media.representative
                      : dimensions(tile.width, tile.height)}
                  </span>
                </Link>
              ))}
            </div>
          );
        }}
      </Async>
    </Section>
  );
};
