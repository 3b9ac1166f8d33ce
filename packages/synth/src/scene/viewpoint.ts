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
  /** Share of the picture of each thing that is not floor, wall or ceiling. */
  readonly things: ReadonlyMap<string, number>;
}

const COLUMNS = 48;
const ROWS = 36;
const SHELL = new Set(['wall', 'floor', 'ceiling', 'room']);
/** What one view must add over another to be worth a picture, against the score of its own content. */
const SAMENESS_COST = 16;

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
  const things = new Map<string, number>();
  for (const [name, count] of counts) {
    if (SHELL.has(name)) shell += count;
    else {
      variety += Math.min(1, count / (0.02 * total));
      largest = Math.max(largest, count);
      things.set(name, count / total);
    }
  }
  if (near > 0.12 * total || far < 0.35 * total || shell > 0.78 * total || largest > 0.6 * total) return undefined;
  return {
    camera,
    seen,
    things,
    score: variety - 6 * (shell / total) - 4 * (near / total) + random01(camera),
  };
};

/** A little noise from the camera itself, so that ties do not always fall to the same corner. */
const random01 = (camera: Camera): number => Math.abs(Math.sin(camera.position[0] * 91 + camera.yaw * 37)) * 1.5;

/** 0..1: how much two views show the same, be it at the same place or elsewhere in the picture. */
const sameness = (a: Preview, b: Preview): number => {
  let samePlace = 0;
  a.seen.forEach((name, i) => {
    if (name === b.seen[i]) samePlace++;
  });
  let common = 0;
  let all = 0;
  for (const name of new Set([...a.things.keys(), ...b.things.keys()])) {
    const [p, q] = [a.things.get(name) ?? 0, b.things.get(name) ?? 0];
    common += Math.min(p, q);
    all += Math.max(p, q);
  }
  return 0.5 * (samePlace / a.seen.length) + 0.5 * (all > 0 ? common / all : 1);
};

/** `count` cameras, each as different from the others as the room allows; fewer only when the room shows too little. */
export const chooseViewpoints = (random: Random, room: Room, count: number): Camera[] => {
  const mesh = createMesh(room.scene.patches, () => true, true);
  const previews: Preview[] = [];
  for (let i = 0; i < 260 && previews.length < 70; i++) {
    const preview = judge(room, mesh, propose(random, room));
    if (preview) previews.push(preview);
  }
  const chosen: Preview[] = [];
  while (chosen.length < count && chosen.length < previews.length) {
    const worth = (preview: Preview): number =>
      preview.score - SAMENESS_COST * Math.max(0, ...chosen.map((other) => sameness(other, preview)));
    const rest = previews.filter((preview) => !chosen.includes(preview));
    chosen.push(rest.reduce((best, preview) => (worth(preview) > worth(best) ? preview : best)));
  }
  return chosen.map(({ camera }) => camera);
};
