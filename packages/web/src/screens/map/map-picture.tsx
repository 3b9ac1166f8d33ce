// The picture of the map: land, and discs over it; panned by dragging, zoomed by the wheel, a disc chosen by a click.
import { circleText, type Circle, type MediaPlaces } from '@redthread/core/contract';
import { geoEquirectangular, geoPath } from 'd3-geo';
import {
  useMemo,
  useRef,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
  type RefCallback,
} from 'react';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import atlas from 'world-atlas/countries-110m.json';
import { moved, radiusPx, zoomed, type MapView } from '../../layout/map-view.js';
import { ARROWS, type Point, type Size } from '../../layout/plane.js';
import { useWheel } from '../../parts/use-wheel.js';
import { count } from '../../text/format.js';
import { t } from '../../text/index.js';
import styles from './map.module.css';

const words = t.map;
const topology = atlas as unknown as Topology<{ countries: GeometryCollection }>;
const COUNTRIES = feature(topology, topology.objects.countries);
/** An area is never drawn smaller than a finger or a pointer meets. */
const LEAST_PX = 7;
const ZOOM_STEP = 1.3;
/** With each arrow key. */
const STEP_PX = 80;
/** Degrees to radians: what a projection scales. */
const PER_RADIAN = 180 / Math.PI;

interface PictureProps {
  readonly areas: MediaPlaces['areas'];
  readonly recorded: MediaPlaces['recorded'];
  readonly chosen: string | undefined;
  readonly view: MapView;
  readonly size: Size;
  readonly measure: RefCallback<Element>;
  readonly onView: (view: MapView) => void;
  readonly onChoose: (near: string) => void;
}

export const MapPicture = ({
  areas,
  recorded,
  chosen,
  view,
  size,
  measure,
  onView,
  onChoose,
}: PictureProps): ReactNode => {
  const picture = useRef<SVGSVGElement>(null);
  const drag = useRef<Point | null>(null);
  useWheel(picture, ({ deltaY }) => onView(zoomed(view, deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP, size)));
  const land = useMemo(() => {
    const projection = geoEquirectangular()
      .scale(view.scale * PER_RADIAN)
      .translate([size.width / 2 - view.longitudeDeg * view.scale, size.height / 2 + view.latitudeDeg * view.scale])
      .clipExtent([
        [-4, -4],
        [size.width + 4, size.height + 4],
      ]);
    return geoPath(projection)(COUNTRIES) ?? '';
  }, [view, size]);
  const at = ({ latitudeDeg, longitudeDeg }: Circle) => ({
    x: size.width / 2 + (longitudeDeg - view.longitudeDeg) * view.scale,
    y: size.height / 2 - (latitudeDeg - view.latitudeDeg) * view.scale,
  });
  const move = (event: PointerEvent): void => {
    if (drag.current === null) return;
    onView(moved(view, event.clientX - drag.current.x, event.clientY - drag.current.y));
    drag.current = { x: event.clientX, y: event.clientY };
  };
  const press = (event: KeyboardEvent): void => {
    const arrow = ARROWS[event.key];
    if (arrow === undefined) return;
    event.preventDefault();
    onView(moved(view, -STEP_PX * arrow[0], -STEP_PX * arrow[1]));
  };
  /** What was clicked twice comes to the middle, closer. */
  const closer = (event: MouseEvent): void => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const middle = moved(view, size.width / 2 - (event.clientX - left), size.height / 2 - (event.clientY - top));
    onView(zoomed(middle, ZOOM_STEP ** 2, size));
  };
  return (
    <div
      ref={measure}
      className={styles['picture']}
      role="application"
      aria-label={words.picture(areas.length + recorded.length)}
      tabIndex={0}
      onKeyDown={press}
      onDoubleClick={closer}
    >
      <svg
        ref={picture}
        width={size.width}
        height={size.height}
        aria-hidden
        onPointerDown={(event) => {
          drag.current = { x: event.clientX, y: event.clientY };
        }}
        onPointerMove={move}
        onPointerUp={() => {
          drag.current = null;
        }}
        onPointerLeave={() => {
          drag.current = null;
        }}
      >
        <path d={land} className={styles['land']} />
        {recorded.map((place) => {
          const { x, y } = at(place);
          const radius = Math.max(LEAST_PX, radiusPx(place.radiusM, view));
          return (
            <g key={place.id} data-recorded={place.id} className={styles['recorded']}>
              <circle cx={x} cy={y} r={radius} />
              <text x={x} y={y - radius - 5}>
                {place.name === '' ? t.series.noName : place.name}
              </text>
            </g>
          );
        })}
        {areas.map((area) => {
          const near = circleText(area);
          const { x, y } = at(area);
          const radius = Math.max(LEAST_PX, radiusPx(area.radiusM, view));
          return (
            <g
              key={near}
              data-area={near}
              data-on={near === chosen}
              className={styles['disc']}
              onClick={() => onChoose(near)}
            >
              <circle cx={x} cy={y} r={radius} />
              <text x={x} y={y + radius + 12}>
                {count(area.media)}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
};
