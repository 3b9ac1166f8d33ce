// Compare: two media beside each other under one zoom, the reason between them, what differs and where each was found below.
import type { Comparison } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useState, type ReactNode } from 'react';
import { Kbd } from '../../app/own-keys.js';
import { compareQuery } from '../../api/queries.js';
import { useKeys } from '../../app/keys.js';
import { usePlace } from '../../app/place.js';
import { COMPARE_MODES } from '../../app/search-schemas.js';
import { FIT, zoomAt, type ViewBox } from '../../layout/view-box.js';
import { keepKeys, useReveal } from '../../media/reveal.js';
import { RevealControls } from '../../media/reveal-controls.js';
import { Async } from '../../parts/async.js';
import { ReportSection } from '../../parts/report-section.js';
import { Teach } from '../../parts/teach.js';
import { measure } from '../../text/format.js';
import { t } from '../../text/index.js';
import { Occurrences } from '../media/occurrences.js';
import styles from './compare.module.css';
import { Differences } from './differences.js';
import { Itself } from './itself.js';
import { Stage, turnOntoA } from './stage.js';
import { Times } from './times.js';
import { useViewBox } from './use-view-box.js';

const route = getRouteApi('/shell/compare');
const ZOOM_STEP = 1.5;
const words = t.compare;

const Pair = ({ comparison }: { comparison: Comparison }): ReactNode => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { a, b } = comparison;
  const mode = search.mode ?? 'side';
  const revealA = useReveal(a.id);
  const revealB = useReveal(b.id);
  const keep = useCallback(
    (view: ViewBox): void => {
      const part = view.zoom === 1 ? { z: undefined, x: undefined, y: undefined } : rounded(view);
      void navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false });
    },
    [navigate],
  );
  const [view, setView] = useViewBox(
    { ...(search.z === undefined ? {} : { zoom: search.z }), x: search.x ?? 0.5, y: search.y ?? 0.5 },
    keep,
  );
  const orientation = turnOntoA(comparison);
  const turn = search.turn === true ? orientation : null;
  const change = (part: Partial<typeof search>): void =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false });
  const lines = search.lines === true && comparison.places.length > 0;
  const swap = (): void => change({ a: b.id, b: a.id });
  const [noLines, setNoLines] = useState<string | null>(null);
  const toggleLines = (): void => {
    const none = comparison.places.length === 0 ? words.noPlaces : mode === 'side' ? null : words.linesBeside;
    setNoLines(none);
    if (none === null) change({ lines: search.lines === true ? undefined : true });
  };
  const nextMode = (): void => {
    setNoLines(null);
    change({ mode: COMPARE_MODES[(COMPARE_MODES.indexOf(mode) + 1) % COMPARE_MODES.length] });
  };
  const times = {
    a: useReveal(a.storyboard === null ? null : a.id, 'storyboard'),
    b: useReveal(b.storyboard === null ? null : b.id, 'storyboard'),
  };
  const both = [
    revealA,
    revealB,
    ...(a.storyboard === null ? [] : [times.a]),
    ...(b.storyboard === null ? [] : [times.b]),
  ];
  useKeys(t.compare.title, [
    {
      action: 'reveal',
      run: () => both.forEach((reveal) => reveal.hold()),
      release: () => both.forEach((reveal) => reveal.release()),
    },
    ...keepKeys(both),
    { action: 'mode', run: nextMode },
    { action: 'lines', run: toggleLines },
    { action: 'swap', run: swap },
    { action: 'zoomIn', run: () => setView((now) => zoomAt(now, ZOOM_STEP)) },
    { action: 'zoomOut', run: () => setView((now) => zoomAt(now, 1 / ZOOM_STEP)) },
    { action: 'fit', run: () => setView(() => FIT) },
  ]);
  return (
    <>
      <div className={styles['bar']}>
        {COMPARE_MODES.map((value) => (
          <button
            key={value}
            type="button"
            className="button"
            data-on={mode === value}
            aria-pressed={mode === value}
            onClick={() => change({ mode: value })}
          >
            {t.compare.modes[value]}
          </button>
        ))}
        <span className={styles['gap']} />
        {orientation !== 'upright' && (
          <button
            type="button"
            className="button"
            data-on={turn !== null}
            aria-pressed={turn !== null}
            onClick={() => change({ turn: turn === null ? true : undefined })}
          >
            {t.compare.turn}
          </button>
        )}
        {mode === 'side' && comparison.places.length > 0 && (
          <button type="button" className="button" data-on={lines} aria-pressed={lines} onClick={toggleLines}>
            {t.compare.lines} <Kbd action="lines" />
          </button>
        )}
        <button type="button" className="button plain" onClick={swap}>
          {t.compare.swap} <Kbd action="swap" />
        </button>
        <button type="button" className="button plain" disabled={view.zoom === 1} onClick={() => setView(() => FIT)}>
          {t.compare.reset} {t.compare.zoom(measure(Math.round(view.zoom * 10) / 10))}
        </button>
        <span role="status" className="muted">
          {noLines}
        </span>
        <span className={styles['push']} />
        <RevealControls reveals={both} holdLabel={t.compare.revealBoth} />
      </div>
      <Stage
        comparison={comparison}
        mode={mode}
        turn={turn}
        view={view}
        onView={setView}
        revealA={revealA}
        revealB={revealB}
        lines={lines}
      />
      <Times comparison={comparison} reveals={times} />
      <Differences differences={comparison.differences} />
      <Occurrences mediaId={a.id} title={t.compare.occurrencesA} />
      <Occurrences mediaId={b.id} title={t.compare.occurrencesB} />
      <ReportSection about={{ a: a.id, b: b.id }} />
    </>
  );
};

const rounded = (view: ViewBox) => ({
  z: Math.round(view.zoom * 100) / 100,
  x: Math.round(view.x * 1000) / 1000,
  y: Math.round(view.y * 1000) / 1000,
});

export const CompareScreen = (): ReactNode => {
  const { a, b } = route.useSearch();
  const chosen = a !== undefined && b !== undefined;
  const query = useQuery({ ...compareQuery(a ?? '', b ?? ''), enabled: chosen });
  usePlace([
    { words: t.compare.title },
    ...(chosen ? [{ words: a === b ? a.slice(0, 8) : `${a.slice(0, 8)} ↔ ${b.slice(0, 8)}` }] : []),
  ]);
  if (!chosen) return <Teach title={t.compare.pick} text={t.compare.teach} command={t.compare.command} />;
  return (
    <div className="page">
      <Async query={query}>
        {(comparison) =>
          comparison.a.id === comparison.b.id ? (
            <Itself key={a} comparison={comparison} />
          ) : (
            <Pair key={`${a}-${b}`} comparison={comparison} />
          )
        }
      </Async>
    </div>
  );
};
