// What the pages of an entity and of a series share: what contradicts, what is said, and how it is merged, related and numbered.
import type { EntityDetail } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { meQuery } from '../../api/queries.js';
import { KEEPING_ROLES, useRoles } from '../../app/use-roles.js';
import { Acts, type Act } from '../../parts/acts.js';
import { AssertionTable, EntityName } from '../../parts/assertion-table.js';
import { Relate } from '../../parts/relate.js';
import { Section } from '../../parts/section.js';
import styles from '../../parts/series.module.css';
import { instant } from '../../text/format.js';
import { t } from '../../text/index.js';
import { AddNumber } from './numbers.js';

const words = t.entities;

/** Agency, case, records that are one with it, note, and by whom it was recorded: rows of facts. */
export const recordFacts = ({ entity, group }: EntityDetail): (readonly [string, ReactNode])[] => [
  [t.common.agency, `${entity.agency.name} (${entity.agency.country})`],
  [
    t.common.case,
    entity.case === null ? null : (
      <Link to="/cases/$caseId" params={{ caseId: entity.case.id }} className="link">
        {entity.case.reference}
      </Link>
    ),
  ],
  ...group.slice(1).map((one) => [t.series.oneWith, <OneWith key={one.id} entity={one} />] as const),
  [
    t.graph.title,
    <Link key="graph" to="/graph" search={{ entity: entity.id }} className="link">
      {t.graph.one}
    </Link>,
  ],
  [t.verdicts.noteColumn, entity.note],
  [t.series.recorded, `${instant(entity.createdAt)} ${t.series.byWhom(entity.by)}`],
];

const OneWith = ({ entity }: { entity: EntityDetail['entity'] }): ReactNode => (
  <>
    <EntityName entity={entity} /> <span className="muted">{entity.agency.name}</span>
  </>
);

export const Contradictions = ({ contradictions }: EntityDetail): ReactNode =>
  contradictions.map(({ rule, certainty, assertions }) => (
    <p key={assertions.join(' ')} role="alert" className={styles['note']} data-contradiction={rule}>
      {t.series.certainty[certainty]}. {t.series.contradiction[rule]} <span className="muted">{t.series.kept}</span>
    </p>
  ));

export const Said = ({ assertions, contradictions }: EntityDetail): ReactNode => (
  <Section title={t.series.said} n={assertions.length} id="said">
    {assertions.length === 0 ? (
      <p className={styles['note']}>{t.series.nothingSaid}</p>
    ) : (
      <AssertionTable
        assertions={assertions}
        against={new Set(contradictions.flatMap(({ assertions: those }) => those))}
      />
    )}
  </Section>
);

/** Forms to relate, merge, identify and number it; `further`: what only its page does. */
export const RecordActs = ({
  entity,
  further = [],
}: {
  entity: EntityDetail['entity'];
  further?: readonly Act[];
}): ReactNode => {
  const may = useRoles(KEEPING_ROLES);
  const isOwn = useQuery(meQuery).data?.agency.id === entity.agency.id;
  if (!may) return null;
  const relate = (submit: string, only?: 'same-as' | 'continues' | 'identified-as'): Act => ({
    words: submit,
    form: (done) => <Relate key={submit} end={entity} {...(only && { only: [only] })} submit={submit} onDone={done} />,
  });
  return (
    <Acts
      acts={[
        ...further,
        ...(entity.kind === 'series' || entity.kind === 'person' ? [relate(words.identify, 'identified-as')] : []),
        relate(words.merge, entity.kind === 'series' ? 'continues' : 'same-as'),
        relate(words.relate),
        ...(isOwn
          ? [
              {
                words: words.addNumber,
                form: (done: () => void) => <AddNumber entityId={entity.id} onDone={done} />,
              },
            ]
          : []),
      ]}
    />
  );
};
