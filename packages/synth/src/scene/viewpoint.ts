// Finds camera positions in a room that show something, and that differ clearly from one another.
import { createMesh, type Mesh } from '../render/mesh.js';
import { rasterise } from '../render/raster.js';
import type { Random } from '../random/random.js';
import type { Room } from './room.js';
import type { Camera } from './scene.js';

interface Preview {
  readonly camera: Camera;
  readonly score: number;
  /** Thing seen at each sample of a coarse grid. */
  readonly seen: readonly string[];
}

const COLUMNS = 48;
const ROWS = 36;
const SHELL = new Set(['wall', 'floor', 'ceiling', 'room']);
/** Shares of places at which two views may show the same thing; the stricter ones are tried first. */
const SHARED_LIMITS = [0.34, 0.42, 0.5, 0.58, 0.66];

const propose = (random: Random, room: Room): Camera => {
  const { width, depth } = room.shape;
  const margin = 0.25;
  const position = [
    random.range(margin, width - margin),
    random.range(1.05, 1.75),
    random.range(margin, depth - margin),
  ] as const;
  const focus = random.chance(0.75) ? random.pick(room.placed).footprint : undefined;
  const tx = focus ? (focus.x0 + focus.x1) / 2 : width / 2;
  const tz = focus ? (focus.z0 + focus.z1) / 2 : depth / 2;
  const ty = focus ? Math.min(1.3, focus.height * 0.6) + random.range(-0.1, 0.35) : random.range(0.5, 1.1);
  const [dx, dy, dz] = [tx - position[0], ty - position[1], tz - position[2]];
  const flat = Math.hypot(dx, dz);
  return {
    position,
    yaw: Math.atan2(-dx, -dz) + random.range(-0.25, 0.25),
    pitch: Math.max(-0.55, Math.min(0.15, Math.atan2(dy, flat))),
    roll: random.range(-0.035, 0.035),
    fieldOfView: (random.range(58, 74) * Math.PI) / 180,
    flash: 0,
  };
};

const judge = (room: Room, mesh: Mesh, camera: Camera): Preview | undefined => {
  const [x, y, z] = camera.position;
  for (const { footprint: f } of room.placed) {
    if (y < f.height + 0.25 && x > f.x0 - 0.3 && x < f.x1 + 0.3 && z > f.z0 - 0.3 && z < f.z1 + 0.3) return undefined;
  }
  const { triangle, planes } = rasterise(mesh, camera, COLUMNS, ROWS);
  const counts = new Map<string, number>();
  const seen: string[] = [];
  let near = 0;
  let far = 0;
  triangle.forEach((id, at) => {
    const name = id < 0 ? 'none' : (room.scene.patches[mesh.patchOf[id] as number]?.thing ?? 'none');
    seen.push(name);
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (id < 0) return;
    const inverse =
      (planes[id * 9] as number) * ((at % COLUMNS) + 0.5) +
      (planes[id * 9 + 1] as number) * (Math.floor(at / COLUMNS) + 0.5) +
      (planes[id * 9 + 2] as number);
    if (inverse > 1 / 0.8) near++;
    if (inverse < 1 / 2) far++;
  });
  const total = triangle.length;
  let shell = 0;
  let variety = 0;
  let largest = 0;
  for (const [name, count] of counts) {
    if (SHELL.has(name)) shell += count;
    else {
      variety += Math.min(1, count / (0.02 * total));
      largest = Math.max(largest, count);
    }
  }
  if (near > 0.12 * total || far < 0.35 * total || shell > 0.78 * total || largest > 0.6 * total) return undefined;
  return { camera, seen, score: variety - 6 * (shell / total) - 4 * (near / total) + random01(camera) };
};

/** A little noise from the camera itself, so that ties do not always fall to the same corner. */
const random01 = (camera: Camera): number => Math.abs(Math.sin(camera.position[0] * 91 + camera.yaw * 37)) * 1.5;

const sharedView = (a: Preview, b: Preview): number => {
  let same = 0;
  a.seen.forEach((name, i) => {
    if (name === b.seen[i]) same++;
  });
  return same / a.seen.length;
};

/** `count` cameras that differ as much as the room allows; fewer only when the room shows too little. */
export const chooseViewpoints = (random: Random, room: Room, count: number): Camera[] => {
  const mesh = createMesh(room.scene.patches, () => true);
  const previews: Preview[] = [];
  for (let i = 0; i < 240 && previews.length < 70; i++) {
    const preview = judge(room, mesh, propose(random, room));
    if (preview) previews.push(preview);
  }
  previews.sort((a, b) => b.score - a.score);
  const chosen: Preview[] = [];
  for (const limit of SHARED_LIMITS) {
    for (const preview of previews) {
      if (chosen.length === count) break;
      if (chosen.every((other) => sharedView(other, preview) < limit)) chosen.push(preview);
    }
  }
  return chosen.map(({ camera }) => camera);
};
