// Mirror-like highlights: only windows and lamps are bright enough to be seen in a floor or a lacquered door.
import type { Scene } from '../scene/scene.js';
import { dot } from '../scene/vector3.js';

/** What the windows and lamps add along a mirrored ray, blurred by roughness. */
export const addReflection = (
  scene: Scene,
  place: Float32Array,
  mirror: readonly [number, number, number],
  gain: number,
  out: Float32Array,
): void => {
  for (const { corner, u, v, normal, sky } of scene.openings) {
    const facing = dot(mirror, normal);
    if (facing > -0.02) continue;
    const x = place[0] as number;
    const y = place[1] as number;
    const z = place[2] as number;
    const t = ((corner[0] - x) * normal[0] + (corner[1] - y) * normal[1] + (corner[2] - z) * normal[2]) / facing;
    if (t < 0) continue;
    const px = x + mirror[0] * t - corner[0];
    const py = y + mirror[1] * t - corner[1];
    const pz = z + mirror[2] * t - corner[2];
    const a = (px * u[0] + py * u[1] + pz * u[2]) / dot(u, u);
    const b = (px * v[0] + py * v[1] + pz * v[2]) / dot(v, v);
    const outside = Math.max(0, -a, a - 1) + Math.max(0, -b, b - 1);
    const weight = gain * Math.max(0, 1 - outside / 0.3) ** 2 * 0.5;
    for (let k = 0; k < 3; k++) out[k] = (out[k] as number) + (sky[k] as number) * weight;
  }
  for (const { centre, power } of scene.lamps) {
    const dx = centre[0] - (place[0] as number);
    const dy = centre[1] - (place[1] as number);
    const dz = centre[2] - (place[2] as number);
    const distance = Math.sqrt(dx * dx + dy * dy + dz * dz);
    const align = (dx * mirror[0] + dy * mirror[1] + dz * mirror[2]) / distance;
    if (align < 0.9) continue;
    const weight = (gain * ((align - 0.9) * 10) ** 6 * 2) / (distance * distance + 0.2);
    for (let k = 0; k < 3; k++) out[k] = (out[k] as number) + (power[k] as number) * weight;
  }
};
