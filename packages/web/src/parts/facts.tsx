// Names and values in two columns.
import type { ReactNode } from 'react';
import styles from './facts.module.css';

/** Rows without a value are left out. */
export const Facts = ({ rows }: { rows: readonly (readonly [name: string, value: ReactNode])[] }): ReactNode => (
  <dl className={styles['facts']}>
    {rows.map(([name, value]) =>
      value === null || value === undefined || value === '' ? null : (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ),
    )}
  </dl>
);
