// What the agency gave to others, and what it took back: whose it is may take more of it back.
import type { Contribution } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { contributionsQuery } from '../api/queries.js';
import { CASE_ROLES, useRoles } from '../app/use-roles.js';
import { count, instant } from '../text/format.js';
import { t } from '../text/index.js';
import { Async } from './async.js';
import { NoteAcknowledgement } from './note-acknowledgement.js';
import { Section } from './section.js';
import { TakeBack } from './take-back.js';

const words = t.exchange;

const Ledger = ({ items }: { items: readonly Contribution[] }): ReactNode =>
  items.length === 0 ? (
    <p className="head muted">{words.none}</p>
  ) : (
    <table className="table">
      <thead>
        <tr>
          <th>{words.when}</th>
          <th>{words.receiver}</th>
          <th>{words.format}</th>
          <th className="grow">{words.of}</th>
          <th>{t.access.handling}</th>
          <th className="num">{words.items}</th>
          <th className="num">{words.takenBack}</th>
          <th>{words.by}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {items.map((line) => (
          <tr key={line.id}>
            <td>{instant(line.at)}</td>
            <td>{line.receiver}</td>
            <td>{line.format}</td>
            <td className="grow wrap">
              {line.subject}
              {line.acknowledged !== null && (
                <span className="muted">
                  {' '}
                  {words.packages.acknowledged(instant(line.acknowledged.at), line.acknowledged.items)}
                </span>
              )}
            </td>
            <td>{line.handling}</td>
            <td className="num">{count(line.items)}</td>
            <td className="num">{count(line.withdrawnItems)}</td>
            <td>{line.by}</td>
            <td>
              {line.withdrawn === null ? (
                <TakeBack path={`/contributions/${line.id}/withdraw`} touches={['/contributions', '/audit']} />
              ) : (
                <span title={line.withdrawn.reason}>{instant(line.withdrawn.at)}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );

export const LedgerSection = (): ReactNode => {
  const may = useRoles(CASE_ROLES);
  const query = useQuery({ ...contributionsQuery, enabled: may });
  if (!may) return null;
  return (
    <Section title={words.ledger} n={query.data?.length}>
      <Async query={query}>{(items) => <Ledger items={items} />}</Async>
      <NoteAcknowledgement />
    </Section>
  );
};
