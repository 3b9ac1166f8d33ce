// An address for the camera of a telephone (QR code, ISO/IEC 18004), drawn as one path.
import type { ReactNode } from 'react';
import { encode } from 'uqr';
import { t } from '../text/index.js';
import styles from './proof.module.css';

/** Modules of white around it that readers ask for. */
const QUIET = 4;

export const QrCode = ({ text }: { text: string }): ReactNode => {
  const { data, size } = encode(text, { border: QUIET });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])));
  return (
    <svg
      className={styles['picture']}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={t.account.proof.picture}
      shapeRendering="crispEdges"
    >
      <path d={dark.join('')} fill="#000" />
    </svg>
  );
};
