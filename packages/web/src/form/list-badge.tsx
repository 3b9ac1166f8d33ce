// What a list says about a digest, as a shape in grey and its word: colour is kept for grades and the thread.
import type { ListHit } from '@redthread/core/contract';
import type { ReactNode } from 'react';
import { t } from '../text/index.js';

const PATHS: Readonly<Record<ListHit['polarity'], string>> = {
  'known-bad': 'M2.5 11V1.5h7.5L8 4.2l2 2.8H2.5',
  'known-good': 'm1.8 6.4 2.8 2.8 5.6-6',
  other: 'M2 3h8M2 6h8M2 9h8',
};

export const PolarityShape = ({ polarity, size = 12 }: { polarity: ListHit['polarity']; size?: number }): ReactNode => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 12 12"
    fill={polarity === 'known-bad' ? 'currentColor' : 'none'}
    stroke="currentColor"
    strokeWidth={1.5}
    strokeLinecap="round"
    strokeLinejoin="round"
    role="img"
    aria-label={t.polarity[polarity]}
  >
    <title>{t.polarity[polarity]}</title>
    <path d={PATHS[polarity]} />
  </svg>
);
