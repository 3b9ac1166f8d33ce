// What lists say of this item, how often they were right where somebody looked, and why they do not count here where they do not.
import { NegativeDigest, type Media } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { callJson } from '../../api/client.js';
import { listsQuery } from '../../api/queries.js';
import { CASE_ROLES, useRoles } from '../../app/use-roles.js';
import { PolarityShape } from '../../form/list-badge.js';
import { WithReason } from '../../parts/with-reason.js';
import { t } from '../../text/index.js';
import { NEGATIVE_TOUCHES } from '../lists/negative-list.js';
import styles from './media.module.css';

const words = t.negativeList;

export const ListHits = ({ media }: { media: Media }): ReactNode => {
  const mayDecide = useRoles(CASE_ROLES);
  const { data: lists = [] } = useQuery({ ...listsQuery, enabled: media.listHits.length > 0 });
  const { listHits: hits, negative } = media;
  return (
    <>
      {hits.length === 0 && <span className="muted">{t.review.noLists}</span>}
      {hits.map((hit) => {
        const precision = lists.find(({ id }) => id === hit.listId)?.precision;
        return (
          <span key={hit.listId} className={styles['hit']}>
            <PolarityShape polarity={hit.polarity} /> {hit.name}, {hit.version}
            <span className="muted">{t.polarity[hit.polarity]}</span>
            {precision !== undefined && <span className="muted">{words.precision(precision)}</span>}
          </span>
        );
      })}
      {negative !== null && (
        <span className={styles['hit']}>
          {negative.state === 'negative'
            ? words.never(negative.login ?? '', negative.reason ?? '')
            : words.aside(negative.files ?? 0)}
        </span>
      )}
      {mayDecide && negative === null && hits.some(({ polarity }) => polarity !== 'known-good') && (
        <WithReason
          words={words.keep}
          reason={words.reason}
          send={(reason) =>
            callJson('/negative-list', NegativeDigest, { method: 'POST', body: { digest: media.sha256, reason } })
          }
          touches={NEGATIVE_TOUCHES}
        />
      )}
    </>
  );
};
