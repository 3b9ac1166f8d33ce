// The custody of an exhibit or of a case: who had or did what, when and why. Oldest first, as it is read out.
import type { CustodyEntry } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { custodyQuery } from '../api/queries.js';
import { instant } from '../text/format.js';
import { t } from '../text/index.js';
import { Async } from './async.js';

const words = t.custody;

const Persons = ({ entry: { person, secondPerson, carriedFrom } }: { entry: CustodyEntry }): ReactNode => (
  <>
    {secondPerson === null ? person : words.withSecond(person, secondPerson)}
    {carriedFrom !== null && <span className="muted"> {carriedFrom}</span>}
  </>
);

/** Of a case with all its exhibits, those that are not there any more included. */
export const CustodyTable = ({ item, id }: { item: 'exhibits' | 'cases'; id: string }): ReactNode => (
  <Async query={useQuery({ ...custodyQuery(item, id), staleTime: 0 })}>
    {(entries) =>
      entries.length === 0 ? (
        <p className="muted">{words.none}</p>
      ) : (
        <table className="table" aria-label={words.title}>
          <thead>
            <tr>
              <th className="num">{words.at}</th>
              <th>{words.event}</th>
              <th>{words.person}</th>
              <th className="grow">
                {words.way}; {words.reason}
              </th>
              <th className="num">{words.request}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <tr key={entry.id} data-custody={entry.event}>
                <td className="num muted">{instant(entry.at)}</td>
                <td>{words.events[entry.event]}</td>
                <td>
                  <Persons entry={entry} />
                </td>
                <td className="grow wrap">
                  {words.from(entry.from, entry.to)}
                  {entry.reason !== null && <div className="muted">{entry.reason}</div>}
                </td>
                <td className="num mono">{entry.request}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )
    }
  </Async>
);
