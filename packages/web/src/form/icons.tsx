// The icons of the interface: 20 px, one stroke, drawn here so that no package and no font is loaded for them.
import type { ReactNode } from 'react';

const PATHS = {
  operations: 'M3 6.5 10 3l7 3.5L10 10 3 6.5Zm0 3.5 7 3.5 7-3.5M3 13.5 10 17l7-3.5',
  review: 'M3 4h6v5H3zM11 4h6v8h-6zM3 11h6v5H3zM11 14h6v2h-6z',
  compare: 'M3 4h6v12H3zM11 4h6v12h-6z',
  connections: 'M5 15.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4Zm10-7a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM7 13.3c4 .6 2.2-6 6-6.6',
  verdicts: 'M3 10.5l3 3 5-7M9.5 13l.5.5 7-8.5',
  series: 'M3 6h9v8H3zM6 6V4h9v8h-3M9 4V2h8v8h-2',
  entities:
    'M7 9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm-4.5 7c.3-3 2-4.5 4.5-4.5 1 0 1.9.2 2.6.7M14 9.5c1.9 0 3 1.3 3 2.9 0 2-3 4.6-3 4.6s-3-2.6-3-4.6c0-1.6 1.1-2.9 3-2.9Z',
  chats: 'M3 4h10v7H8l-3 3v-3H3zM15 8h2v6h-2v3l-3-3H9',
  lists: 'M7 5h10M7 10h10M7 15h10M3.5 5h.01M3.5 10h.01M3.5 15h.01',
  requests: 'M7 9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm-5 7c.4-3 2.4-4.5 5-4.5 1.2 0 2.3.3 3.2 1M11 14l2.5 2.5L18 11',
  audit: 'M5 3h7l3 3v11H5zM12 3v3h3M7.5 10h5M7.5 13h5',
  account: 'M10 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-6 7c.6-3 3-4.5 6-4.5s5.4 1.5 6 4.5',
  administration: 'M4 5h12M4 10h12M4 15h12M7 3.5v3M13 8.5v3M9 13.5v3',
  bell: 'M5 14V9a5 5 0 0 1 10 0v5l1.5 1.5h-13L5 14Zm3.5 3.5h3',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11Zm4-1.5 4 4',
  picture: 'M3 4h14v12H3zM3 13l4-4 4 4 2-2 4 4M13 7.5h.01',
  eye: 'M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5Zm8 2.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z',
  left: 'M12 4 6 10l6 6',
  right: 'm8 4 6 6-6 6',
  close: 'm5 5 10 10M15 5 5 15',
  file: 'M5 3h6l4 4v10H5zM11 3v4h4',
  film: 'M3 4h14v12H3zM6 4v12M14 4v12M3 8h3M3 12h3M14 8h3M14 12h3',
  sound: 'M4 8v4M7.5 5v10M11 7v6M14.5 4v12',
  closed: 'M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9M10 12v2',
  warning: 'M10 3 2.5 16.5h15L10 3Zm0 5v4m0 2.2v.01',
} as const;

export type IconName = keyof typeof PATHS;

export const Icon = ({ name, size = 20 }: { name: IconName; size?: number }): ReactNode => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    strokeWidth={1.5}
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    <path d={PATHS[name]} />
  </svg>
);

/** The thread between two ends: the only place beside connections where the accent is at home. */
export const Mark = ({ size = 24 }: { size?: number }): ReactNode => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
    <path d="M6 22c5 4 7-2 10-6s5-10 10-6" fill="none" stroke="var(--accent)" strokeWidth="2.5" strokeLinecap="round" />
    <circle cx="6" cy="22" r="3" fill="var(--text)" />
    <circle cx="26" cy="10" r="3" fill="var(--text)" />
  </svg>
);
