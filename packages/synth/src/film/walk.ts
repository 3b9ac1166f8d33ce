// A walk through a drawn room: a few shots, in each of which the camera goes a step forward and looks round.
import { createRandom } from '../random/random.js';
import type { Studio } from '../render/photograph.js';
import type { Camera } from '../scene/scene.js';
import { chooseViewpoints } from '../scene/viewpoint.js';

export const FILM = { width: 320, height: 240, framesPerSecond: 4, shots: 3, shotSeconds: 3 } as const;

/** RGB frames, one after the other, each `FILM.width` x `FILM.height`. */
export const walkThrough = (studio: Studio, seed: string): Buffer => {
  const random = createRandom(`walk/${seed}`);
  const cameras = chooseViewpoints(random, studio.room, FILM.shots);
  const frames: Buffer[] = [];
  for (let shot = 0; shot < FILM.shots; shot++) {
    const camera = cameras[shot % cameras.length];
    if (camera === undefined) throw new Error('a room that shows nothing from anywhere');
    const turn = random.range(0.25, 0.5) * (random.chance(0.5) ? 1 : -1);
    const step = random.range(0.1, 0.3);
    const count = FILM.framesPerSecond * FILM.shotSeconds;
    for (let i = 0; i < count; i++) {
      // One film is developed once: the light does not flicker.
      const picture = studio.photograph(along(camera, i / (count - 1), turn, step), FILM.width, FILM.height, seed);
      frames.push(Buffer.from(picture.pixels));
    }
  }
  return Buffer.concat(frames);
};

const along = (camera: Camera, part: number, turn: number, step: number): Camera => {
  const eased = part * part * (3 - 2 * part);
  const [x, y, z] = camera.position;
  return {
    ...camera,
    position: [x - Math.sin(camera.yaw) * step * eased, y, z - Math.cos(camera.yaw) * step * eased],
    yaw: camera.yaw + turn * (eased - 0.5),
  };
};
