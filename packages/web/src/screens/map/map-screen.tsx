// Where the files of a scope say that they were made: land in grey, areas as discs and never as pins, the same as a list; what says nothing is
// counted. The outlines come with the application: nothing is asked from elsewhere.
import { circleText, type MediaPlaces } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback, useMemo, type ReactNode } from 'react';
import { placesQuery } from '../../api/queries.js';
import { usePlace } from '../../app/place.js';
import { scopeOf, useScopeTrail } from '../../app/use-scope.js';
import { cellOf, viewOf, wholeWorld, zoomed, type MapView } from '../../layout/map-view.js';
import { Async } from '../../parts/async.js';
import { Strip } from '../../parts/strip.js';
import { Teach } from '../../parts/teach.js';
import { useSize } from '../../parts/use-size.js';
import { t } from '../../text/index.js';
import { MapPicture } from './map-picture.js';
import styles from './map.module.css';

const route = getRouteApi('/shell/map');
const words = t.map;
const ZOOM_STEP = 1.8;
/** Before anything is known, by regions. */
const FIRST_CELL = 1;

export const MapScreen = (): ReactNode => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const scope = scopeOf(search);
  const trail = useScopeTrail(scope);
  usePlace([...trail, { words: words.title }]);
  const [size, measure] = useSize();
  const kept: MapView | null =
    search.z === undefined ? null : { scale: search.z, longitudeDeg: search.x ?? 0, latitudeDeg: search.y ?? 0 };
  const coarse = useQuery(placesQuery({ ...scope, cellDeg: FIRST_CELL }));
  const fitted = useMemo(
    () => viewOf([...(coarse.data?.areas ?? []), ...(coarse.data?.recorded ?? [])], size),
    [coarse.data, size],
  );
  const view = kept ?? fitted;
  const query = useQuery({
    ...placesQuery({ ...scope, cellDeg: cellOf(view) }),
    enabled: size.width > 0 && (kept !== null || !coarse.isPending),
    placeholderData: (before) => before,
  });
  const onView = useCallback(
    (next: MapView | null): void =>
      void navigate({
        search: (before) => ({
          ...before,
          z: next === null ? undefined : Math.round(next.scale * 1000) / 1000,
          x: next === null ? undefined : Math.round(next.longitudeDeg * 1e5) / 1e5,
          y: next === null ? undefined : Math.round(next.latitudeDeg * 1e5) / 1e5,
        }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  const choose = (near: string | undefined): void =>
    void navigate({ search: (before) => ({ ...before, near }), replace: true, resetScroll: false });
  if (coarse.data?.said === 0 && coarse.data.recorded.length === 0) return <Nowhere found={coarse.data} />;
  return (
    <div className={styles['map']}>
      <MapPicture
        areas={query.data?.areas ?? []}
        recorded={query.data?.recorded ?? []}
        chosen={search.near}
        view={size.width === 0 ? wholeWorld({ width: 360, height: 180 }) : view}
        size={size}
        measure={measure}
        onView={onView}
        onChoose={choose}
      />
      <aside className={`beside ${styles['list']}`} aria-label={words.list}>
        <p className={styles['acts']}>
          <button type="button" className="button" onClick={() => onView(zoomed(view, ZOOM_STEP, size))}>
            {words.zoomIn}
          </button>
          <button type="button" className="button" onClick={() => onView(zoomed(view, 1 / ZOOM_STEP, size))}>
            {words.zoomOut}
          </button>
          <button type="button" className="button plain" onClick={() => onView(null)}>
            {words.fit}
          </button>
        </p>
        <Async query={query}>
          {(found) => (
            <>
              <Counts found={found} search={scope} />
              <p className="muted">{words.honest}</p>
              {found.truncated && <p>{words.truncated}</p>}
              {search.near !== undefined && (
                <section data-near={search.near}>
                  <Strip
                    query={{ ...(scope as Record<string, string>), near: search.near, collapse: 'media' }}
                    empty={words.nothing}
                  />
                  <Link to="/review" search={{ ...scope, near: search.near }} className="button">
                    {words.review}
                  </Link>
                </section>
              )}
              <Recorded found={found} />
              <ul className={styles['areas']}>
                {found.areas.map((area) => {
                  const near = circleText(area);
                  return (
                    <li key={near}>
                      <button
                        type="button"
                        className={styles['area']}
                        aria-pressed={near === search.near}
                        onClick={() => choose(near === search.near ? undefined : near)}
                      >
                        <strong>{words.area(area.media, words.metres(area.radiusM))}</strong>
                        <span className="mono">
                          {area.latitudeDeg.toFixed(4)}, {area.longitudeDeg.toFixed(4)}
                        </span>
                      </button>
                    </li>
                  );
                })}
              </ul>
            </>
          )}
        </Async>
      </aside>
    </div>
  );
};

const Counts = ({ found, search }: { found: MediaPlaces; search: ReturnType<typeof scopeOf> }): ReactNode => (
  <p>
    <strong>{words.said(found.said)}</strong>
    {found.notSaid > 0 && (
      <>
        {' · '}
        <Link to="/review" search={{ ...search, place: 'not-said', collapse: 'media' }} className="link">
          {words.notSaid(found.notSaid)}
        </Link>
      </>
    )}
    {found.closed > 0 && ` · ${words.closed(found.closed)}`}
  </p>
);

const Recorded = ({ found: { recorded } }: { found: MediaPlaces }): ReactNode =>
  recorded.length > 0 && (
    <section className={styles['recordedList']}>
      <h2>{words.recorded}</h2>
      <p className="muted">{words.recordedMeans}</p>
      <ul>
        {recorded.map((place) => (
          <li key={place.id}>
            <Link to="/entities/$entityId" params={{ entityId: place.id }} className="link">
              {place.name === '' ? t.series.noName : place.name}
            </Link>{' '}
            <span className="muted">
              {words.recordedArea(
                `${place.latitudeDeg.toFixed(4)}, ${place.longitudeDeg.toFixed(4)}`,
                words.metres(place.radiusM),
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );

const Nowhere = ({ found }: { found: MediaPlaces }): ReactNode => (
  <Teach title={words.none} text={words.teach} command={words.command}>
    <p className="muted">{[words.notSaid(found.notSaid), words.closed(found.closed)].join(' · ')}</p>
  </Teach>
);
