// Keeps the review under a name, so that it is found again at the left with the place at which it was left; or lets it go.
import { Review } from '@redthread/core/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { callJson } from '../../api/client.js';
import { reviewQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { Field, textIn } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { t } from '../../text/index.js';
import styles from './review.module.css';

export const KeepReview = ({ review, place }: { review: Review; place: number }): ReactNode => {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const change = useChange(
    async (name: string | null) => {
      const kept = await callJson(`/reviews/${review.id}`, Review, {
        method: 'PUT',
        body: { name, place: Math.max(0, place) },
      });
      client.setQueryData(reviewQuery(review.id).queryKey, kept);
      setOpen(false);
    },
    ['/reviews'],
  );
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    change.mutate(textIn(new FormData(event.currentTarget))('name'));
  };
  if (review.name !== null)
    return (
      <span className={styles['kept']}>
        <strong className="clip">{review.name}</strong>
        <button type="button" className="button plain" onClick={() => change.mutate(null)}>
          {t.review.letGo}
        </button>
      </span>
    );
  return open ? (
    <form className={styles['kept']} onSubmit={submit} onKeyDown={({ key }) => key === 'Escape' && setOpen(false)}>
      <Field name="name" words={t.review.keepAs} required maxLength={120} autoFocus />
      <button type="submit" className="button plain" disabled={change.isPending}>
        {t.review.keep}
      </button>
      {change.error !== null && <ProblemNotice error={change.error} />}
    </form>
  ) : (
    <button type="button" className="button plain" onClick={() => setOpen(true)}>
      {t.review.keep}
    </button>
  );
};
