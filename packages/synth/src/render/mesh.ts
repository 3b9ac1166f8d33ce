// The scene as triangles: what the ray caster and the rasteriser share.
import type { Patch } from '../scene/patch.js';
import type { Scene } from '../scene/scene.js';
import { createBvh, type Bvh } from './bvh.js';

export interface Mesh {
  /** Nine numbers a triangle. */
  readonly corners: Float32Array;
  /** Patch coordinates of the three corners, six numbers a triangle. */
  readonly uv: Float32Array;
  readonly patchOf: Int32Array;
}

/** Cells of a sheet that become one pair of triangles, along one side: all, or about half of them. */
const strides = (cells: number, coarse: boolean): number => (coarse && cells >= 8 ? 2 : 1);

/**
 * Triangulates the sheets that `keep` accepts; `patchOf` are places in `patches`.
 * A coarse mesh takes every second corner of finely divided sheets: enough for shadows.
 */
export const createMesh = (patches: readonly Patch[], keep: (patch: Patch) => boolean, coarse = false): Mesh => {
  let total = 0;
  for (const patch of patches) {
    if (keep(patch))
      total += Math.ceil(patch.nu / strides(patch.nu, coarse)) * Math.ceil(patch.nv / strides(patch.nv, coarse)) * 2;
  }
  const corners = new Float32Array(total * 9);
  const uv = new Float32Array(total * 6);
  const patchOf = new Int32Array(total);
  let id = 0;
  patches.forEach((patch, index) => {
    if (!keep(patch)) return;
    const { nu, nv, points } = patch;
    const put = (slot: number, u: number, v: number): void => {
      const from = (v * (nu + 1) + u) * 3;
      for (let c = 0; c < 3; c++) corners[id * 9 + slot * 3 + c] = points[from + c] as number;
      uv[id * 6 + slot * 2] = u / nu;
      uv[id * 6 + slot * 2 + 1] = v / nv;
    };
    const stepU = strides(nu, coarse);
    const stepV = strides(nv, coarse);
    for (let v = 0; v < nv; v += stepV)
      for (let u = 0; u < nu; u += stepU) {
        const u1 = Math.min(nu, u + stepU);
        const v1 = Math.min(nv, v + stepV);
        put(0, u, v);
        put(1, u1, v);
        put(2, u1, v1);
        patchOf[id++] = index;
        put(0, u, v);
        put(1, u1, v1);
        put(2, u, v1);
        patchOf[id++] = index;
      }
  });
  return { corners, uv, patchOf };
};

export interface Occluders {
  readonly bvh: Bvh;
  readonly mesh: Mesh;
}

/** Everything that throws a shadow. */
export const createOccluders = (scene: Scene): Occluders => {
  const mesh = createMesh(scene.patches, ({ surface }) => surface.shadow !== false && (surface.emission ?? 0) === 0);
  return { mesh, bvh: createBvh(mesh.corners) };
};
