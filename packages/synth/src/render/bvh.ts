// A bounding volume hierarchy over triangles in flat arrays: who is hit, and whether anything is in the way.

/** Triangles as 9 numbers each (three corners). */
export interface Bvh {
  /** True when something lies on the ray between 1 mm and `reach`. */
  blocked(ox: number, oy: number, oz: number, dx: number, dy: number, dz: number, reach: number): boolean;
  /** Nearest triangle, or -1; its place is left in `hit`. */
  nearest(ox: number, oy: number, oz: number, dx: number, dy: number, dz: number): number;
  /** Of the last `nearest`: distance, and barycentric weights of the second and third corner. */
  readonly hit: { t: number; a: number; b: number };
}

const LEAF = 4;
const EPSILON = 1e-3;

interface Nodes {
  /** Six bounds a node: least x, y, z, greatest x, y, z. */
  readonly bounds: Float32Array;
  /** Inner: index of the right child (the left one follows). Leaf: first place in `order`. */
  readonly link: Int32Array;
  /** 0 for inner nodes. */
  readonly count: Int32Array;
  readonly order: Int32Array;
}

const build = (triangles: Float32Array): Nodes => {
  const total = triangles.length / 9;
  const order = Int32Array.from({ length: total }, (_, i) => i);
  const centre = new Float32Array(total * 3);
  for (let i = 0; i < total; i++)
    for (let c = 0; c < 3; c++) {
      const at = i * 9 + c;
      centre[i * 3 + c] =
        ((triangles[at] as number) + (triangles[at + 3] as number) + (triangles[at + 6] as number)) / 3;
    }
  const bounds = new Float32Array(total * 2 * 6 + 6);
  const link = new Int32Array(total * 2 + 1);
  const count = new Int32Array(total * 2 + 1);
  let used = 0;
  const split = (first: number, end: number): void => {
    const node = used++;
    const low = [Infinity, Infinity, Infinity];
    const high = [-Infinity, -Infinity, -Infinity];
    const centreLow = [Infinity, Infinity, Infinity];
    const centreHigh = [-Infinity, -Infinity, -Infinity];
    for (let i = first; i < end; i++) {
      const id = order[i] as number;
      for (let k = 0; k < 9; k++) {
        const value = triangles[id * 9 + k] as number;
        const axis = k % 3;
        if (value < (low[axis] as number)) low[axis] = value;
        if (value > (high[axis] as number)) high[axis] = value;
      }
      for (let axis = 0; axis < 3; axis++) {
        const value = centre[id * 3 + axis] as number;
        centreLow[axis] = Math.min(centreLow[axis] as number, value);
        centreHigh[axis] = Math.max(centreHigh[axis] as number, value);
      }
    }
    bounds.set([...low, ...high], node * 6);
    if (end - first <= LEAF) {
      link[node] = first;
      count[node] = end - first;
      return;
    }
    const extent = centreHigh.map((value, axis) => value - (centreLow[axis] as number));
    const axis = extent.indexOf(Math.max(...extent));
    const part = order.subarray(first, end);
    part.sort((a, b) => (centre[a * 3 + axis] as number) - (centre[b * 3 + axis] as number) || a - b);
    const middle = (first + end) >> 1;
    split(first, middle);
    link[node] = used;
    split(middle, end);
  };
  if (total > 0) split(0, total);
  return { bounds, link, count, order };
};

export const createBvh = (triangles: Float32Array): Bvh => {
  const { bounds, link, count, order } = build(triangles);
  const empty = triangles.length === 0;
  const stack = new Int32Array(64);
  const hit = { t: Infinity, a: 0, b: 0 };

  const walk = (
    ox: number,
    oy: number,
    oz: number,
    dx: number,
    dy: number,
    dz: number,
    reach: number,
    anyHit: boolean,
  ): number => {
    if (empty) return -1;
    const ix = 1 / (dx || 1e-12);
    const iy = 1 / (dy || 1e-12);
    const iz = 1 / (dz || 1e-12);
    let best = -1;
    let far = reach;
    let top = 0;
    stack[top++] = 0;
    while (top > 0) {
      const node = stack[--top] as number;
      const n = node * 6;
      const x0 = ((bounds[n] as number) - ox) * ix;
      const x1 = ((bounds[n + 3] as number) - ox) * ix;
      const y0 = ((bounds[n + 1] as number) - oy) * iy;
      const y1 = ((bounds[n + 4] as number) - oy) * iy;
      const z0 = ((bounds[n + 2] as number) - oz) * iz;
      const z1 = ((bounds[n + 5] as number) - oz) * iz;
      const enter = Math.max(Math.min(x0, x1), Math.min(y0, y1), Math.min(z0, z1));
      const leave = Math.min(Math.max(x0, x1), Math.max(y0, y1), Math.max(z0, z1));
      if (leave < enter - 1e-6 || leave < 0 || enter > far) continue;
      const size = count[node] as number;
      if (size === 0) {
        stack[top++] = link[node] as number;
        stack[top++] = node + 1;
        continue;
      }
      const first = link[node] as number;
      for (let i = first; i < first + size; i++) {
        const id = order[i] as number;
        const k = id * 9;
        const ax = triangles[k] as number;
        const ay = triangles[k + 1] as number;
        const az = triangles[k + 2] as number;
        const e1x = (triangles[k + 3] as number) - ax;
        const e1y = (triangles[k + 4] as number) - ay;
        const e1z = (triangles[k + 5] as number) - az;
        const e2x = (triangles[k + 6] as number) - ax;
        const e2y = (triangles[k + 7] as number) - ay;
        const e2z = (triangles[k + 8] as number) - az;
        // Möller and Trumbore, "Fast, Minimum Storage Ray/Triangle Intersection" (1997).
        const px = dy * e2z - dz * e2y;
        const py = dz * e2x - dx * e2z;
        const pz = dx * e2y - dy * e2x;
        const determinant = e1x * px + e1y * py + e1z * pz;
        if (determinant > -1e-12 && determinant < 1e-12) continue;
        const inverse = 1 / determinant;
        const tx = ox - ax;
        const ty = oy - ay;
        const tz = oz - az;
        const a = (tx * px + ty * py + tz * pz) * inverse;
        if (a < 0 || a > 1) continue;
        const qx = ty * e1z - tz * e1y;
        const qy = tz * e1x - tx * e1z;
        const qz = tx * e1y - ty * e1x;
        const b = (dx * qx + dy * qy + dz * qz) * inverse;
        if (b < 0 || a + b > 1) continue;
        const t = (e2x * qx + e2y * qy + e2z * qz) * inverse;
        if (t < EPSILON || t > far) continue;
        if (anyHit) return id;
        far = t;
        best = id;
        hit.t = t;
        hit.a = a;
        hit.b = b;
      }
    }
    return best;
  };

  return {
    hit,
    blocked: (ox, oy, oz, dx, dy, dz, reach) => walk(ox, oy, oz, dx, dy, dz, reach, true) >= 0,
    nearest: (ox, oy, oz, dx, dy, dz) => walk(ox, oy, oz, dx, dy, dz, 1e9, false),
  };
};
