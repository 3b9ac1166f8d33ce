// A veiled picture that leads to its media.
import type { SeriesMember } from '@redthread/core/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { clampRatio } from '../../layout/justified.js';
import { ratioOf } from '../../layout/region.js';
import { SafeMedia } from '../../media/safe-media.js';
import styles from '../../parts/series.module.css';

export const Tile = ({ tile }: { tile: Omit<SeriesMember, 'assertion'> }): ReactNode => (
  <Link
    to="/media/$mediaId"
    params={{ mediaId: tile.mediaId }}
    className={styles['tile']}
    style={{ aspectRatio: clampRatio(ratioOf(tile)) }}
  >
    <SafeMedia item={{ id: tile.mediaId, kind: tile.kind, state: tile.state }} />
  </Link>
);
