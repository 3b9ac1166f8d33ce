// Where we are, for the trail at the top; and what the view at hand says in the status line. Each screen states both.
import { Link } from '@tanstack/react-router';
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { count } from '../text/format.js';
import { t } from '../text/index.js';
import styles from './place.module.css';

/** One step of the trail: words, the address when it is one, and how many it holds. The last is the heading of the page. */
export interface Crumb {
  readonly words: string;
  readonly href?: string;
  readonly n?: number;
}

interface Place {
  readonly trail: readonly Crumb[];
  readonly say: string;
}

interface PlaceState extends Place {
  readonly set: (place: Place) => void;
}

const PlaceContext = createContext<PlaceState>({ trail: [], say: '', set: () => undefined });

export const PlaceProvider = ({ children }: { children: ReactNode }): ReactNode => {
  const [place, set] = useState<Place>({ trail: [], say: '' });
  const value = useMemo(() => ({ ...place, set }), [place]);
  return <PlaceContext value={value}>{children}</PlaceContext>;
};

/** States the trail and the words at the left of the status line while the screen stands. */
export const usePlace = (trail: readonly Crumb[], say = ''): void => {
  const { set } = useContext(PlaceContext);
  const key = JSON.stringify(trail);
  useEffect(() => {
    const crumbs = JSON.parse(key) as readonly Crumb[];
    set({ trail: crumbs, say });
    document.title = [...crumbs.map((crumb) => crumb.words).reverse(), t.product].join(' · ');
  }, [set, key, say]);
};

export const usePlaceWords = (): string => useContext(PlaceContext).say;

export const PlaceTrail = (): ReactNode => {
  const { trail } = useContext(PlaceContext);
  return (
    <ol className={styles['trail']}>
      {trail.map((crumb, index) => (
        <li key={`${index}-${crumb.words}`}>
          {index === trail.length - 1 ? (
            <h1>{crumb.words}</h1>
          ) : crumb.href === undefined ? (
            <span>{crumb.words}</span>
          ) : (
            <Link to={crumb.href}>{crumb.words}</Link>
          )}
          {crumb.n !== undefined && <span className={styles['n']}>{count(crumb.n)}</span>}
        </li>
      ))}
    </ol>
  );
};
