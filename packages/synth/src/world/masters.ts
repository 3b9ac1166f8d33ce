// Takes or draws every frame once, as the JPEG that the camera or the printer's site would have written.
import sharp from 'sharp';
import { createRandom } from '../random/random.js';
import { openStudio, type Studio } from '../render/photograph.js';
import { createRoom, type DayTime } from '../scene/room.js';
import { chooseViewpoints } from '../scene/viewpoint.js';
import { CARD_BOX, drawCard, drawTextPage } from '../texture/card.js';
import { encode, type Raw } from '../edit/raw.js';
import type { SeenObject } from '../truth/truth.js';
import type { DrawnFrame, RoomPlan } from './library.js';

export interface Master {
  readonly frame: string;
  readonly jpeg: Buffer;
  readonly objects: readonly SeenObject[];
}

const grainy = (raw: Raw, seed: string, deviation: number): Raw => {
  const random = createRandom(`grain/${seed}`);
  const data = Buffer.from(raw.data);
  for (let i = 0; i < data.length; i++) {
    const value = (data[i] as number) + deviation * (random.next() + random.next() - 1);
    data[i] = value < 0 ? 0 : value > 255 ? 255 : value + 0.5;
  }
  return { ...raw, data };
};

/** All shots of one room; its light is baked once for each time of day, and `meanwhile` may use it. */
export const shootRoom = async (
  plan: RoomPlan,
  meanwhile: (studio: Studio, time: DayTime) => Promise<void> = () => Promise.resolve(),
): Promise<Master[]> => {
  const masters: Master[] = [];
  const views = Math.max(...plan.frames.map(({ view }) => view)) + 1;
  for (const time of new Set(plan.frames.map((frame) => frame.time))) {
    const studio: Studio = openStudio(await createRoom(plan.seed, plan.kind, time, plan.object), plan.seed);
    await meanwhile(studio, time);
    const cameras = chooseViewpoints(createRandom(`views/${plan.seed}`), studio.room, views);
    for (const frame of plan.frames) {
      if (frame.time !== time) continue;
      const camera = cameras[frame.view % cameras.length];
      if (!camera) throw new Error(`room ${plan.id} shows nothing from anywhere`);
      const shot = studio.photograph(camera, frame.width, frame.height, frame.seed);
      let raw: Raw = { data: Buffer.from(shot.pixels), width: shot.width, height: shot.height };
      if (frame.kind === 'dark')
        raw = grainy({ ...raw, data: Buffer.from(raw.data.map((value) => 3 + value * 0.012)) }, frame.seed, 1.2);
      const share = plan.object === null ? 0 : (shot.things.get('signature') ?? 0);
      masters.push({
        frame: frame.id,
        jpeg: await encode(raw, 'jpeg', frame.quality),
        objects:
          plan.object !== null && share > 0.004 && frame.kind === 'room'
            ? [{ object: plan.object, share: Math.round(share * 1e4) / 1e4 }]
            : [],
      });
    }
  }
  return masters;
};

/** A card, a page of text or a blank. */
export const printFrame = async (frame: DrawnFrame): Promise<Master> => {
  const { width, height, seed } = frame;
  if (frame.kind === 'blank') {
    const random = createRandom(`blank/${seed}`);
    const level = random.pick([4, 250, 128, 225]);
    const data = Buffer.alloc(width * height * 3, level);
    const raw = grainy({ data, width, height }, seed, random.pick([0, 1.2]));
    return { frame: frame.id, jpeg: await encode(raw, 'jpeg', frame.quality), objects: [] };
  }
  const content =
    frame.kind === 'card' && frame.templateKind && frame.template
      ? drawCard(frame.templateKind, frame.template, seed)
      : drawTextPage(seed);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${CARD_BOX.width} ${CARD_BOX.height}">${content}</svg>`;
  const { data } = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return {
    frame: frame.id,
    jpeg: await encode(grainy({ data, width, height }, seed, frame.kind === 'card' ? 5 : 1), 'jpeg', frame.quality),
    objects: [],
  };
};
