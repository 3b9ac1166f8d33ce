// What the agency gave to others, and what it took back: whose it is may take more of it back.
import { Contribution } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { callJson } from '../api/client.js';
import { contributionsQuery } from '../api/queries.js';
import { useChange } from '../api/use-change.js';
import { CASE_ROLES, useRoles } from '../app/use-roles.js';
import { count, instant } from '../text/format.js';
import { t } from '../text/index.js';
import { Async } from './async.js';
import { ReasonField, textIn } from './field.js';
import { ProblemNotice } from './problem-notice.js';
import { Section } from './section.js';

const words = t.exchange;

const TakeBack = ({ line }: { line: Contribution }): ReactNode => {
  const [asking, setAsking] = useState(false);
  const withdraw = useChange(
    (body: object) => callJson(`/contributions/${line.id}/withdraw`, Contribution, { method: 'POST', body }),
    ['/contributions', '/audit'],
  );
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const reason = textIn(new FormData(event.currentTarget))('reason');
    withdraw.mutate({ reason }, { onSuccess: () => setAsking(false) });
  };
  if (line.withdrawn !== null) return <span title={line.withdrawn.reason}>{instant(line.withdrawn.at)}</span>;
  if (!asking)
    return (
      <button type="button" className="button plain" onClick={() => setAsking(true)}>
        {words.withdraw}
      </button>
    );
  return (
    <form onSubmit={submit}>
      <ReasonField words={words.reason} />{' '}
      <button type="submit" className="button" disabled={withdraw.isPending}>
        {words.withdraw}
      </button>
      {withdraw.error !== null && <ProblemNotice error={withdraw.error} />}
    </form>
  );
};

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
            <td className="grow">{line.subject}</td>
            <td>{line.handling}</td>
            <td className="num">{count(line.items)}</td>
            <td className="num">{count(line.withdrawnItems)}</td>
            <td>{line.by}</td>
            <td>
              <TakeBack line={line} />
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
    </Section>
  );
};
