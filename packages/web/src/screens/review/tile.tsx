// One tile: the veiled picture, and only count of copies, grade, list, verdict and state upon it; who is at it; its country where there are several.
import type { ReviewTile, TileVerdict } from '@redthread/core/contract';
import { memo, type ReactNode } from 'react';
import { GradeShape } from '../../form/grade.js';
import { Icon } from '../../form/icons.js';
import { PolarityShape } from '../../form/list-badge.js';
import { SafeMedia } from '../../media/safe-media.js';
import { clock, count } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './tile.module.css';

interface TileProps {
  readonly tile: ReviewTile;
  readonly x: number;
  readonly width: number;
  readonly selected: boolean;
  readonly inRange: boolean;
  readonly marked: boolean;
  readonly withCountry: boolean;
  /** On a list of known-bad files, and not asked for. */
  readonly withheld: boolean;
  readonly onSelect: (place: number, extend: boolean) => void;
  readonly onOpen: (mediaId: string) => void;
}

/** The worst that a list says decides the badge. */
const worst = (tile: ReviewTile): ReviewTile['listHits'][number]['polarity'] | null => {
  const polarities = tile.listHits.map((hit) => hit.polarity);
  return (['known-bad', 'known-good', 'other'] as const).find((polarity) => polarities.includes(polarity)) ?? null;
};

/** The code that leads, with a question mark while it is not decided; ≠ where votes are against each other. */
const verdictSign = ({ code, state }: TileVerdict): string =>
  state === 'disputed' ? '≠' : state === 'decided' ? (code ?? '') : `${code ?? ''}?`;

export const Tile = memo((props: TileProps): ReactNode => {
  const { tile, x, width, selected, inRange, marked, withCountry, withheld, onSelect, onOpen } = props;
  const polarity = worst(tile);
  const taken = tile.claim !== null && !tile.claim.own ? tile.claim : null;
  return (
    <div
      id={`tile-${tile.mediaId}`}
      role="option"
      aria-selected={selected || inRange}
      aria-label={t.common.copies(tile.occurrences)}
      className={styles['tile']}
      data-place={tile.place}
      data-selected={selected}
      data-range={inRange}
      data-marked={marked}
      data-taken={taken !== null}
      style={{ left: x, width }}
      onClick={({ shiftKey }) => onSelect(tile.place, shiftKey)}
      onDoubleClick={() => onOpen(tile.mediaId)}
    >
      <SafeMedia
        item={{ id: tile.mediaId, kind: tile.kind, state: tile.state }}
        withheld={withheld ? t.care.withheld : undefined}
      />
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
      {taken !== null && (
        <span className={styles['taken']} title={t.review.claimedBy(taken.login, clock(new Date(taken.until)))}>
          <Icon name="closed" size={12} /> {taken.login}
        </span>
      )}
      {tile.claim?.own === true && (
        <span className={styles['mine']} title={t.review.claimedByYou(clock(new Date(tile.claim.until)))} />
      )}
      {marked && <span className={styles['mark']}>A</span>}
    </div>
  );
});
Tile.displayName = 'Tile';
