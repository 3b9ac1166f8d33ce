// Every operation that the viewer belongs to, with its funnel in one line; then the cases outside any.
import type { Case, Operation } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { casesQuery, funnelQuery, operationsQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import { Async } from '../../parts/async.js';
import { CaseTable } from '../../parts/case-table.js';
import { Section } from '../../parts/section.js';
import { Teach } from '../../parts/teach.js';
import { count } from '../../text/format.js';
import { t } from '../../text/index.js';
import { Invitations } from './invitations.js';

const OperationRow = ({ operation }: { operation: Operation }): ReactNode => {
  const funnel = useQuery(funnelQuery({ operation: operation.id })).data;
  const files = (step: string): string => {
    const row = funnel?.steps.find((s) => s.step === step);
    return row === undefined ? '' : count(row.files);
  };
  return (
    <tr>
      <td className="grow">
        <Link to="/operations/$operationId" params={{ operationId: operation.id }} className="link">
          <strong>{operation.name}</strong>
        </Link>{' '}
        <span className="muted">{operation.reference}</span>
      </td>
      <td>{operation.agencies.map((agency) => agency.country).join(', ')}</td>
      <td className="num">{count(operation.caseCount)}</td>
      <td className="num">{count(operation.exhibitCount)}</td>
      <td className="num">{files('seized')}</td>
      <td className="num">{files('unique')}</td>
      <td className="num">{files('new')}</td>
    </tr>
  );
};

const Operations = ({ operations }: { operations: readonly Operation[] }): ReactNode =>
  operations.length === 0 ? (
    <Teach title={t.operations.empty} text={t.operations.teach} command={t.operations.command} />
  ) : (
    <table className="table">
      <thead>
        <tr>
          <th className="grow">{t.operations.title}</th>
          <th>{t.common.country}</th>
          <th className="num">{t.operation.cases}</th>
          <th className="num">{t.operation.exhibits}</th>
          <th className="num">{t.funnel.steps.seized}</th>
          <th className="num">{t.funnel.steps.unique}</th>
          <th className="num">{t.funnel.steps.new}</th>
        </tr>
      </thead>
      <tbody>
        {operations.map((operation) => (
          <OperationRow key={operation.id} operation={operation} />
        ))}
      </tbody>
    </table>
  );

const outside = (cases: readonly Case[]): readonly Case[] => cases.filter((one) => one.operationId === null);

export const OperationsScreen = (): ReactNode => {
  const operations = useQuery(operationsQuery);
  const cases = useQuery(casesQuery());
  const own = outside(cases.data ?? []);
  const nothing = operations.data?.length === 0 && own.length === 0;
  usePlace([{ words: t.operations.title }]);
  return (
    <div className="page">
      <Invitations />
      <Async query={operations}>{(list) => <Operations operations={list} />}</Async>
      {(own.length > 0 || nothing) && (
        <Section title={t.operations.own} n={own.length}>
          {nothing ? (
            <Teach title={t.operations.ownTeach} command={t.operations.ownCommand} />
          ) : (
            <CaseTable cases={own} />
          )}
        </Section>
      )}
      <div className="head">
        <Link to="/break-glass" className="link">
          {t.breakGlass.open}
        </Link>
      </div>
    </div>
  );
};
