// One quiet line that suggests a break; it stops nobody, and goes for as long as the same again.
import { Link } from '@tanstack/react-router';
import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { lookingSince } from '../layout/looking.js';
import { t } from '../text/index.js';
import { forgetLooks, looks, onLook } from './looks.js';
import { useCare } from './use-care.js';
import styles from './care.module.css';

const LOOK_AGAIN_MS = 30_000;

export const BreakLine = (): ReactNode => {
  const { breakMinutes, breakReveals } = useCare();
  const times = useSyncExternalStore(onLook, looks);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  const { reveals, minutes } = lookingSince(times, Math.max(now, times.at(-1) ?? 0));
  if (minutes < breakMinutes && reveals < breakReveals) return null;
  return (
    <span role="status" className={styles['break']}>
      {t.care.breakLine(reveals, minutes)}{' '}
      <Link to="/care" className="link">
        {t.care.why}
      </Link>
      <button type="button" className="button plain" onClick={forgetLooks}>
        {t.care.later}
      </button>
    </span>
  );
};
