// One tile: the veiled picture, and only count of copies, grade, list, verdict and state upon it; its country where there are several.
import type { StackTile, TileVerdict } from '@redthread/core/contract';
import { memo, type CSSProperties, type ReactNode } from 'react';
import { GradeShape } from '../../form/grade.js';
import { PolarityShape } from '../../form/list-badge.js';
import { SafeMedia } from '../../media/safe-media.js';
import { count } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './tile.module.css';

interface TileProps {
  readonly tile: StackTile;
  readonly selected: boolean;
  readonly marked: boolean;
  readonly withCountry: boolean;
  readonly style: CSSProperties;
  readonly onSelect: (mediaId: string) => void;
  readonly onOpen: (mediaId: string) => void;
}

/** The worst that a list says decides the badge. */
const worst = (tile: StackTile): StackTile['listHits'][number]['polarity'] | null => {
  const polarities = tile.listHits.map((hit) => hit.polarity);
  return (['known-bad', 'known-good', 'other'] as const).find((polarity) => polarities.includes(polarity)) ?? null;
};

/** The code that leads, with a question mark while it is not decided; ≠ where votes are against each other. */
const verdictSign = ({ code, state }: TileVerdict): string =>
  state === 'disputed' ? '≠' : state === 'decided' ? (code ?? '') : `${code ?? ''}?`;

export const Tile = memo(({ tile, selected, marked, withCountry, style, onSelect, onOpen }: TileProps): ReactNode => {
  const polarity = worst(tile);
  return (
    <div
      id={`tile-${tile.mediaId}`}
      role="option"
      aria-selected={selected}
      aria-label={t.common.copies(tile.occurrences)}
      className={styles['tile']}
      data-selected={selected}
      data-marked={marked}
      style={style}
      onClick={() => onSelect(tile.mediaId)}
      onDoubleClick={() => onOpen(tile.mediaId)}
    >
      <SafeMedia item={{ id: tile.mediaId, kind: tile.kind, state: tile.state }} />
      <span className={styles['badges']}>
        {tile.occurrences > 1 && <span className={styles['copies']}>{count(tile.occurrences)}</span>}
        {polarity !== null && (
          <span className={styles['badge']}>
            <PolarityShape polarity={polarity} />
          </span>
        )}
        {tile.verdict !== null && (
          <span
            className={styles['verdict']}
            data-state={tile.verdict.state}
            title={`${tile.verdict.scheme}${tile.verdict.code === null ? '' : `:${tile.verdict.code}`} ${t.verdicts.tile[tile.verdict.state]}`}
          >
            {verdictSign(tile.verdict)}
          </span>
        )}
        {tile.strongestGrade !== null && (
          <span className={styles['badge']}>
            <GradeShape grade={tile.strongestGrade} />
          </span>
        )}
      </span>
      {withCountry && (
        <span className={styles['country']} title={tile.agency.name}>
          {tile.agency.country}
        </span>
      )}
      {marked && <span className={styles['mark']}>A</span>}
    </div>
  );
});
Tile.displayName = 'Tile';
