// The pictures of a comparison in one of three modes; veiled until both are revealed.
import type { Comparison, Media } from '@redthread/core/contract';
import { turnBackOf } from '@redthread/core/domain';
import { useState, type ReactNode } from 'react';
import type { COMPARE_MODES } from '../../app/search-schemas.js';
import { orientationTransform, swapsSides, type Orientation } from '../../layout/orientation.js';
import { transformOf, type ViewBox } from '../../layout/view-box.js';
import { ratioOf, type Box } from '../../layout/region.js';
import { RegionOutline } from '../../media/region-outline.js';
import type { Reveal } from '../../media/reveal.js';
import { SafeDifference, SafeMedia } from '../../media/safe-media.js';
import { dimensions } from '../../text/format.js';
import { t } from '../../text/index.js';
import { CommonLines } from './common-lines.js';
import styles from './compare.module.css';
import { Pane } from './pane.js';
import { Reasons } from './reasons.js';

export type CompareMode = (typeof COMPARE_MODES)[number];

interface StageProps {
  readonly comparison: Comparison;
  readonly mode: CompareMode;
  /** Turns B onto A, or null to leave it as it is. */
  readonly turn: Orientation | null;
  readonly view: ViewBox;
  readonly onView: (next: (view: ViewBox) => ViewBox) => void;
  readonly revealA: Reveal;
  readonly revealB: Reveal;
  /** Whether places that show the same are joined by lines. */
  readonly lines: boolean;
}

/** How B has to be turned to lie as A does; upright when nothing says otherwise. */
export const turnOntoA = (comparison: Comparison): Orientation => {
  const where = comparison.reasons.find((reason) => reason.where.b.orientation !== undefined)?.where;
  return where === undefined ? 'upright' : turnBackOf(where);
};

/** The part of each that the strongest evidence found in the other; none where that is the whole. */
const partsOf = ({ reasons: [strongest] }: Comparison): { readonly a?: Box; readonly b?: Box } => ({
  ...(strongest?.where.a.region === undefined ? {} : { a: strongest.where.a.region }),
  ...(strongest?.where.b.region === undefined ? {} : { b: strongest.where.b.region }),
});

const name = (side: string, media: Media): string =>
  [side, media.mime.replace('image/', ''), dimensions(media.width, media.height), media.agency.country]
    .filter((part) => part !== null)
    .join(' · ');

export const Stage = ({ comparison, mode, turn, view, onView, revealA, revealB, lines }: StageProps): ReactNode => {
  const { a, b } = comparison;
  const [edge, setEdge] = useState(50);
  const box = transformOf(view);
  const turned = turn === null ? '' : orientationTransform(turn);
  const outlines = mode === 'side' ? partsOf(comparison) : {};
  const pictureA = (
    <>
      <SafeMedia item={a} fit="contain" reveal={revealA.state} />
      {outlines.a !== undefined && <RegionOutline region={outlines.a} ratio={ratioOf(a)} />}
    </>
  );
  const pictureB = (
    <div
      className={styles['turn']}
      data-quarter={turn !== null && swapsSides(turn)}
      style={{ transform: turned || undefined }}
    >
      <SafeMedia item={b} fit="contain" reveal={revealB.state} />
      {outlines.b !== undefined && <RegionOutline region={outlines.b} ratio={ratioOf(b)} />}
    </div>
  );
  const layer = (picture: ReactNode, clip?: string): ReactNode => (
    <div className={styles['layer']} style={clip === undefined ? undefined : { clipPath: clip }}>
      <div className={styles['view']} style={{ transform: box }}>
        {picture}
      </div>
    </div>
  );
  if (mode === 'side')
    return (
      <div className={styles['side']}>
        <Pane label={name(t.compare.a, a)} view={view} onView={onView}>
          {layer(pictureA)}
        </Pane>
        <Reasons comparison={comparison} />
        <Pane label={name(t.compare.b, b)} view={view} onView={onView}>
          {layer(pictureB)}
        </Pane>
        {lines && (
          <CommonLines
            places={comparison.places}
            ratios={[ratioOf(a), ratioOf(b)]}
            turn={turn ?? 'upright'}
            view={view}
          />
        )}
      </div>
    );
  return (
    <div className={styles['over']}>
      <div className={styles['overlaid']}>
        <Pane
          label={mode === 'slider' ? `${t.compare.a} | ${t.compare.b}` : t.compare.amplified}
          view={view}
          onView={onView}
        >
          {mode === 'slider' ? (
            <>
              {layer(pictureB)}
              {layer(pictureA, `inset(0 ${100 - edge}% 0 0)`)}
              <span className={styles['edge']} style={{ left: `${edge}%` }} />
            </>
          ) : revealA.state.status === 'clear' && revealB.state.status === 'clear' ? (
            <SafeDifference a={revealA.state.blob} b={revealB.state.blob} turn={turn ?? 'upright'} transform={box} />
          ) : (
            <p className={styles['needs']}>{t.compare.needsReveal}</p>
          )}
        </Pane>
        {mode === 'slider' && (
          <input
            type="range"
            className={`range ${styles['range']}`}
            min={0}
            max={100}
            value={edge}
            aria-label={t.compare.modes.slider}
            onChange={(event) => setEdge(Number(event.currentTarget.value))}
          />
        )}
      </div>
      <Reasons comparison={comparison} />
    </div>
  );
};
