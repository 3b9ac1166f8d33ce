// The strength of a connection: its evidence as a small bar in the accent of the thread, and the number.
import type { ReactNode } from 'react';
import { measure } from '../text/format.js';
import { t } from '../text/index.js';
import styles from './strength.module.css';

/** The bar is full here; no method has earned more. */
const FULL_BITS = 64;

export const Strength = ({ bits }: { bits: number }): ReactNode => (
  <span
    className={styles['strength']}
    title={`${t.connections.evidence(measure(bits))}. ${t.connections.evidenceHint}`}
  >
    <span className={styles['track']}>
      <span className={styles['bar']} style={{ width: `${Math.min(100, Math.max(2, (bits / FULL_BITS) * 100))}%` }} />
    </span>
    <span className={styles['number']}>{measure(Math.round(bits))}</span>
  </span>
);
