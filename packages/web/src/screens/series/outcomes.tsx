// Outcome feedback: on the page of a series whether it is released that it is identified; on the list of series what became of what one's agency contributed.
import type { Entity } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { callVoid } from '../../api/client.js';
import { outcomesQuery, seriesOutcomeQuery } from '../../api/queries.js';
import { CASE_ROLES, useRoles } from '../../app/use-roles.js';
import { Section } from '../../parts/section.js';
import styles from '../../parts/series.module.css';
import { TakeBack } from '../../parts/take-back.js';
import { WithReason } from '../../parts/with-reason.js';
import { instant } from '../../text/format.js';
import { t } from '../../text/index.js';

const words = t.outcomes;
const SHOWN = 6;

/** Of a series of the viewer's agency; nothing before it is identified. */
export const ReleaseOutcome = ({ series: { id, state } }: { series: Entity }): ReactNode => {
  const may = useRoles(CASE_ROLES);
  const outcome = useQuery({ ...seriesOutcomeQuery(id), staleTime: 0 }).data;
  const path = `/series/${id}/outcome`;
  if (outcome === undefined) return null;
  if (outcome.release !== null)
    return (
      <div className={styles['note']} data-outcome="released">
        {words.released(outcome.release.by, instant(outcome.release.at))}{' '}
        {may && <TakeBack path={`${path}/withdraw`} touches={[path]} />}
      </div>
    );
  if (state !== 'identified' || !may) return null;
  return (
    <div className={styles['note']}>
      <WithReason
        words={words.release}
        reason={words.why}
        send={(reason) => callVoid(path, { method: 'POST', body: { reason } })}
        touches={[path]}
      >
        <span className="muted">{words.means}</span>
      </WithReason>
    </div>
  );
};

export const Outcomes = (): ReactNode => {
  const outcomes = useQuery({ ...outcomesQuery, staleTime: 0 }).data ?? [];
  if (outcomes.length === 0) return null;
  return (
    <Section title={words.title} n={outcomes.length} id="outcomes">
      {outcomes.map(({ id, agency, media, count }) => (
        <p key={id} className={styles['note']} data-outcome={agency}>
          {words.line(agency, count)}{' '}
          {media.slice(0, SHOWN).map((one) => (
            <Link key={one} to="/media/$mediaId" params={{ mediaId: one }} className="link">
              {t.media.short(one)}{' '}
            </Link>
          ))}
          {count > SHOWN && words.more(count - SHOWN)}
        </p>
      ))}
    </Section>
  );
};
