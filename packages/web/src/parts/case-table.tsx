// Cases as a table.
import type { Case } from '@redthread/core/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { AtRiskSign } from './at-risk.js';
import { count, instant } from '../text/format.js';
import { t } from '../text/index.js';

export const CaseTable = ({ cases }: { cases: readonly Case[] }): ReactNode => (
  <table className="table">
    <thead>
      <tr>
        <th>{t.common.case}</th>
        <th className="grow">{t.case.caseTitle}</th>
        <th>{t.common.agency}</th>
        <th>{t.access.handling}</th>
        <th className="num">{t.operation.exhibits}</th>
        <th className="num">{t.case.opened}</th>
      </tr>
    </thead>
    <tbody>
      {cases.map((one) => (
        <tr key={one.id}>
          <td>
            <AtRiskSign id={one.id} />
            <Link to="/cases/$caseId" params={{ caseId: one.id }} className="link">
              {one.reference}
            </Link>
          </td>
          <td className="grow">{one.title}</td>
          <td>
            {one.agency.name} <span className="muted">{one.agency.country}</span>
          </td>
          <td>
            {one.handling}
            {one.own?.access === 'named' && <span className="muted"> {t.access.named}</span>}
          </td>
          <td className="num">{count(one.exhibitCount)}</td>
          <td className="num muted">{instant(one.createdAt)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
