// The end of a paged table: asks for the next page when it comes into sight, and says how many there are.
import { useEffect, useRef, type ReactNode } from 'react';
import { t } from '../text/index.js';
import styles from './more-rows.module.css';

interface MoreRowsProps {
  readonly shown: number;
  readonly total: number;
  readonly hasNext: boolean;
  readonly busy: boolean;
  readonly next: () => void;
}

export const MoreRows = ({ shown, total, hasNext, busy, next }: MoreRowsProps): ReactNode => {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = end.current;
    if (element === null || !hasNext || busy) return undefined;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) next();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [hasNext, busy, next]);
  if (!hasNext) return null;
  return (
    <div ref={end} className={styles['more']}>
      {t.common.of(shown, total)}
      <button type="button" className="button plain" disabled={busy} onClick={next}>
        {t.common.more(Math.min(100, total - shown))}
      </button>
    </div>
  );
};
