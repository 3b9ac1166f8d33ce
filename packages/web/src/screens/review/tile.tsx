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

interface SignProps {
  readonly className: string | undefined;
  readonly shown: ReactNode;
  readonly says: string;
  readonly title?: string;
  readonly 'data-state'?: string;
  readonly 'data-of'?: string;
}

/** The worst that a list says decides the badge; said of the one that is shown, where it is said of that as well. */
const worst = ({ listHits, mediaId }: ReviewTile): ReviewTile['listHits'][number] | null => {
  const ofPolarity = (['known-bad', 'known-good', 'other'] as const)
    .map((polarity) => listHits.filter((hit) => hit.polarity === polarity))
    .find((hits) => hits.length > 0);
  return ofPolarity?.find((hit) => hit.mediaId === mediaId) ?? ofPolarity?.[0] ?? null;
};

/** A list that names another of the stack says nothing about the one that is shown. */
const listedInWords = ({ mediaId, name, polarity }: ReviewTile['listHits'][number], tile: ReviewTile): string =>
  `${t.polarity[polarity]}: ${name}${mediaId === tile.mediaId ? '' : `; ${t.review.anotherOfStack}`}`;

const verdictInWords = ({ scheme, code, state }: TileVerdict): string =>
  `${scheme}${code === null ? '' : `:${code}`} ${t.verdicts.tile[state]}`;

/** The code that leads, with a question mark while it is not decided; ≠ where votes are against each other. */
const verdictSign = ({ code, state }: TileVerdict): string =>
  state === 'disputed' ? '≠' : state === 'decided' ? (code ?? '') : `${code ?? ''}?`;

/** A sign, and what it says to whoever does not see it: the name of a tile is what it holds. */
const Sign = ({ className, shown, says, ...more }: SignProps): ReactNode => (
  <span className={className} {...more}>
    <span aria-hidden>{shown}</span>
    <span className="hidden-words">, {says}</span>
  </span>
);

/** Of a colleague by name; one's own as a line at the edge. */
const Claimed = ({ claim }: { claim: NonNullable<ReviewTile['claim']> }): ReactNode => {
  const until = clock(new Date(claim.until));
  const says = claim.own ? t.review.claimedByYou(until) : t.review.claimedBy(claim.login, until);
  const shown = claim.own ? null : (
    <>
      <Icon name="closed" size={12} /> {claim.login}
    </>
  );
  return <Sign className={styles[claim.own ? 'mine' : 'taken']} title={says} shown={shown} says={says} />;
};

export const Tile = memo((props: TileProps): ReactNode => {
  const { tile, x, width, selected, inRange, marked, withCountry, withheld, onSelect, onOpen } = props;
  const listed = worst(tile);
  return (
    <div
      id={`tile-${tile.mediaId}`}
      role="option"
      aria-selected={selected || inRange}
      className={styles['tile']}
      data-place={tile.place}
      data-selected={selected}
      data-range={inRange}
      data-marked={marked}
      data-taken={tile.claim?.own === false}
      style={{ left: x, width }}
      onClick={({ shiftKey }) => onSelect(tile.place, shiftKey)}
      onDoubleClick={() => onOpen(tile.mediaId)}
    >
      <SafeMedia
        item={{ id: tile.mediaId, kind: tile.kind, state: tile.state }}
        withheld={withheld ? t.care.withheld : undefined}
        alt={t.kinds.media['image']}
      />
      <span className={styles['badges']}>
        {tile.atRisk && (
          <Sign
            className={styles['risk']}
            title={t.atRisk.title}
            shown={<Icon name="warning" size={12} />}
            says={t.atRisk.title}
          />
        )}
        {tile.occurrences > 1 && (
          <Sign className={styles['copies']} shown={count(tile.occurrences)} says={t.common.copies(tile.occurrences)} />
        )}
        {listed !== null && (
          <Sign
            className={styles['badge']}
            title={listedInWords(listed, tile)}
            data-of={listed.mediaId === tile.mediaId ? 'shown' : 'another'}
            shown={<PolarityShape polarity={listed.polarity} />}
            says={listedInWords(listed, tile)}
          />
        )}
        {tile.verdict !== null && (
          <Sign
            className={styles['verdict']}
            data-state={tile.verdict.state}
            title={verdictInWords(tile.verdict)}
            shown={verdictSign(tile.verdict)}
            says={verdictInWords(tile.verdict)}
          />
        )}
        {tile.strongestGrade !== null && (
          <Sign
            className={styles['badge']}
            shown={<GradeShape grade={tile.strongestGrade} />}
            says={t.grades[tile.strongestGrade]}
          />
        )}
      </span>
      {withCountry && (
        <Sign
          className={styles['country']}
          title={tile.agency.name}
          shown={tile.agency.country}
          says={`${tile.agency.country}, ${tile.agency.name}`}
        />
      )}
      {tile.claim !== null && <Claimed claim={tile.claim} />}
      {marked && <Sign className={styles['mark']} shown="A" says={t.review.marked} />}
    </div>
  );
});
Tile.displayName = 'Tile';
