// An operation by agency and country: what each brought, and what it is, as numbers that open their lists and as a bar.
import type { FunnelStep } from '@redthread/core/contract';
import type { ReactNode } from 'react';
import { StepLink } from '../../parts/step-link.js';
import { count } from '../../text/format.js';
import { t } from '../../text/index.js';
import type { AgencyRow } from './agencies.js';
import styles from './by-agency.module.css';

/** What the unique contents add up to. */
const PARTS = ['known', 'same-content', 'not-compared', 'new'] as const satisfies readonly FunnelStep[];
const BEFORE = ['seized', 'unreadable', 'unique'] as const satisfies readonly FunnelStep[];
const AFTER = [...PARTS, 'reviewed'] as const satisfies readonly FunnelStep[];

const StepCell = ({ row, step, operationId }: { row: AgencyRow; step: FunnelStep; operationId: string }): ReactNode => {
  const n = row.files[step] ?? 0;
  const words = count(n);
  if (n === 0) return <span className="muted">0</span>;
  if (row.agency === null) return words;
  return (
    <StepLink
      within={{ operation: operationId, agency: row.agency.id }}
      step={step}
      className="link"
      aria-label={`${row.agency.name}, ${t.funnel.steps[step]}: ${words}`}
    >
      {words}
    </StepLink>
  );
};

/** As long as the row has contents, beside the row that has most. */
const Shares = ({ row, most }: { row: AgencyRow; most: number }): ReactNode => (
  <span className={styles['bar']} aria-hidden="true">
    {PARTS.map((step) => (
      <span
        key={step}
        data-part={step}
        title={`${t.funnel.steps[step]}: ${count(row.files[step] ?? 0)}`}
        style={{ width: `${(100 * (row.files[step] ?? 0)) / Math.max(1, most)}%` }}
      />
    ))}
  </span>
);

export const ByAgency = ({ rows, operationId }: { rows: readonly AgencyRow[]; operationId: string }): ReactNode => {
  const most = Math.max(...rows.map(({ agency, files }) => (agency === null ? 0 : (files.unique ?? 0))));
  const cell = (row: AgencyRow, step: FunnelStep): ReactNode => (
    <td key={step} className="num">
      <StepCell row={row} step={step} operationId={operationId} />
    </td>
  );
  return (
    <>
      <table className="table">
        <thead>
          <tr>
            <th>{t.common.agency}</th>
            <th>{t.common.country}</th>
            <th className="num">{t.operation.cases}</th>
            <th className="num">{t.operation.exhibits}</th>
            {BEFORE.map((step) => (
              <th key={step} className="num wrap">
                {t.funnel.steps[step]}
              </th>
            ))}
            <th className="grow wrap">{t.operation.share}</th>
            {PARTS.map((step) => (
              <th key={step} className="num wrap">
                <span className={styles['key']} data-part={step} aria-hidden="true" />
                {t.funnel.steps[step]}
              </th>
            ))}
            <th className="num wrap">{t.funnel.steps.reviewed}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.agency?.id ?? row.country} data-agency={row.agency?.name ?? row.country}>
              <td className={`${styles['name']} wrap`}>
                {row.agency?.name ?? <em>{t.operation.allOf(row.country, row.of)}</em>}
              </td>
              <td>{row.country}</td>
              <td className="num">{count(row.cases)}</td>
              <td className="num">{count(row.exhibits)}</td>
              {BEFORE.map((step) => cell(row, step))}
              <td className="grow">{row.agency !== null && <Shares row={row} most={most} />}</td>
              {AFTER.map((step) => cell(row, step))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles['counted']}>{t.operation.counted}</p>
    </>
  );
};
