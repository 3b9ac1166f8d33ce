// What is said of this media: the series that it belongs to, whom and what it shows; and a form to add it, or its stack, to a series.
import { MembersAdded } from '@redthread/core/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode, SyntheticEvent } from 'react';
import { callJson } from '../../api/client.js';
import { mediaAssertionsQuery, seriesListQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { AssertionTable } from '../../parts/assertion-table.js';
import { Async } from '../../parts/async.js';
import { Field, textIn } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import styles from '../../parts/series.module.css';
import { t } from '../../text/index.js';

const words = t.series;

const AddToSeries = ({ mediaId }: { mediaId: string }): ReactNode => {
  const series = useInfiniteQuery(seriesListQuery()).data?.pages.flatMap(({ items }) => items) ?? [];
  const add = useChange(
    ({ id, ...body }: { readonly id: string; readonly reason: string; readonly stack: boolean }) =>
      callJson(`/series/${id}/members`, MembersAdded, { method: 'POST', body: { ...body, media: [mediaId] } }),
    ['/series', '/media'],
  );
  if (series.length === 0) return null;
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = textIn(form);
    add.mutate({ id: text('series'), reason: text('reason'), stack: form.has('stack') });
  };
  return (
    <form className={styles['form']} onSubmit={submit}>
      <select name="series" className="field" aria-label={words.chooseSeries}>
        {series.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <Field name="reason" required minLength={3} maxLength={200} words={words.reason} />
      <label>
        <input type="checkbox" name="stack" /> {words.addStack}
      </label>
      <button type="submit" className="button" disabled={add.isPending}>
        {words.toSeries}
      </button>
      {add.error !== null && <ProblemNotice error={add.error} />}
    </form>
  );
};

export const MediaAssertions = ({ mediaId }: { mediaId: string }): ReactNode => {
  const query = useQuery({ ...mediaAssertionsQuery(mediaId), staleTime: 0 });
  return (
    <Section title={words.ofMedia} n={query.data?.length} id="assertions">
      <Async query={query}>
        {(items) =>
          items.length === 0 ? (
            <p className={styles['note']}>{words.nothingSaid}</p>
          ) : (
            <AssertionTable assertions={items} />
          )
        }
      </Async>
      <AddToSeries mediaId={mediaId} />
    </Section>
  );
};
