// The stack: media of the same agency that are the same content as its representative.
import type { Media } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { mediaStackQuery } from '../../api/queries.js';
import { clampRatio } from '../../layout/justified.js';
import { ratioOf } from '../../layout/region.js';
import { SafeMedia } from '../../media/safe-media.js';
import { Async } from '../../parts/async.js';
import { Section } from '../../parts/section.js';
import { dimensions } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './media.module.css';

export const StackMembers = ({ media }: { media: Media }): ReactNode => {
  const query = useQuery(mediaStackQuery(media.id));
  return (
    <Section title={t.media.stack} n={query.data?.length}>
      <Async query={query}>
        {(members) => {
          if (members.length <= 1) return <p className={styles['note']}>{t.media.alone}</p>;
          return (
            <div className={styles['members']}>
              {members.map((member) => (
                <Link key={member.id} to="/media/$mediaId" params={{ mediaId: member.id }} className={styles['member']}>
                  <span className={styles['tile']} style={{ aspectRatio: clampRatio(ratioOf(member)) }}>
                    <SafeMedia item={member} />
                  </span>
                  <span className="muted">
                    {member.id === media.representativeId
                      ? t.media.representative
                      : dimensions(member.width, member.height)}
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
