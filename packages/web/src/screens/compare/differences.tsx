// What differs between two media: the facts first, then every tag as the files write it, behind one line.
import type { Comparison } from '@redthread/core/contract';
import { useState, type ReactNode } from 'react';
import { Section } from '../../parts/section.js';
import { t } from '../../text/index.js';
import styles from './compare.module.css';
import { differenceGroups, type DifferenceRow } from './difference-rows.js';

const Value = ({ row, of }: { row: DifferenceRow; of: 'a' | 'b' }): ReactNode => (
  <td className={`wrap ${styles['value']} ${row.isDigest ? 'mono' : ''}`}>
    {row[of] ?? <span className="muted">{t.common.none}</span>}
  </td>
);

export const Differences = ({ differences }: { differences: Comparison['differences'] }): ReactNode => {
  const [whole, setWhole] = useState(false);
  const { facts, tags } = differenceGroups(differences);
  if (differences.length === 0)
    return (
      <Section title={t.compare.differences} n={0}>
        <p className={styles['note']}>{t.compare.same}</p>
      </Section>
    );
  return (
    <Section title={t.compare.differences} n={facts.length}>
      <table className="table">
        <thead>
          <tr>
            <th>{t.compare.field}</th>
            <th style={{ width: '40%' }}>{t.compare.a}</th>
            <th style={{ width: '40%' }}>{t.compare.b}</th>
          </tr>
        </thead>
        <tbody>
          {[...facts, ...(whole ? tags : [])].map((row) => (
            <tr key={row.key}>
              <td className="muted">{row.name}</td>
              <Value row={row} of="a" />
              <Value row={row} of="b" />
            </tr>
          ))}
        </tbody>
      </table>
      {tags.length > 0 && (
        <p className={styles['note']}>
          <button type="button" className="button plain" aria-expanded={whole} onClick={() => setWhole(!whole)}>
            {(whole ? t.compare.hideTags : t.compare.showTags)(tags.length)}
          </button>
        </p>
      )}
    </Section>
  );
};
