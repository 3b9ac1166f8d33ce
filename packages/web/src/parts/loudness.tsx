// How loud a film or a sound is along its length: one shape, drawn as wide as its place.
import type { ReactNode } from 'react';
import { t } from '../text/index.js';
import styles from './loudness.module.css';

/** `bars`: 0 to 100 each. Loud is drawn away from the middle, to both sides. */
export const Loudness = ({ bars }: { bars: readonly number[] }): ReactNode => {
  const half = (sign: 1 | -1) =>
    bars.flatMap((bar, i) => [`${i},${50 - (sign * bar) / 2}`, `${i + 1},${50 - (sign * bar) / 2}`]);
  return (
    <svg
      className={styles['loudness']}
      viewBox={`0 0 ${Math.max(1, bars.length)} 100`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t.films.loudness}
    >
      <polygon points={[...half(1), ...half(-1).reverse()].join(' ')} />
    </svg>
  );
};
