// One value of a facet: a link to the same address with it, or without it; another query is another review.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ReviewSearch } from '../../app/search-schemas.js';
import { count } from '../../text/format.js';
import styles from './facets.module.css';

interface LineProps {
  readonly search: ReviewSearch;
  readonly change: Partial<ReviewSearch>;
  readonly on: boolean;
  readonly shape?: ReactNode;
  readonly words: string;
  readonly n?: number | undefined;
}

/** What an address says of one review, and of no other of the same scope. */
export const FRESH = { at: undefined, n: undefined, review: undefined, loupe: undefined } as const;

export const Line = ({ search, change, on, shape, words, n }: LineProps): ReactNode => {
  const off = Object.fromEntries(Object.keys(change).map((key) => [key, undefined]));
  return (
    <li>
      <Link
        to="/review"
        search={{ ...search, ...(on ? off : change), ...FRESH }}
        className={styles['line']}
        data-on={on}
        aria-current={on}
      >
        {shape !== undefined && <span className={styles['shape']}>{shape}</span>}
        <span className="clip">{words}</span>
        {n !== undefined && <span className={styles['n']}>{count(n)}</span>}
      </Link>
    </li>
  );
};

export const Group = ({ title, children }: { title: string; children: ReactNode }): ReactNode => (
  <section className={styles['group']}>
    <h3>{title}</h3>
    <ul>{children}</ul>
  </section>
);
