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

/** Triangulates the sheets that `keep` accepts; `patchOf` are places in `patches`. */
export const createMesh = (patches: readonly Patch[], keep: (patch: Patch) => boolean): Mesh => {
  let total = 0;
  for (const patch of patches) if (keep(patch)) total += patch.nu * patch.nv * 2;
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
    for (let v = 0; v < nv; v++)
      for (let u = 0; u < nu; u++) {
        put(0, u, v);
        put(1, u + 1, v);
        put(2, u + 1, v + 1);
        patchOf[id++] = index;
        put(0, u, v);
        put(1, u + 1, v + 1);
        put(2, u, v + 1);
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
