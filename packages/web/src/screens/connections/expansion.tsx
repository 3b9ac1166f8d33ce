// What an end of the chosen connection connects with besides, and what that connects with: two hops, each by its strongest way.
import type { ConnectionEnd, ReachedEnd } from '@redthread/core/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { expansionQuery } from '../../api/queries.js';
import { Async } from '../../parts/async.js';
import { endName } from '../../parts/connection-line.js';
import { MoreRows } from '../../parts/more-rows.js';
import { Strength } from '../../parts/strength.js';
import { t } from '../../text/index.js';
import styles from './connections.module.css';

const words = t.connections;

const idOf = ({ caseId, exhibitId }: ConnectionEnd): string => exhibitId ?? caseId;

const EndLink = ({ end }: { end: ConnectionEnd }): ReactNode =>
  end.exhibitId === null ? (
    <Link to="/cases/$caseId" params={{ caseId: end.caseId }} className="link" title={end.agency.name}>
      {endName(end)}
    </Link>
  ) : (
    <Link to="/exhibits/$exhibitId" params={{ exhibitId: end.exhibitId }} className="link" title={end.agency.name}>
      {endName(end)}
    </Link>
  );

/** Of two connections, the end in the middle. */
const middleOf = ({ path: [first, second] }: ReachedEnd): ConnectionEnd | null => {
  if (first === undefined || second === undefined) return null;
  const ends = [second.a, second.b].map(idOf);
  return [first.a, first.b].find((one) => ends.includes(idOf(one))) ?? null;
};

const Row = ({ reached }: { reached: ReachedEnd }): ReactNode => {
  const { end, hops, strengthBits, ways, path } = reached;
  const [last, over] = [path.at(-1), middleOf(reached)];
  return (
    <tr data-reached={idOf(end)} data-hops={hops}>
      <td>
        <Strength bits={strengthBits} />
      </td>
      <td>
        <EndLink end={end} />
      </td>
      <td>{over === null ? words.directly : words.over(endName(over), ways)}</td>
      <td className="grow wrap">
        {last !== undefined && (
          <Link
            to="/compare"
            search={{ a: last.strongest.mediaA, b: last.strongest.mediaB }}
            className="link"
            lang="en"
          >
            {last.strongest.words}
          </Link>
        )}
      </td>
    </tr>
  );
};

const Reached = ({ from }: { from: ConnectionEnd }): ReactNode => {
  const query = useInfiniteQuery(
    expansionQuery(from.exhibitId === null ? { case: from.caseId } : { exhibit: from.exhibitId }),
  );
  return (
    <Async query={query}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) return <p className="muted">{words.leadsNowhere}</p>;
        return (
          <>
            <table className="table" aria-label={words.reachedFrom(endName(from))}>
              <tbody>
                {items.map((one) => (
                  <Row key={idOf(one.end)} reached={one} />
                ))}
              </tbody>
            </table>
            <MoreRows query={query} shown={items.length} />
          </>
        );
      }}
    </Async>
  );
};

/** Nothing is read before somebody asks from which end. */
export const Expansion = ({ ends }: { ends: readonly [ConnectionEnd, ConnectionEnd] }): ReactNode => {
  const [from, setFrom] = useState<string | null>(null);
  const chosen = ends.find((end) => idOf(end) === from);
  return (
    <section aria-label={words.twoHops}>
      <h2 className={styles['part']}>{words.twoHops}</h2>
      <div className={`${styles['acts']} ${styles['from']}`}>
        {ends.map((end) => (
          <button
            key={idOf(end)}
            type="button"
            className="button"
            aria-expanded={idOf(end) === from}
            data-on={idOf(end) === from}
            onClick={() => setFrom(idOf(end) === from ? null : idOf(end))}
          >
            {words.from(endName(end))}
          </button>
        ))}
      </div>
      {chosen !== undefined && <Reached key={idOf(chosen)} from={chosen} />}
    </section>
  );
};
