// What a kept search found, veiled like everything, and what its looks were made in.
import type { StandingHit, StandingLook } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { standingOneQuery } from '../../api/queries.js';
import { GradeBadge } from '../../form/grade.js';
import { SafeMedia } from '../../media/safe-media.js';
import { Async } from '../../parts/async.js';
import { Section } from '../../parts/section.js';
import { Teach } from '../../parts/teach.js';
import { exhibitName, instant } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './standing.module.css';

const words = t.notices.standing;

const Where = ({ hit: { case: one, exhibit, list } }: { hit: StandingHit }): ReactNode => {
  if (list !== null) return words.onList(list.name, list.version);
  if (one !== null)
    return (
      <Link to="/cases/$caseId" params={{ caseId: one.id }} className="link">
        {one.reference}
      </Link>
    );
  if (exhibit === null) return null;
  return (
    <Link to="/exhibits/$exhibitId" params={{ exhibitId: exhibit.id }} className="link">
      {exhibitName(exhibit.caseReference, exhibit.reference)}
    </Link>
  );
};

const Hit = ({ hit }: { hit: StandingHit }): ReactNode => (
  <tr data-hit={hit.isAdded ? 'added' : 'first'}>
    <td className={styles['tile']}>
      {hit.media !== null && (
        <Link to="/media/$mediaId" params={{ mediaId: hit.media.id }}>
          <SafeMedia item={{ id: hit.media.id, kind: hit.media.kind, state: hit.media.state }} />
        </Link>
      )}
    </td>
    <td className="num muted">{instant(hit.foundAt)}</td>
    <td>{hit.isAdded && <strong>{words.added}</strong>}</td>
    <td>{hit.grade !== null && <GradeBadge grade={hit.grade} />}</td>
    <td>{hit.agency}</td>
    <td className="grow">
      <Where hit={hit} />
    </td>
  </tr>
);

const Look = ({ look }: { look: StandingLook }): ReactNode => (
  <tr>
    <td className="num muted">{instant(look.at)}</td>
    <td className="grow wrap">
      {words.lookedIn(look.found, look.added, look.media, look.comparable, look.lists)} {look.truncated && words.more}
    </td>
  </tr>
);

export const FoundByStanding = ({ id }: { id: string }): ReactNode => {
  const query = useQuery({ ...standingOneQuery(id), staleTime: 0 });
  return (
    <Async query={query}>
      {({ found, looks, outdated, picture }) => (
        <>
          {typeof picture?.note === 'string' && <p className="head muted">{picture.note}</p>}
          {outdated.length > 0 && <p className="head muted">{words.outdated(outdated.join(', '))}</p>}
          {found.length === 0 ? (
            <Teach title={words.nothing} text={words.nothingTeach} />
          ) : (
            <Section title={words.found} n={found.length}>
              <table className="table">
                <tbody>
                  {found.map((hit) => (
                    <Hit key={hit.id} hit={hit} />
                  ))}
                </tbody>
              </table>
            </Section>
          )}
          <Section title={words.looks} n={looks.length}>
            <table className="table">
              <tbody>
                {looks.map((look) => (
                  <Look key={look.at} look={look} />
                ))}
              </tbody>
            </table>
          </Section>
        </>
      )}
    </Async>
  );
};
