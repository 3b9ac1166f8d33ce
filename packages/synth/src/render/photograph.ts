// A room ready to be photographed: its light is baked once, then each camera position costs a fraction of a second.
import { createRandom } from '../random/random.js';
import type { Room } from '../scene/room.js';
import type { Camera } from '../scene/scene.js';
import { bakeLight } from './bake.js';
import { develop, type Development, type Picture } from './develop.js';
import { createMesh, createOccluders } from './mesh.js';
import { rasterise } from './raster.js';
import { shade } from './shade.js';

export interface Photograph extends Picture {
  /** Share of the picture that each named thing covers, 0..1. */
  readonly things: ReadonlyMap<string, number>;
}

export interface Studio {
  readonly room: Room;
  photograph(camera: Camera, width: number, height: number, seed: string): Photograph;
}

const development = (seed: string): Development => {
  const random = createRandom(`develop/${seed}`);
  return {
    compensation: random.range(-0.25, 0.35),
    whiteBalance: random.range(0.35, 0.75),
    vignette: random.range(0.1, 0.45),
    grain: random.range(0.8, 2.4),
    contrast: random.range(0.94, 1.06),
    saturation: random.range(0.82, 1.06),
  };
};

export const openStudio = (room: Room, seed: string): Studio => {
  const { scene } = room;
  const occluders = createOccluders(scene);
  const mesh = createMesh(scene.patches, () => true);
  const lightMaps = bakeLight(scene, occluders, createRandom(`light/${seed}`));
  return {
    room,
    photograph: (camera, width, height, shotSeed) => {
      const seen = rasterise(mesh, camera, width * 2, height * 2);
      const shaded = shade(scene, mesh, occluders, lightMaps, camera, seen);
      const picture = develop(shaded, development(shotSeed), createRandom(`grain/${shotSeed}`));
      return { ...picture, things: shaded.things };
    },
  };
};
