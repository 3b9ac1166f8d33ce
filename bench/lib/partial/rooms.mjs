// Views of places for `partial`: drawn rooms, or folders of photographs, each a way from one view to another with what lies between.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { encode } from '../../../packages/synth/dist/edit/raw.js';
import { createRandom } from '../../../packages/synth/dist/random/random.js';
import { openStudio } from '../../../packages/synth/dist/render/photograph.js';
import { createRoom, ROOM_KINDS } from '../../../packages/synth/dist/scene/room.js';
import { chooseViewpoints } from '../../../packages/synth/dist/scene/viewpoint.js';
import { picturesBelow, SEEDS_FROM } from './pictures.mjs';

const SHOT = { width: 960, height: 720 };
/** A step to the side, and the turn that keeps the middle of the room in sight. */
const STEP_M = 0.4;
const TURN_BACK = 0.12;
/** Views between the two that differ most, as somebody turns and walks from one to the other. */
const BETWEEN = 6;
/** Photographs of a folder that lie so far apart are as far as this suite looks. */
const FAR = 5;

/**
 * `{ place, here, aside, there, between }` of each: a view, the same a step aside, the view that differs most, and what lies on the way there. Of `dataDir` each folder
 * of several pictures (below `scenes` or `rooms`, where it has these), in the order of their names: a picture, the next, the fifth after it.
 */
export const views = async ({ seed, dataDir, tempDir, say }, { count, isChained }) => {
  if (dataDir !== null) {
    const own = ['rooms', 'scenes'].map((name) => join(dataDir, name)).filter((folder) => existsSync(folder));
    const folders = own.length > 0 ? own : [dataDir];
    return photographed((await Promise.all(folders.map(picturesBelow))).flat());
  }
  const folder = join(tempDir, 'places');
  await mkdir(folder, { recursive: true });
  const drawn = [];
  for (let i = 0; i < count; i++) {
    const place = `partial-${SEEDS_FROM + seed}-${i}`;
    const studio = openStudio(await createRoom(place, ROOM_KINDS[i % ROOM_KINDS.length], 'overcast', null), place);
    const [here, there] = chooseViewpoints(createRandom(place), studio.room, 2);
    if (there === undefined) continue;
    const shoot = async (camera, name) => {
      const shot = studio.photograph(camera, SHOT.width, SHOT.height, `${place}/${name}`);
      const file = join(folder, `${i}-${name}.jpg`);
      await writeFile(file, await encode({ ...SHOT, data: Buffer.from(shot.pixels) }, 'jpeg', 90));
      return file;
    };
    const between = [];
    for (let k = 1; isChained && k <= BETWEEN; k++)
      between.push(await shoot(onTheWay(here, there, k / (BETWEEN + 1)), `between-${k}`));
    drawn.push({
      place,
      here: await shoot(here, 'here'),
      aside: await shoot(stepAside(here), 'aside'),
      there: await shoot(there, 'there'),
      between,
    });
    if (i % 8 === 7) say(`${i + 1} of ${count} rooms photographed`);
  }
  return drawn;
};

const stepAside = (camera) => {
  const [x, y, z] = camera.position;
  const [right, ahead] = [Math.cos(camera.yaw), -Math.sin(camera.yaw)];
  return { ...camera, position: [x + STEP_M * right, y, z + STEP_M * ahead], yaw: camera.yaw + TURN_BACK };
};

const mixed = (a, b, share) => a + (b - a) * share;

/** The shorter way round. */
const turned = (a, b, share) => a + Math.atan2(Math.sin(b - a), Math.cos(b - a)) * share;

const onTheWay = (here, there, share) => ({
  ...here,
  position: here.position.map((value, axis) => mixed(value, there.position[axis], share)),
  yaw: turned(here.yaw, there.yaw, share),
  pitch: mixed(here.pitch, there.pitch, share),
  roll: mixed(here.roll, there.roll, share),
  fieldOfView: mixed(here.fieldOfView, there.fieldOfView, share),
});

const photographed = (files) =>
  [...new Set(files.map((file) => dirname(file)))].flatMap((place) => {
    const all = files.filter((file) => dirname(file) === place);
    return all.slice(0, -1).map((here, i) => ({
      place,
      here,
      aside: all[i + 1],
      there: all[i + FAR],
      between: all.slice(i + 1, i + FAR),
    }));
  });
