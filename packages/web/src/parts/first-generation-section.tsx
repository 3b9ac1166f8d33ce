// New media of a scope that come close to the camera, by the traces of how they were made and spread, each with them; nothing where there are none.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { firstGenerationQuery } from '../api/queries.js';
import { t } from '../text/index.js';
import { Section } from './section.js';
import styles from './first-generation-section.module.css';

const words = t.firstGeneration;
const SHOWN = 5;

export const FirstGenerationSection = ({
  scope,
}: {
  scope: { readonly case?: string; readonly exhibit?: string };
}): ReactNode => {
  const { data } = useQuery(firstGenerationQuery(scope));
  const [isWhole, setWhole] = useState(false);
  if (data === undefined || data.items.length === 0) return null;
  const items = isWhole ? data.items : data.items.slice(0, SHOWN);
  return (
    <Section
      title={words.title}
      n={data.total}
      id="first-generation"
      more={
        data.items.length > SHOWN && (
          <button type="button" className="button plain" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole ? words.fewer : t.common.showAll}
          </button>
        )
      }
    >
      <p className={`muted ${styles['note']}`}>{words.note}</p>
      <table className="table">
        <tbody>
          {items.map(({ mediaId, path, caseReference, exhibit, traces }) => (
            <tr key={mediaId} data-first-generation={mediaId}>
              <td>
                <Link to="/media/$mediaId" params={{ mediaId }} className="link" title={`${caseReference}/${exhibit}`}>
                  {path}
                </Link>
              </td>
              <td className="num">{words.traces(traces.length)}</td>
              <td className="grow wrap" lang="en">
                {traces.map((trace) => trace.words).join(' ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
};
