// What is said of this media: the series that it belongs to, whom and what it shows; it, or its stack, is added to a series or related.
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Kbd } from '../../app/own-keys.js';
import { mediaAssertionsQuery, mediaStackQuery } from '../../api/queries.js';
import { KEEPING_ROLES, useRoles } from '../../app/use-roles.js';
import { Acts } from '../../parts/acts.js';
import { useAddToSeries } from '../../parts/add-to-series.js';
import form from '../../parts/ask.module.css';
import { AssertionTable } from '../../parts/assertion-table.js';
import { Async } from '../../parts/async.js';
import { Relate } from '../../parts/relate.js';
import { Section } from '../../parts/section.js';
import styles from '../../parts/series.module.css';
import { t } from '../../text/index.js';

const words = t.series;

export const MediaAssertions = ({ mediaId }: { mediaId: string }): ReactNode => {
  const query = useQuery({ ...mediaAssertionsQuery(mediaId), staleTime: 0 });
  const members = useQuery(mediaStackQuery(mediaId)).data?.length ?? 1;
  const may = useRoles(KEEPING_ROLES);
  const adding = useAddToSeries({ mediaId, members });
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
      {adding.ask !== null && (
        <div className={form['steps']}>
          <button type="button" className="button" onClick={adding.ask}>
            {words.toSeries} <Kbd action="toSeries" />
          </button>
          {adding.said}
        </div>
      )}
      {may && (
        <Acts
          acts={[
            {
              words: t.entities.relate,
              form: (done) => <Relate end={{ kind: 'media', id: mediaId }} submit={t.entities.relate} onDone={done} />,
            },
          ]}
        />
      )}
      {adding.dialog}
    </Section>
  );
};
