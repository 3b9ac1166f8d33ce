// The loupe: the selected item large, still veiled until it is revealed; the arrow keys go on beneath it.
import type { StackTile } from '@redthread/core/contract';
import type { ReactNode } from 'react';
import { Kbd } from '../../app/own-keys.js';
import type { Reveal } from '../../media/reveal.js';
import { RevealControls } from '../../media/reveal-controls.js';
import { SafeMedia } from '../../media/safe-media.js';
import { dimensions } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './loupe.module.css';

interface LoupeProps {
  readonly tile: StackTile;
  readonly withheld: boolean;
  readonly reveal: Reveal;
  readonly onClose: () => void;
}

export const Loupe = ({ tile, withheld, reveal, onClose }: LoupeProps): ReactNode => (
  <div className={styles['loupe']} role="dialog" aria-label={t.keys.loupe}>
    <div className={styles['picture']} onDoubleClick={onClose}>
      <SafeMedia
        item={{ id: tile.mediaId, kind: tile.kind, state: tile.state }}
        fit="contain"
        withheld={withheld ? t.care.withheldLong : undefined}
        reveal={reveal.state}
      />
    </div>
    <div className={styles['bar']}>
      <RevealControls reveals={[reveal]} />
      <span className={styles['facts']}>
        {[t.common.copies(tile.occurrences), tile.mime, dimensions(tile.width, tile.height)]
          .filter((fact) => fact !== null)
          .join(' · ')}
      </span>
      <button type="button" className="button plain" onClick={onClose}>
        {t.common.close} <Kbd action="close" />
      </button>
    </div>
  </div>
);
