// The part of the world that a map shows: degrees to pixels as they are (plate carrée), so that every place of the earth has one, poles too.
import type { Circle } from '@redthread/core/contract';
import type { Size } from './plane.js';

export interface MapView {
  /** Pixels of one degree. */
  readonly scale: number;
  /** What lies in the middle. */
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
}

const METRES_PER_DEGREE = 111_195;
/** So much is seen around, that a coast or a border says where it is. */
const ROOM_DEG = 8;
export const MOST_SCALE = 40_000;

export const wholeWorld = ({ width, height }: Size): MapView => ({
  scale: Math.max(0.1, Math.min(width / 360, height / 180)),
  longitudeDeg: 0,
  latitudeDeg: 0,
});

const clamp = (value: number, most: number): number => Math.max(-most, Math.min(most, value));

/** All of these with room around them; the whole world where there are none. */
export const viewOf = (areas: readonly Circle[], size: Size): MapView => {
  const world = wholeWorld(size);
  if (areas.length === 0 || size.width === 0) return world;
  const [lons, lats] = [areas.map(({ longitudeDeg }) => longitudeDeg), areas.map(({ latitudeDeg }) => latitudeDeg)];
  const margin = Math.max(0.02, ...areas.map(({ radiusM }) => (2 * radiusM) / METRES_PER_DEGREE));
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
  const scale = Math.min(
    size.width / (east - west + 2 * margin + ROOM_DEG),
    size.height / (north - south + 2 * margin + ROOM_DEG),
    MOST_SCALE,
  );
  return {
    scale: Math.max(world.scale, scale),
    longitudeDeg: (west + east) / 2,
    latitudeDeg: (south + north) / 2,
  };
};

export const zoomed = (view: MapView, factor: number, size: Size): MapView => ({
  ...view,
  scale: Math.max(wholeWorld(size).scale, Math.min(MOST_SCALE, view.scale * factor)),
});

export const moved = (view: MapView, dx: number, dy: number): MapView => ({
  ...view,
  longitudeDeg: clamp(view.longitudeDeg - dx / view.scale, 180),
  latitudeDeg: clamp(view.latitudeDeg + dy / view.scale, 90),
});

const CLUSTER_PX = 44;
/** Squares in which media are counted together, so that areas do not cover one another; in steps, so that a small zoom asks for nothing. */
export const cellOf = ({ scale }: MapView): number =>
  Math.min(45, Math.max(0.001, 2 ** Math.round(Math.log2(CLUSTER_PX / scale))));

const AREA_PX = 60;
/** At which an area of this radius is seen with what lies around it. */
export const scaleOf = (radiusM: number): number =>
  Math.min(MOST_SCALE, Math.max(1, Math.round((AREA_PX * METRES_PER_DEGREE) / radiusM)));

export const radiusPx = (radiusM: number, { scale }: MapView): number => (radiusM / METRES_PER_DEGREE) * scale;
