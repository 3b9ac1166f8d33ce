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
const BINS = 12;
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

const growBox = (boxes: Float64Array, at: number, triangles: Float32Array, from: number): void => {
  for (let k = 0; k < 9; k++) {
    const axis = k % 3;
    const value = triangles[from + k] as number;
    if (value < (boxes[at + axis] as number)) boxes[at + axis] = value;
    if (value > (boxes[at + 3 + axis] as number)) boxes[at + 3 + axis] = value;
  }
};

const mergeBox = (into: Float64Array, boxes: Float64Array, at: number): void => {
  for (let k = 0; k < 3; k++) {
    into[k] = Math.min(into[k] as number, boxes[at + k] as number);
    into[k + 3] = Math.max(into[k + 3] as number, boxes[at + k + 3] as number);
  }
};

const halfArea = (box: Float64Array): number => {
  const [x, y, z] = [
    (box[3] as number) - (box[0] as number),
    (box[4] as number) - (box[1] as number),
    (box[5] as number) - (box[2] as number),
  ];
  return x * y + y * z + z * x;
};

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

  /** The plane that makes both sides cheapest to visit (surface area heuristic, Wald 2007, in bins). */
  const bestCut = (
    first: number,
    end: number,
    low: readonly number[],
    high: readonly number[],
  ): { axis: number; at: number } | undefined => {
    let best: { axis: number; at: number } | undefined;
    let bestCost = Infinity;
    const boxes = new Float64Array(BINS * 6);
    const counts = new Int32Array(BINS);
    const areas = new Float64Array(BINS);
    for (let axis = 0; axis < 3; axis++) {
      const from = low[axis] as number;
      const extent = (high[axis] as number) - from;
      if (extent < 1e-9) continue;
      counts.fill(0);
      for (let b = 0; b < BINS; b++) boxes.set([Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity], b * 6);
      for (let i = first; i < end; i++) {
        const id = order[i] as number;
        const bin = Math.min(BINS - 1, Math.floor((((centre[id * 3 + axis] as number) - from) / extent) * BINS));
        counts[bin] = (counts[bin] as number) + 1;
        growBox(boxes, bin * 6, triangles, id * 9);
      }
      // Sweep from the right, then from the left.
      let area = 0;
      let n = 0;
      const sweep = new Float64Array([Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity]);
      for (let b = BINS - 1; b > 0; b--) {
        mergeBox(sweep, boxes, b * 6);
        n += counts[b] as number;
        areas[b] = n > 0 ? n * halfArea(sweep) : 0;
      }
      sweep.set([Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity]);
      n = 0;
      for (let b = 0; b < BINS - 1; b++) {
        mergeBox(sweep, boxes, b * 6);
        n += counts[b] as number;
        area = n > 0 ? n * halfArea(sweep) : 0;
        const cost = area + (areas[b + 1] as number);
        if (n > 0 && n < end - first && cost < bestCost) {
          bestCost = cost;
          best = { axis, at: from + (extent * (b + 1)) / BINS };
        }
      }
    }
    return best;
  };

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
    const leaf = (): void => {
      link[node] = first;
      count[node] = end - first;
    };
    if (end - first <= LEAF) {
      leaf();
      return;
    }
    const cut = bestCut(first, end, centreLow, centreHigh);
    let middle = first;
    if (cut) {
      for (let i = first; i < end; i++) {
        const id = order[i] as number;
        if ((centre[id * 3 + cut.axis] as number) >= cut.at) continue;
        order[i] = order[middle] as number;
        order[middle++] = id;
      }
    }
    if (middle === first || middle === end) {
      if (end - first <= LEAF * 4) {
        leaf();
        return;
      }
      middle = (first + end) >> 1;
    }
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
  const stack = new Int32Array(128);
  const stackNear = new Float64Array(128);
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
    let top = 1;
    stack[0] = 0;
    stackNear[0] = 0;
    while (top > 0) {
      top--;
      if ((stackNear[top] as number) > far) continue;
      const node = stack[top] as number;
      const size = count[node] as number;
      if (size === 0) {
        // Both children: the nearer one goes on top of the stack.
        const left = node + 1;
        const right = link[node] as number;
        let nearLeft = Infinity;
        let nearRight = Infinity;
        for (let side = 0; side < 2; side++) {
          const n = (side === 0 ? left : right) * 6;
          const x0 = ((bounds[n] as number) - ox) * ix;
          const x1 = ((bounds[n + 3] as number) - ox) * ix;
          const y0 = ((bounds[n + 1] as number) - oy) * iy;
          const y1 = ((bounds[n + 4] as number) - oy) * iy;
          const z0 = ((bounds[n + 2] as number) - oz) * iz;
          const z1 = ((bounds[n + 5] as number) - oz) * iz;
          let enter = x0 < x1 ? x0 : x1;
          let leave = x0 < x1 ? x1 : x0;
          if (y0 < y1) {
            if (y0 > enter) enter = y0;
            if (y1 < leave) leave = y1;
          } else {
            if (y1 > enter) enter = y1;
            if (y0 < leave) leave = y0;
          }
          if (z0 < z1) {
            if (z0 > enter) enter = z0;
            if (z1 < leave) leave = z1;
          } else {
            if (z1 > enter) enter = z1;
            if (z0 < leave) leave = z0;
          }
          if (leave < enter - 1e-6 || leave < 0 || enter > far) continue;
          if (side === 0) nearLeft = enter;
          else nearRight = enter;
        }
        if (nearLeft < nearRight) {
          if (nearRight !== Infinity) {
            stack[top] = right;
            stackNear[top++] = nearRight;
          }
          stack[top] = left;
          stackNear[top++] = nearLeft;
        } else {
          if (nearLeft !== Infinity) {
            stack[top] = left;
            stackNear[top++] = nearLeft;
          }
          if (nearRight !== Infinity) {
            stack[top] = right;
            stackNear[top++] = nearRight;
          }
        }
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
