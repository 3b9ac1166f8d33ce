// The stills of a film with their times, on one sheet that is revealed as a whole.
import type { Media } from '@redthread/core/contract';
import { filmTime } from '@redthread/core/domain';
import type { ReactNode } from 'react';
import type { Reveal } from '../../media/reveal.js';
import { SafeStill } from '../../media/safe-media.js';
import { t } from '../../text/index.js';
import styles from './stills.module.css';

export const Stills = ({ media, reveal }: { media: Media; reveal: Reveal }): ReactNode => {
  const { id, storyboard } = media;
  if (storyboard === null) return null;
  return (
    <ol className={styles['stills']} aria-label={t.films.storyboard}>
      {storyboard.timesMs.map((time, place) => (
        <li key={place} className={styles['still']}>
          <SafeStill mediaId={id} storyboard={storyboard} place={place} reveal={reveal.state} />
          <span className="num">{filmTime(time)}</span>
        </li>
      ))}
    </ol>
  );
};
