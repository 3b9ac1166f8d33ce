// The sheets of a scene as flat arrays: surfaces come in many object shapes, which would slow every pixel down.
import type { Patch } from '../scene/patch.js';
import type { Texture } from '../texture/texture.js';

export interface PatchTable {
  readonly textures: readonly Texture[];
  /** Seven numbers a patch: tint r, g, b, uScale, vScale, uOffset, vOffset. */
  readonly values: Float64Array;
  readonly emission: Float32Array;
  readonly gloss: Float32Array;
}

export const TABLE_STRIDE = 7;

export const createPatchTable = (patches: readonly Patch[]): PatchTable => {
  const values = new Float64Array(patches.length * TABLE_STRIDE);
  patches.forEach((patch, i) => {
    const [r, g, b] = patch.surface.tint ?? [1, 1, 1];
    values.set([r, g, b, patch.uScale, patch.vScale, patch.uOffset, patch.vOffset], i * TABLE_STRIDE);
  });
  return {
    values,
    textures: patches.map(({ surface }) => surface.texture),
    emission: Float32Array.from(patches, ({ surface }) => surface.emission ?? 0),
    gloss: Float32Array.from(patches, ({ surface }) => surface.gloss ?? 0),
  };
};
