// Exhibits as a table: state, what was read, and exact progress with rate and time left where work goes on.
import { isLaterStage, type Exhibit, type StageProgress } from '@redthread/core/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { bytes, count, exhibitName, instant } from '../text/format.js';
import { t } from '../text/index.js';
import { Bar, Pace } from './progress.js';
import { Teach } from './teach.js';

/** The stage that is being worked on: the first that is not done. */
const current = (progress: readonly StageProgress[]): StageProgress | undefined =>
  progress.find((stage) => !isLaterStage(stage.stage) && (stage.total === null || stage.done < stage.total));

const StateCell = ({ exhibit, atMs }: { exhibit: Exhibit; atMs: number }): ReactNode => {
  const stage = exhibit.state === 'walking' || exhibit.state === 'processing' ? current(exhibit.progress) : undefined;
  if (stage === undefined) return t.exhibit.states[exhibit.state];
  return (
    <>
      <Bar
        words={t.exhibit.stages[stage.stage].toLowerCase()}
        done={stage.done}
        total={stage.total}
        label={exhibitName(exhibit.caseReference, exhibit.reference)}
      />
      <Pace key={stage.stage} done={stage.done} total={stage.total} atMs={atMs} />
    </>
  );
};

interface TableProps {
  readonly exhibits: readonly Exhibit[];
  /** When they were read. */
  readonly atMs: number;
  readonly withCase: boolean;
}

export const ExhibitTable = ({ exhibits, atMs, withCase }: TableProps): ReactNode =>
  exhibits.length === 0 ? (
    <Teach title={t.operation.noExhibits} command={t.operation.command} />
  ) : (
    <table className="table">
      <thead>
        <tr>
          <th>{t.common.exhibit}</th>
          {withCase && <th>{t.common.case}</th>}
          <th>{t.common.agency}</th>
          <th className="grow">{t.common.state}</th>
          <th className="num">{t.operation.files}</th>
          <th className="num">{t.operation.bytes}</th>
          <th className="num">{t.operation.unreadable}</th>
          <th className="num">{t.exhibit.registered}</th>
        </tr>
      </thead>
      <tbody>
        {exhibits.map((exhibit) => (
          <tr key={exhibit.id}>
            <td>
              <Link to="/exhibits/$exhibitId" params={{ exhibitId: exhibit.id }} className="link">
                {exhibit.reference}
              </Link>
            </td>
            {withCase && (
              <td>
                <Link to="/cases/$caseId" params={{ caseId: exhibit.caseId }} className="link">
                  {exhibit.caseReference}
                </Link>
              </td>
            )}
            <td>
              {exhibit.agency.name} <span className="muted">{exhibit.agency.country}</span>
            </td>
            <td className="grow">
              <StateCell exhibit={exhibit} atMs={atMs} />
            </td>
            <td className="num">{count(exhibit.filesSeen)}</td>
            <td className="num">{bytes(exhibit.bytesSeen)}</td>
            <td className="num">
              {exhibit.unreadable === 0 ? <span className="muted">0</span> : count(exhibit.unreadable)}
            </td>
            <td className="num muted">{instant(exhibit.createdAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
