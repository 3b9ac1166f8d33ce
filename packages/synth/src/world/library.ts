// What there is to see in the drawn world before anybody copies it: rooms, their shots, cards, text pages, blanks.
import type { Random } from '../random/random.js';
import { ROOM_KINDS, type DayTime, type RoomKind } from '../scene/room.js';
import { TEMPLATE_KINDS, type TemplateKind } from '../texture/card.js';
import type { Cast, Exhibit, Scale } from './cast.js';
import { WORLD_FROM_MS, WORLD_UNTIL_MS } from './clock.js';

interface FrameBase {
  readonly id: string;
  readonly seed: string;
  readonly width: number;
  readonly height: number;
  /** Quality of the first JPEG. */
  readonly quality: number;
  /** Ring of traders in which it travels. */
  readonly ring: number;
  /** Exhibit whose owner took or made it, if that is among the exhibits. */
  readonly home: string | null;
  readonly takenMs: number;
  /** How often it is copied, relative to others. */
  readonly weight: number;
}

export interface RoomFrame extends FrameBase {
  readonly kind: 'room' | 'dark';
  readonly room: string;
  /** Which of the room's viewpoints. */
  readonly view: number;
  readonly time: DayTime;
  readonly camera: string;
}

export interface DrawnFrame extends FrameBase {
  readonly kind: 'card' | 'text' | 'blank';
  readonly template: string | null;
  readonly templateKind: TemplateKind | null;
}

export type Frame = RoomFrame | DrawnFrame;

export interface RoomPlan {
  readonly id: string;
  readonly seed: string;
  readonly kind: RoomKind;
  /** Signature bed cover or poster that also occurs elsewhere; null for none. */
  readonly object: string | null;
  readonly frames: readonly RoomFrame[];
}

export interface Library {
  readonly rooms: readonly RoomPlan[];
  readonly drawn: readonly DrawnFrame[];
}

const SIZES: Readonly<
  Record<
    Scale,
    {
      rooms: number;
      shots: readonly [number, number];
      templates: number;
      cards: readonly [number, number];
      texts: number;
      blanks: number;
      darks: number;
      objects: number;
    }
  >
> = {
  tiny: { rooms: 2, shots: [2, 2], templates: 1, cards: [2, 2], texts: 2, blanks: 1, darks: 1, objects: 1 },
  small: { rooms: 11, shots: [3, 5], templates: 3, cards: [3, 4], texts: 5, blanks: 3, darks: 2, objects: 2 },
  medium: { rooms: 72, shots: [4, 6], templates: 9, cards: [4, 7], texts: 24, blanks: 9, darks: 8, objects: 9 },
};

/** Tests draw smaller pictures. */
const TINY_SHAPES: readonly (readonly [number, number])[] = [
  [480, 360],
  [360, 480],
];
const SHAPES: readonly (readonly [number, number])[] = [
  [1024, 768],
  [1024, 768],
  [1200, 800],
  [1152, 648],
  [768, 1024],
  [720, 1080],
  [1280, 960],
  [800, 600],
  [640, 480],
];

export const createLibrary = (random: Random, scale: Scale, cast: Cast): Library => {
  const size = SIZES[scale];
  const homes = cast.exhibits.filter(({ device }) => device !== 'chat');
  let serial = 0;
  const nextId = (): string => `frame-${String(++serial).padStart(4, '0')}`;
  const base = (from: Random, seed: string, ring: number, home: Exhibit | null): FrameBase => {
    const [width, height] = from.pick(scale === 'tiny' ? TINY_SHAPES : SHAPES);
    return {
      id: nextId(),
      seed,
      width,
      height,
      quality: from.int(86, 94),
      ring,
      home: home?.reference ?? null,
      takenMs: Math.round(from.range(WORLD_FROM_MS, WORLD_UNTIL_MS - 30 * 86_400_000)),
      // A few pictures go round much more than the rest.
      weight: 1 / (0.08 + from.next()) ** 1.2,
    };
  };

  const rooms: RoomPlan[] = [];
  for (let i = 0; i < size.rooms; i++) {
    const r = random.fork(`room-${i}`);
    const ring = i % cast.rings;
    const owners = homes.filter((exhibit) => exhibit.rings.includes(ring));
    const owner = r.chance(0.75) && owners.length > 0 ? r.pick(owners) : null;
    const id = `room-${String(i + 1).padStart(3, '0')}`;
    const seed = `${r.int(0, 1e9)}`;
    const times = r.shuffle<DayTime>(['sunny', 'overcast', 'evening']).slice(0, r.chance(0.3) ? 2 : 1);
    const shots = r.int(...size.shots);
    const frames: RoomFrame[] = [];
    for (let view = 0; view < shots; view++) {
      const guest = r.chance(0.2) && homes.length > 0 ? r.pick(homes) : owner;
      frames.push({
        ...base(r, `${seed}/${view}`, r.chance(0.2) ? r.int(0, cast.rings - 1) : ring, guest),
        kind: 'room',
        room: id,
        view,
        time: times[view % times.length] ?? 'overcast',
        camera: guest?.camera.id ?? `camera-unknown-${id}`,
      });
    }
    rooms.push({
      id,
      seed,
      kind: ROOM_KINDS[i % ROOM_KINDS.length] ?? 'bedroom',
      object: i < size.objects * 2 ? `object-${(i % size.objects) + 1}` : null,
      frames,
    });
  }
  // Shots with the lens cap nearly on: they carry nothing that could be compared.
  const dark = random.fork('dark');
  for (let i = 0; i < size.darks; i++) {
    const at = dark.int(0, rooms.length - 1);
    const plan = rooms[at];
    if (!plan) continue;
    const first = plan.frames[0];
    if (!first) continue;
    rooms[at] = {
      ...plan,
      frames: [
        ...plan.frames,
        {
          ...base(dark, `${plan.seed}/dark-${i}`, first.ring, null),
          kind: 'dark',
          room: plan.id,
          view: 0,
          time: first.time,
          camera: first.camera,
        },
      ],
    };
  }

  const drawn: DrawnFrame[] = [];
  const d = random.fork('drawn');
  for (let t = 0; t < size.templates; t++) {
    const templateKind = TEMPLATE_KINDS[t % TEMPLATE_KINDS.length] ?? 'postcard';
    const template = `template-${t + 1}`;
    const seed = `${d.int(0, 1e9)}`;
    const cards = d.int(...size.cards);
    for (let i = 0; i < cards; i++)
      drawn.push({
        ...base(d, `${seed}/${i}`, d.int(0, cast.rings - 1), null),
        ...{ width: 1000, height: 750 },
        kind: 'card',
        template: `${template}/${seed}`,
        templateKind,
      });
  }
  for (let i = 0; i < size.texts; i++)
    drawn.push({
      ...base(d, `${d.int(0, 1e9)}`, d.int(0, cast.rings - 1), null),
      ...{ width: 1000, height: 750 },
      kind: 'text',
      template: null,
      templateKind: null,
    });
  for (let i = 0; i < size.blanks; i++)
    drawn.push({
      ...base(d, `${d.int(0, 1e9)}`, d.int(0, cast.rings - 1), null),
      ...{ width: 800, height: 600 },
      kind: 'blank',
      template: null,
      templateKind: null,
    });
  return { rooms, drawn };
};

export const allFrames = (library: Library): Frame[] => [
  ...library.rooms.flatMap(({ frames }) => frames),
  ...library.drawn,
];
