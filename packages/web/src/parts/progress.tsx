// Exact progress: done of total, a bar of the same, the rate and what is left. Never a spinner.
import { useState, type ReactNode } from 'react';
import { addSample, rateOf, secondsLeft, type Sample } from '../layout/progress-rate.js';
import { count, duration, rate } from '../text/format.js';
import { t } from '../text/index.js';
import styles from './progress.module.css';

interface BarProps {
  readonly words: string;
  readonly done: number;
  readonly total: number | null;
  readonly label: string;
  /** How its numbers are written. */
  readonly show?: (n: number) => string;
}

/** One line: words, bar, numbers. */
export const Bar = ({ words, done, total, label, show = count }: BarProps): ReactNode => (
  <span className={styles['line']}>
    <span className={styles['words']}>{words}</span>
    <progress
      className={styles['bar']}
      aria-label={`${label}: ${words}`}
      max={Math.max(1, total ?? 1)}
      value={total === null ? 0 : total === 0 ? 1 : done}
    />
    <span className={styles['numbers']}>{total === null ? show(done) : t.common.of(show(done), show(total))}</span>
  </span>
);

/** Rate and time left of one count, measured while this component stands. */
export const Pace = ({
  done,
  total,
  atMs,
  show = rate,
}: Pick<BarProps, 'done' | 'total' | 'show'> & { atMs: number }): ReactNode => {
  const [samples, setSamples] = useState<readonly Sample[]>([{ atMs, done }]);
  const last = samples.at(-1);
  if (last !== undefined && last.atMs < atMs) setSamples(addSample(samples, { atMs, done }));
  const perSecond = rateOf(samples);
  const left = secondsLeft(samples, total);
  if (total !== null && done >= total) return null;
  return (
    <span className={styles['pace']}>
      {[
        ...(perSecond === null || perSecond === 0 ? [] : [t.status.rate(show(perSecond))]),
        ...(left === null ? [] : [t.status.left(duration(left))]),
      ].join('  ·  ')}
    </span>
  );
};
