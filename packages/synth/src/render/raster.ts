// Finds for every sample of the picture the triangle that is seen there.
import type { Camera } from '../scene/scene.js';
import type { Mesh } from './mesh.js';

/** Which triangle is seen, and the plane equations to find its coordinates again. */
export interface Visibility {
  readonly width: number;
  readonly height: number;
  /** Triangle of each sample, -1 for none. */
  readonly triangle: Int32Array;
  /** Nine numbers a triangle: 1/w, u/w, v/w as (per x, per y, constant). */
  readonly planes: Float64Array;
}

export interface Projection {
  readonly right: readonly [number, number, number];
  readonly up: readonly [number, number, number];
  readonly forward: readonly [number, number, number];
  /** Focal length and centre, in samples. */
  readonly focal: number;
  readonly centreX: number;
  readonly centreY: number;
}

export const createProjection = (camera: Camera, width: number, height: number): Projection => {
  const cy = Math.cos(camera.yaw);
  const sy = Math.sin(camera.yaw);
  const cp = Math.cos(camera.pitch);
  const sp = Math.sin(camera.pitch);
  const forward = [-sy * cp, sp, -cy * cp] as const;
  const right0 = [cy, 0, -sy] as const;
  const up0 = [sy * sp, cp, cy * sp] as const;
  const cr = Math.cos(camera.roll);
  const sr = Math.sin(camera.roll);
  const blend = (a: readonly number[], b: readonly number[], p: number, q: number): [number, number, number] => [
    (a[0] as number) * p + (b[0] as number) * q,
    (a[1] as number) * p + (b[1] as number) * q,
    (a[2] as number) * p + (b[2] as number) * q,
  ];
  return {
    forward,
    right: blend(right0, up0, cr, sr),
    up: blend(up0, right0, cr, -sr),
    focal: Math.max(width, height) / (2 * Math.tan(camera.fieldOfView / 2)),
    centreX: width / 2,
    centreY: height / 2,
  };
};

const NEAREST_M = 0.06;

/** Homogeneous rasterisation without clipping (Olano and Greer, "Triangle Scan Conversion using 2D Homogeneous Coordinates", 1997). */
export const rasterise = (mesh: Mesh, camera: Camera, width: number, height: number): Visibility => {
  const { right, up, forward, focal, centreX, centreY } = createProjection(camera, width, height);
  const [ex, ey, ez] = camera.position;
  const total = mesh.patchOf.length;
  const triangle = new Int32Array(width * height).fill(-1);
  const depth = new Float32Array(width * height);
  const planes = new Float64Array(total * 9);
  const { corners, uv } = mesh;
  const X = new Float64Array(3);
  const Y = new Float64Array(3);
  const W = new Float64Array(3);
  for (let id = 0; id < total; id++) {
    let behind = 0;
    for (let k = 0; k < 3; k++) {
      const at = id * 9 + k * 3;
      const dx = (corners[at] as number) - ex;
      const dy = (corners[at + 1] as number) - ey;
      const dz = (corners[at + 2] as number) - ez;
      const w = dx * forward[0] + dy * forward[1] + dz * forward[2];
      X[k] = focal * (dx * right[0] + dy * right[1] + dz * right[2]) + centreX * w;
      Y[k] = -focal * (dx * up[0] + dy * up[1] + dz * up[2]) + centreY * w;
      W[k] = w;
      if (w < NEAREST_M) behind++;
    }
    if (behind === 3) continue;
    const x0 = X[0] as number;
    const x1 = X[1] as number;
    const x2 = X[2] as number;
    const y0 = Y[0] as number;
    const y1 = Y[1] as number;
    const y2 = Y[2] as number;
    const w0 = W[0] as number;
    const w1 = W[1] as number;
    const w2 = W[2] as number;
    let top = 0;
    let bottom = height - 1;
    if (behind === 0) {
      const a = y0 / w0;
      const b = y1 / w1;
      const c = y2 / w2;
      top = Math.max(0, Math.ceil(Math.min(a, b, c) - 0.5));
      bottom = Math.min(height - 1, Math.floor(Math.max(a, b, c) - 0.5));
      if (top > bottom) continue;
      const left = Math.min(x0 / w0, x1 / w1, x2 / w2);
      const farRight = Math.max(x0 / w0, x1 / w1, x2 / w2);
      if (farRight < 0 || left > width) continue;
    }
    const determinant = x0 * (y1 * w2 - y2 * w1) - x1 * (y0 * w2 - y2 * w0) + x2 * (y0 * w1 - y1 * w0);
    if (Math.abs(determinant) < 1e-9) continue;
    const f = 1 / determinant;
    // Weight of each corner divided by w, linear over the screen.
    const ax = (y1 * w2 - y2 * w1) * f;
    const ay = (x2 * w1 - x1 * w2) * f;
    const ac = (x1 * y2 - x2 * y1) * f;
    const bx = (y2 * w0 - y0 * w2) * f;
    const by = (x0 * w2 - x2 * w0) * f;
    const bc = (x2 * y0 - x0 * y2) * f;
    const cx = (y0 * w1 - y1 * w0) * f;
    const cy = (x1 * w0 - x0 * w1) * f;
    const cc = (x0 * y1 - x1 * y0) * f;
    const p = id * 9;
    const k = id * 6;
    planes[p] = ax + bx + cx;
    planes[p + 1] = ay + by + cy;
    planes[p + 2] = ac + bc + cc;
    for (let t = 0; t < 2; t++) {
      const q = p + 3 + t * 3;
      const t0 = uv[k + t] as number;
      const t1 = uv[k + 2 + t] as number;
      const t2 = uv[k + 4 + t] as number;
      planes[q] = t0 * ax + t1 * bx + t2 * cx;
      planes[q + 1] = t0 * ay + t1 * by + t2 * cy;
      planes[q + 2] = t0 * ac + t1 * bc + t2 * cc;
    }
    const perX = planes[p] as number;
    for (let y = top; y <= bottom; y++) {
      const sy = y + 0.5;
      const ea = ay * sy + ac;
      const eb = by * sy + bc;
      const ec = cy * sy + cc;
      // Each weight must not be negative: an interval of x for each.
      let low = 0;
      let high = width;
      if (ax > 0) low = Math.max(low, -ea / ax);
      else if (ax < 0) high = Math.min(high, -ea / ax);
      else if (ea < 0) continue;
      if (bx > 0) low = Math.max(low, -eb / bx);
      else if (bx < 0) high = Math.min(high, -eb / bx);
      else if (eb < 0) continue;
      if (cx > 0) low = Math.max(low, -ec / cx);
      else if (cx < 0) high = Math.min(high, -ec / cx);
      else if (ec < 0) continue;
      const first = Math.max(0, Math.ceil(low - 0.5 - 1e-7));
      const last = Math.min(width - 1, Math.floor(high - 0.5 + 1e-7));
      if (first > last) continue;
      let inverse = perX * (first + 0.5) + (planes[p + 1] as number) * sy + (planes[p + 2] as number);
      const row = y * width;
      for (let x = first; x <= last; x++) {
        if (inverse > (depth[row + x] as number) && inverse < 1 / NEAREST_M) {
          depth[row + x] = inverse;
          triangle[row + x] = id;
        }
        inverse += perX;
      }
    }
  }
  return { width, height, triangle, planes };
};
