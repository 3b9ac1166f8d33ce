// A comparison of one media with itself: two exhibits of one agency hold the same bytes. One picture, and its places.
import type { Comparison } from '@redthread/core/contract';
import type { ReactNode } from 'react';
import { useKeys } from '../../app/keys.js';
import { FIT, transformOf, zoomAt } from '../../layout/view-box.js';
import { keepKeys, useReveal } from '../../media/reveal.js';
import { RevealControls } from '../../media/reveal-controls.js';
import { SafeMedia } from '../../media/safe-media.js';
import { measure } from '../../text/format.js';
import { t } from '../../text/index.js';
import { Occurrences } from '../media/occurrences.js';
import styles from './compare.module.css';
import { Pane } from './pane.js';
import { Reasons } from './reasons.js';
import { useViewBox } from './use-view-box.js';

const ZOOM_STEP = 1.5;
const keepNowhere = (): void => undefined;

export const Itself = ({ comparison }: { comparison: Comparison }): ReactNode => {
  const { a: media } = comparison;
  const reveal = useReveal(media.id);
  const [view, setView] = useViewBox({}, keepNowhere);
  useKeys(t.compare.title, [
    { action: 'reveal', run: () => reveal.hold(), release: () => reveal.release() },
    ...keepKeys([reveal]),
    { action: 'zoomIn', run: () => setView((now) => zoomAt(now, ZOOM_STEP)) },
    { action: 'zoomOut', run: () => setView((now) => zoomAt(now, 1 / ZOOM_STEP)) },
    { action: 'fit', run: () => setView(() => FIT) },
  ]);
  return (
    <>
      <div className={styles['bar']}>
        <button type="button" className="button plain" disabled={view.zoom === 1} onClick={() => setView(() => FIT)}>
          {t.compare.reset} {t.compare.zoom(measure(Math.round(view.zoom * 10) / 10))}
        </button>
        <span className={styles['push']} />
        <RevealControls reveals={[reveal]} />
      </div>
      <div className={styles['over']}>
        <Pane label={t.compare.one} view={view} onView={setView}>
          <div className={styles['layer']}>
            <div className={styles['view']} style={{ transform: transformOf(view) }}>
              <SafeMedia item={media} fit="contain" reveal={reveal.state} />
            </div>
          </div>
        </Pane>
        <Reasons comparison={comparison} />
      </div>
      <Occurrences mediaId={media.id} title={t.compare.places} />
    </>
  );
};
