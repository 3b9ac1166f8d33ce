// What is said to relate, by whom, why, on what evidence; what was taken back stays in sight.
import type { Assertion } from '@redthread/core/contract';
import { ASSERTION_TYPES } from '@redthread/core/domain';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { instant } from '../text/format.js';
import { t } from '../text/index.js';
import styles from './series.module.css';

const words = t.series;

export const MediaLink = ({ id }: { id: string }): ReactNode => (
  <Link to="/media/$mediaId" params={{ mediaId: id }} className="link mono">
    {id.slice(0, 8)}
  </Link>
);

export const EntityName = ({ entity }: { entity: Assertion['to'] }): ReactNode => {
  const name = entity.name === '' ? words.noName : entity.name;
  if (entity.kind !== 'series')
    return (
      <span>
        <span className="muted">{entity.kind}</span> {name}
      </span>
    );
  return (
    <Link to="/series/$seriesId" params={{ seriesId: entity.id }} className="link">
      {name}
    </Link>
  );
};

const From = ({ from }: { from: Assertion['from'] }): ReactNode => {
  if (from.kind === 'entity') return <EntityName entity={from.entity} />;
  return from.mediaId === null ? <span className="muted">{words.mediaGone}</span> : <MediaLink id={from.mediaId} />;
};

const Evidence = ({ evidence }: { evidence: Assertion['evidence'] }): ReactNode => {
  if (evidence === null) return null;
  return (
    <>
      {evidence.mediaGone && <span className="muted">{words.mediaGone}</span>}
      {evidence.media !== undefined && <MediaLink id={evidence.media} />} {evidence.text}
    </>
  );
};

const standing = ({ retracted, counts, confidence }: Assertion): string => {
  if (retracted !== null)
    return words.takenBack(retracted.by === '' ? words.theSystem : retracted.by, retracted.reason);
  return counts === false ? `${words.confidence[confidence]}, ${words.proposed}` : words.confidence[confidence];
};

export const AssertionTable = ({ assertions }: { assertions: readonly Assertion[] }): ReactNode => (
  <table className="table">
    <thead>
      <tr>
        <th className="num">{t.common.time}</th>
        <th>{t.verdicts.by}</th>
        <th>{words.said}</th>
        <th>{words.stands}</th>
        <th className="grow">{words.why}</th>
        <th>{words.evidence}</th>
      </tr>
    </thead>
    <tbody>
      {assertions.map((one) => (
        <tr key={one.id} className={one.retracted === null ? undefined : styles['retracted']} data-assertion={one.type}>
          <td className="num">{instant(one.at)}</td>
          <td>
            {one.by} {one.isOpinion && <span className="muted">{words.opinion(one.agency)}</span>}
          </td>
          <td className="wrap">
            <From from={one.from} /> {ASSERTION_TYPES[one.type].words} <EntityName entity={one.to} />
          </td>
          <td className="wrap">{standing(one)}</td>
          <td className="grow wrap">{one.reason}</td>
          <td className="wrap">
            <Evidence evidence={one.evidence} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
