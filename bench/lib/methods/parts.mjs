// Draws the set on which is counted what parts and places confuse: rooms, some of them on screens and some under text or stickers, since interfaces, letters and stickers recur in many
// pictures; and photographs. No cards and pages: of what is printed in one form the program finds the form, which is a true part of both.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyEdits } from '../../../packages/synth/dist/edit/apply.js';
import { decode } from '../../../packages/synth/dist/edit/raw.js';
import { drawRooms, drawScreenshots, photograph, photographs } from './many.mjs';

/** Views of a room that lie nearest to one another; most rooms are shown once. */
const NEAR_GROUP = 4;
/** One in so many is also on a screen, and another one covered. */
const EDITED = 6;
/** Shares of the picture, as in the sample operation. */
const AREAS = [0.04, 0.1, 0.2];

/** Of `near` pictures in groups and `apart` of which each is alone two in three are of rooms, and those are taken. Each: { file, kind, subject, shows? }. */
export const drawParts = async ({ seed, near, apart, dataDir, folder, say }) => {
  const drawn = [
    ...(await drawRooms({ seed, pictures: near, group: NEAR_GROUP, out: join(folder, 'near') }, say)),
    ...(await drawRooms({ seed: seed + 1, pictures: apart, group: 1, out: join(folder, 'apart') }, say)),
  ];
  const rooms = drawn
    .filter(({ kind }) => kind === 'room')
    .map(({ file, group, kind }) => ({ file, kind, subject: group }));
  const every = (rest) => rooms.filter((_, i) => i % EDITED === rest);
  const pictures = [
    ...rooms,
    ...(await drawScreenshots(join(folder, 'screens'), every(0))),
    ...(await drawCovered(join(folder, 'covered'), every(1))),
  ];
  if (dataDir !== null) for await (const file of photographs(dataDir)) pictures.push(photograph(file));
  return pictures;
};

const drawCovered = async (folder, pictures) => {
  await mkdir(folder, { recursive: true });
  const drawn = [];
  for (const [i, picture] of pictures.entries()) {
    const what = i % 2 === 0 ? 'text' : 'emoji';
    const edits = [
      { kind: 'overlay', what, area: AREAS[i % AREAS.length], seed: `covered-${i}` },
      { kind: 'messenger', maxSide: 960, quality: 70 },
    ];
    const file = join(folder, `${i}.jpg`);
    await writeFile(file, await applyEdits(await decode(await readFile(picture.file)), edits));
    drawn.push({ ...picture, file, shows: picture.file, kind: `${picture.kind} (${what})` });
  }
  return drawn;
};
