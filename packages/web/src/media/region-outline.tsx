// The outline of a part of a picture, over the picture, which is shown whole in the same box.
import type { CSSProperties, ReactNode } from 'react';
import type { Box } from '../layout/region.js';
import styles from './region.module.css';

const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;

/** `ratio`: width by height of the picture. */
export const RegionOutline = ({ region, ratio }: { region: Box; ratio: number }): ReactNode => (
  <span className={styles['over']} aria-hidden>
    <span className={styles['frame']} style={{ '--ratio': ratio } as CSSProperties}>
      <span
        className={styles['outline']}
        data-region
        style={{
          left: percent(region.x),
          top: percent(region.y),
          width: percent(region.width),
          height: percent(region.height),
        }}
      />
    </span>
  </span>
);
