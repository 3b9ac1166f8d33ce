// The line above the grid: how many, as of when, what was done last with the way back, the claim, the size of the tiles.
import { Slider } from '@mantine/core';
import { STRETCH_LIMIT, type Review } from '@redthread/core/contract';
import type { ReactNode } from 'react';
import { Kbd } from '../../app/own-keys.js';
import { TILE_MAX, TILE_MIN } from '../../app/search-schemas.js';
import { Icon } from '../../form/icons.js';
import { clock, count, instant } from '../../text/format.js';
import { t } from '../../text/index.js';
import { KeepReview } from './keep-review.js';
import styles from './review.module.css';
import type { Chosen } from './use-chosen.js';
import type { Claim } from './use-claim.js';
import type { Undo } from './use-undo.js';

const words = t.review;

interface FoldProps {
  readonly shown: boolean;
  readonly side: 'left' | 'right';
  readonly hide: string;
  readonly show: string;
  readonly onTurn: () => void;
}

const Fold = ({ shown, side, hide, show, onTurn }: FoldProps): ReactNode => (
  <button
    type="button"
    className={`button plain ${styles['fold']}`}
    title={shown ? hide : show}
    aria-label={shown ? hide : show}
    onClick={onTurn}
  >
    <Icon name={shown === (side === 'left') ? 'left' : 'right'} size={14} />
  </button>
);

const Undone = ({ undo: { undone, canUndo, undo } }: { undo: Undo }): ReactNode => (
  <span role="status" className={`clip ${styles['said']}`}>
    {undone === null && words.notSent}
    {undone !== null && undone !== undefined && words.undone(undone.retracted, undone.restored)}
    {undone?.given.map(({ contribution, receiver, at }) => (
      <strong key={contribution} title={words.givenHint}>
        {' '}
        {words.given(receiver, instant(at))}
      </strong>
    ))}
    {canUndo && (
      <button type="button" className="button plain" onClick={undo}>
        {words.undo} <Kbd action="undo" />
      </button>
    )}
  </span>
);

const Claiming = ({ claim: { held, turn }, place }: { claim: Claim; place: number }): ReactNode => (
  <span className={styles['claim']}>
    {held !== null && (
      <span className="clip" role="status">
        {words.claimHeld(held.to - Math.max(held.from, place) + 1, clock(new Date(held.until)))}
        {held.others > 0 && `; ${words.claimOthers(held.others)}`}
      </span>
    )}
    <button type="button" className="button plain" title={words.claimHint} onClick={turn}>
      {held === null ? words.claim : words.release} <Kbd action="claim" />
    </button>
  </span>
);

interface BarProps {
  readonly review: Review;
  readonly chosen: Chosen;
  readonly undo: Undo;
  readonly claim: Claim;
  readonly tile: number;
  readonly onTile: (size: number) => void;
  /** What was added to a series last, with the way back; it stands before what was voted. */
  readonly said: ReactNode;
  readonly facets: boolean;
  readonly inspector: boolean;
  readonly onFacets: () => void;
  readonly onInspector: () => void;
  readonly onAnew: () => void;
}

export const ReviewBar = (props: BarProps): ReactNode => {
  const { review, chosen, undo, claim, tile, facets, inspector } = props;
  const chosenTiles = chosen.range === null ? 0 : chosen.range.to - chosen.range.from + 1;
  return (
    <div className={styles['bar']}>
      <Fold shown={facets} side="left" hide={words.hideFacets} show={words.showFacets} onTurn={props.onFacets} />
      <strong>{count(review.total)}</strong>
      <span className="muted">{review.query.collapse === 'media' ? words.filesHeading : words.stacksHeading}</span>
      <button type="button" className="button plain" title={words.anewHint} onClick={props.onAnew}>
        <span className={`muted ${styles['as-of']}`}>{words.asOf(clock(new Date(review.madeAt)))}</span> {words.anew}
      </button>
      <KeepReview review={review} place={chosen.place} />
      {chosenTiles > 0 && (
        <strong role="status" className="clip">
          {chosenTiles > STRETCH_LIMIT ? words.stretchTooLong(STRETCH_LIMIT) : words.stretch(chosenTiles)}
        </strong>
      )}
      {props.said}
      <Undone undo={undo} />
      <Claiming claim={claim} place={chosen.place} />
      <div className={styles['size']}>
        <Slider
          min={TILE_MIN}
          max={TILE_MAX}
          step={16}
          value={tile}
          onChange={props.onTile}
          thumbLabel={words.tileSize}
        />
      </div>
      <Fold
        shown={inspector}
        side="right"
        hide={words.hideInspector}
        show={words.showInspector}
        onTurn={props.onInspector}
      />
    </div>
  );
};
