// The strength of a connection: its evidence as a small bar in the accent of the thread, split by cause, and the number.
import type { Connection } from '@redthread/core/contract';
import type { ReactNode } from 'react';
import { measure } from '../text/format.js';
import { t } from '../text/index.js';
import styles from './strength.module.css';

/** The bar is full here; no method has earned more. */
const FULL_BITS = 64;

interface StrengthProps {
  readonly bits: number;
  /** What the bits add up from; one that chance explains has no part of the bar. */
  readonly causes?: Connection['causes'];
}

const percent = (bits: number): number => Math.min(100, Math.max(0, (bits / FULL_BITS) * 100));

const Parts = ({ causes }: { causes: Connection['causes'] }): ReactNode =>
  causes
    .filter(({ strengthBits }) => strengthBits > 0)
    .map(({ cause, strengthBits }) => (
      <span
        key={cause}
        className={styles['bar']}
        data-cause={cause}
        style={{ width: `${Math.max(2, percent(strengthBits))}%` }}
      />
    ));

const inWords = (causes: Connection['causes']): string =>
  causes.map(({ cause, strengthBits }) => `${t.connections.causes[cause]} ${measure(strengthBits)}`).join(', ');

export const Strength = ({ bits, causes }: StrengthProps): ReactNode => (
  <span
    className={styles['strength']}
    title={`${t.connections.evidence(measure(bits))}${causes === undefined ? '' : ` (${inWords(causes)})`}. ${t.connections.evidenceHint}`}
  >
    <span className={styles['track']}>
      {causes === undefined ? (
        <span className={styles['bar']} style={{ width: `${Math.max(2, percent(bits))}%` }} />
      ) : (
        <Parts causes={causes} />
      )}
    </span>
    <span className={styles['number']}>{measure(Math.round(bits))}</span>
  </span>
);
