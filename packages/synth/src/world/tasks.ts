// The units of work that threads share: shoot a room, print a card, make a file. Each depends on its input alone.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { applyEdits } from '../edit/apply.js';
import { decode } from '../edit/raw.js';
import { encodeExif, insertExif } from '../exif/exif.js';
import type { SeenObject } from '../truth/truth.js';
import type { CameraModel } from './cast.js';
import { cameraTags } from './camera-tags.js';
import { drawFilm, type FilmPlan } from './films.js';
import type { DrawnFrame, RoomPlan } from './library.js';
import { printFrame, shootRoom, type Master } from './masters.js';
import type { Variant } from './plan.js';

export type Task =
  /** `film`: a walk through the room, made while its light is there. */
  | { readonly kind: 'room'; readonly room: RoomPlan; readonly film?: FilmPlan | undefined }
  | { readonly kind: 'print'; readonly frame: DrawnFrame }
  | { readonly kind: 'variant'; readonly variant: Variant; readonly camera: CameraModel | null };

export interface TaskResult {
  readonly objects: readonly { readonly frame: string; readonly objects: readonly SeenObject[] }[];
}

export const masterPath = (staging: string, frame: string): string => join(staging, `${frame}.master.jpg`);
export const variantPath = (staging: string, id: string): string => join(staging, `${id}.file`);

const keep = async (staging: string, masters: readonly Master[]): Promise<TaskResult> => {
  for (const { frame, jpeg } of masters) await writeFile(masterPath(staging, frame), jpeg);
  return { objects: masters.map(({ frame, objects }) => ({ frame, objects })) };
};

const makeVariant = async (staging: string, variant: Variant, camera: CameraModel | null): Promise<Buffer> => {
  const master = await readFile(masterPath(staging, variant.frame.id));
  const load = async (frame: string): Promise<Awaited<ReturnType<typeof decode>>> =>
    decode(await readFile(masterPath(staging, frame)));
  const file = variant.edits.length === 0 ? master : await applyEdits(await decode(master), variant.edits, load);
  if (!camera) return file;
  const { width, height } = await sharp(file).metadata();
  return insertExif(file, encodeExif(cameraTags(camera, variant, width, height)));
};

/** Does one task; its files go to the staging folder. */
export const runTask = async (staging: string, task: Task): Promise<TaskResult> => {
  switch (task.kind) {
    case 'room':
      return keep(
        staging,
        await shootRoom(task.room, async (studio, time) => {
          if (task.film?.time === time) await drawFilm(staging, task.film, studio);
        }),
      );
    case 'print':
      return keep(staging, [await printFrame(task.frame)]);
    case 'variant':
      await writeFile(variantPath(staging, task.variant.id), await makeVariant(staging, task.variant, task.camera));
      return { objects: [] };
  }
};
