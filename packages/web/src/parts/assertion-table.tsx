// What is said to relate, by whom, why, on what evidence, from when to when; what was taken back stays in sight.
import type { Assertion } from '@redthread/core/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ASSERTED } from '../api/queries.js';
import { KEEPING_ROLES, useRoles } from '../app/use-roles.js';
import { Icon } from '../form/icons.js';
import { instant, share } from '../text/format.js';
import { t } from '../text/index.js';
import styles from './series.module.css';
import { TakeBack } from './take-back.js';

const words = t.series;

export const MediaLink = ({ id }: { id: string }): ReactNode => (
  <Link to="/media/$mediaId" params={{ mediaId: id }} className="link mono">
    {id.slice(0, 8)}
  </Link>
);

export const EntityName = ({ entity }: { entity: Pick<Assertion['to'], 'id' | 'kind' | 'name'> }): ReactNode => {
  const name = entity.name === '' ? words.noName : entity.name;
  if (entity.kind === 'series')
    return (
      <Link to="/series/$seriesId" params={{ seriesId: entity.id }} className="link">
        {name}
      </Link>
    );
  return (
    <>
      <span className="muted">{t.entities.kinds[entity.kind]}</span>{' '}
      <Link to="/entities/$entityId" params={{ entityId: entity.id }} className="link">
        {name}
      </Link>
    </>
  );
};

const From = ({ from }: { from: Assertion['from'] }): ReactNode => {
  if (from.kind === 'entity') return <EntityName entity={from.entity} />;
  return from.mediaId === null ? <span className="muted">{words.mediaGone}</span> : <MediaLink id={from.mediaId} />;
};

const Evidence = ({ evidence }: { evidence: Assertion['evidence'] }): ReactNode => {
  if (evidence === null) return null;
  const { mediaGone, media, seconds, region, text } = evidence;
  return (
    <>
      {mediaGone && <span className="muted">{words.mediaGone}</span>}
      {media !== undefined && <MediaLink id={media} />}{' '}
      {seconds !== undefined && `${t.entities.seconds(seconds.from, seconds.to)} `}
      {region !== undefined && `${t.entities.region(share(region.x, 1), share(region.y, 1))} `}
      {text}
    </>
  );
};

const standing = ({ retracted, counts, confidence }: Assertion): string => {
  if (retracted !== null)
    return words.takenBack(retracted.by === '' ? words.theSystem : retracted.by, retracted.reason);
  return counts === false ? `${words.confidence[confidence]}, ${words.proposed}` : words.confidence[confidence];
};

interface AssertionTableProps {
  readonly assertions: readonly Assertion[];
  /** Those that contradict another. */
  readonly against?: ReadonlySet<string>;
}

export const AssertionTable = ({ assertions, against = new Set() }: AssertionTableProps): ReactNode => {
  const may = useRoles(KEEPING_ROLES);
  return (
    <table className="table">
      <thead>
        <tr>
          <th className="num">{t.common.time}</th>
          <th>{t.verdicts.by}</th>
          <th>{words.said}</th>
          <th>{words.stands}</th>
          <th className="grow">{words.why}</th>
          <th>{words.evidence}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {assertions.map((one) => (
          <tr
            key={one.id}
            className={one.retracted === null ? undefined : styles['retracted']}
            data-assertion={one.type}
            data-against={against.has(one.id)}
          >
            <td className="num">{instant(one.at)}</td>
            <td>
              {one.by} {one.isOpinion && <span className="muted">{words.opinion(one.agency)}</span>}
            </td>
            <td className={`wrap ${styles['statement']}`}>
              {against.has(one.id) && (
                <span className={styles['against']} title={t.entities.against}>
                  <Icon name="warning" size={14} />
                </span>
              )}
              <From from={one.from} /> {t.entities.relations[one.type]} <EntityName entity={one.to} />
              {(one.validFrom !== null || one.validTo !== null) && (
                <span className="muted"> {t.entities.valid(one.validFrom, one.validTo)}</span>
              )}
            </td>
            <td className="wrap">{standing(one)}</td>
            <td className="grow wrap">{one.reason}</td>
            <td className={`wrap ${styles['evidence']}`}>
              <Evidence evidence={one.evidence} />
            </td>
            <td className="num">
              {may && one.own && one.retracted === null && (
                <TakeBack path={`/assertions/${one.id}/retract`} touches={ASSERTED} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
