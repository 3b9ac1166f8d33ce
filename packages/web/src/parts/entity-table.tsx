// Entities and series as rows, each a link to its page.
import type { Entity } from '@redthread/core/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { instant } from '../text/format.js';
import { t } from '../text/index.js';
import { AtRiskSign } from './at-risk.js';
import { EntityName } from './assertion-table.js';

const words = t.entities;

/** A series is in a state, a person in a role. */
const standing = ({ state, role }: Entity): string =>
  state !== null ? t.series.states[state] : role === null ? '' : words.roles[role];

interface EntityTableProps {
  readonly items: readonly Entity[];
  readonly withCase?: boolean;
  /** Says of a series that it is one. */
  readonly withKind?: boolean;
}

export const EntityTable = ({ items, withCase = true, withKind = true }: EntityTableProps): ReactNode => (
  <table className="table">
    <thead>
      <tr>
        <th className="grow">{t.series.name}</th>
        <th>{words.standing}</th>
        <th>{t.common.agency}</th>
        {withCase && <th>{t.common.case}</th>}
        <th>{t.verdicts.by}</th>
        <th className="num">{t.series.recorded}</th>
      </tr>
    </thead>
    <tbody>
      {items.map((one) => (
        <tr key={one.id} data-entity={one.name}>
          <td className="grow">
            {withKind && one.kind === 'series' && <span className="muted">{words.kinds.series} </span>}
            {one.kind === 'series' && <AtRiskSign id={one.id} />}
            <EntityName entity={one} />
          </td>
          <td>{standing(one)}</td>
          <td>{one.agency.name}</td>
          {withCase && (
            <td>
              {one.case !== null && (
                <Link to="/cases/$caseId" params={{ caseId: one.case.id }} className="link">
                  {one.case.reference}
                </Link>
              )}
            </td>
          )}
          <td>{one.by}</td>
          <td className="num muted">{instant(one.createdAt)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
