// Plane transforms between two pictures: an affine map by least squares, and what a transform does to points and to a picture's frame.

/** Row-major 2 x 3: (x, y) -> (a x + b y + c, d x + e y + f). */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const apply = ([a, b, c, d, e, f]: Affine, { x, y }: Point): Point => ({
  x: a * x + b * y + c,
  y: d * x + e * y + f,
});

/** Null where the transform flattens the plane. */
export const invert = ([a, b, c, d, e, f]: Affine): Affine | null => {
  const determinant = a * e - b * d;
  if (Math.abs(determinant) < 1e-9) return null;
  const [p, q, r, s] = [e / determinant, -b / determinant, -d / determinant, a / determinant];
  return [p, q, -(p * c + q * f), r, s, -(r * c + s * f)];
};

/** First `first`, then `second`. */
export const compose = (second: Affine, first: Affine): Affine => {
  const [a, b, c, d, e, f] = second;
  const [p, q, r, u, v, w] = first;
  return [a * p + b * u, a * q + b * v, a * r + b * w + c, d * p + e * u, d * q + e * v, d * r + e * w + f];
};

/** Scale, turn and shift that carry one oriented, sized point onto another. `turn` in radians, `scale` a factor. */
export const similarity = (from: Point, to: Point, scale: number, turn: number): Affine => {
  const [c, s] = [scale * Math.cos(turn), scale * Math.sin(turn)];
  return [c, -s, to.x - (c * from.x - s * from.y), s, c, to.y - (s * from.x + c * from.y)];
};

/** Points for a fit need this share of their own spread across their main direction, else they lie on a line. */
const LEAST_BREADTH = 1e-3;
/** Pairs from which on a full affine map is fitted; fewer give scale, turn and shift. */
const AFFINE_PAIRS = 6;

/** The map that carries `from[k]` to `to[k]` best, or null where the points do not tell one. */
export const fitAffine = (from: readonly Point[], to: readonly Point[]): Affine | null => {
  const n = from.length;
  const [m, u] = [centre(from), centre(to)];
  let [xx, xy, yy, xu, yu, xv, yv] = [0, 0, 0, 0, 0, 0, 0];
  for (let k = 0; k < n; k++) {
    const [x, y] = [from[k]!.x - m.x, from[k]!.y - m.y];
    const [p, q] = [to[k]!.x - u.x, to[k]!.y - u.y];
    xx += x * x;
    xy += x * y;
    yy += y * y;
    xu += x * p;
    yu += y * p;
    xv += x * q;
    yv += y * q;
  }
  const spread = xx + yy;
  if (spread < 1e-6) return null;
  if (n < AFFINE_PAIRS) {
    const [c, s] = [(xu + yv) / spread, (xv - yu) / spread];
    return [c, -s, u.x - c * m.x + s * m.y, s, c, u.y - s * m.x - c * m.y];
  }
  const determinant = xx * yy - xy * xy;
  if (determinant < LEAST_BREADTH * spread * spread) return null;
  const a = (xu * yy - yu * xy) / determinant;
  const b = (yu * xx - xu * xy) / determinant;
  const d = (xv * yy - yv * xy) / determinant;
  const e = (yv * xx - xv * xy) / determinant;
  return a * e - b * d < 1e-4 ? null : [a, b, u.x - a * m.x - b * m.y, d, e, u.y - d * m.x - e * m.y];
};

const centre = (points: readonly Point[]): Point => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
});

/** A rectangle in parts of a picture's sides, 0..1. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Frame {
  readonly width: number;
  readonly height: number;
}

/** The part of picture `b` that picture `a` covers when it is laid on it by `transform`, as the rectangle around it; null for none. */
export const coveredRegion = (transform: Affine, a: Frame, b: Frame): Region | null => {
  const corners = [
    { x: 0, y: 0 },
    { x: a.width, y: 0 },
    { x: a.width, y: a.height },
    { x: 0, y: a.height },
  ].map((corner) => apply(transform, corner));
  return boundsOf(clipped(corners, b), b);
};

/** A transform of pixels as one of parts of the sides, 0..1, so that it holds at any size of the pictures. */
export const relativeTransform = ([a, b, c, d, e, f]: Affine, from: Frame, to: Frame): Affine => {
  const round = (value: number): number => Math.round(value * 1e4) / 1e4;
  return [
    round((a * from.width) / to.width),
    round((b * from.height) / to.width),
    round(c / to.width),
    round((d * from.width) / to.height),
    round((e * from.height) / to.height),
    round(f / to.height),
  ];
};

/** The rectangle around points of a picture; null for none. */
export const boundsOf = (points: readonly Point[], { width, height }: Frame): Region | null => {
  if (points.length === 0) return null;
  const [xs, ys] = [points.map(({ x }) => x / width), points.map(({ y }) => y / height)];
  const [left, top] = [share(Math.min(...xs)), share(Math.min(...ys))];
  return { x: left, y: top, width: share(Math.max(...xs) - left), height: share(Math.max(...ys) - top) };
};

const share = (value: number): number => Math.round(1e4 * Math.min(1, Math.max(0, value))) / 1e4;

/** The part of a convex polygon that lies in the picture (Sutherland and Hodgman, 1974). */
const clipped = (polygon: readonly Point[], { width, height }: Frame): Point[] => {
  const inside: ((point: Point) => number)[] = [
    ({ x }) => x,
    ({ x }) => width - x,
    ({ y }) => y,
    ({ y }) => height - y,
  ];
  let points = [...polygon];
  for (const distance of inside) {
    const kept: Point[] = [];
    points.forEach((point, i) => {
      const next = points[(i + 1) % points.length]!;
      const [here, there] = [distance(point), distance(next)];
      if (here >= 0) kept.push(point);
      if (here * there < 0) {
        const t = here / (here - there);
        kept.push({ x: point.x + t * (next.x - point.x), y: point.y + t * (next.y - point.y) });
      }
    });
    points = kept;
  }
  return points;
};
