// A furnished room out of a seed: its kind, materials, furniture, windows, lamps and time of day.
import { createRandom } from '../random/random.js';
import { normalise, type Vec3 } from './vector3.js';
import { createBuilder } from './builder.js';
import type { Item, Maker } from './furniture/item.js';
import { chair, desk, sofa, table } from './furniture/seating.js';
import { bed } from './furniture/sleeping.js';
import { bigPlant, floorLamp, toyCorner } from './furniture/standing.js';
import { chest, nightstand, shelf, wardrobe } from './furniture/storage.js';
import { createKit, type KitChoice } from './kit.js';
import { placeItems, wallLength, type Placed, type RoomShape, type WallSpan } from './layout.js';
import type { Lamp, Opening, Scene, Sun } from './scene.js';
import { buildDoor, buildWalls, buildWindow, DOOR_WIDTH_M, hangPosters, layRug, type WindowPlan } from './shell.js';

export type RoomKind = 'bedroom' | 'playroom' | 'living room' | 'study' | 'dining room';
export const ROOM_KINDS: readonly RoomKind[] = ['bedroom', 'playroom', 'living room', 'study', 'dining room'];
export type DayTime = 'sunny' | 'overcast' | 'evening';

export interface Room {
  readonly kind: RoomKind;
  readonly time: DayTime;
  readonly shape: RoomShape;
  readonly scene: Scene;
  readonly placed: readonly Placed[];
}

interface Furnishing {
  readonly along: readonly Maker[];
  readonly free: readonly Maker[];
  readonly posters: readonly [number, number];
  readonly floors: readonly KitChoice['floor'][];
}

const FURNISHINGS: Readonly<Record<RoomKind, Furnishing>> = {
  bedroom: {
    along: [bed, nightstand, wardrobe, chest, shelf, chair, bigPlant, floorLamp],
    free: [],
    posters: [2, 4],
    floors: ['planks', 'carpet', 'herringbone'],
  },
  playroom: {
    along: [bed, shelf, toyCorner, chest, desk, toyCorner, floorLamp],
    free: [],
    posters: [3, 5],
    floors: ['carpet', 'planks', 'planks'],
  },
  'living room': {
    along: [sofa, shelf, chest, sofa, floorLamp, bigPlant, shelf],
    free: [table],
    posters: [2, 5],
    floors: ['herringbone', 'planks', 'carpet'],
  },
  study: {
    along: [desk, shelf, shelf, chest, sofa, floorLamp, bigPlant, desk],
    free: [],
    posters: [3, 6],
    floors: ['herringbone', 'planks', 'carpet'],
  },
  'dining room': {
    along: [chest, shelf, wardrobe, bigPlant, chair, floorLamp],
    free: [table],
    posters: [2, 4],
    floors: ['tiles', 'tiles', 'planks'],
  },
};

const SKY: Readonly<Record<DayTime, Vec3>> = {
  sunny: [3.2, 3.6, 4.3],
  overcast: [3.6, 3.8, 4.0],
  evening: [0.02, 0.025, 0.05],
};

/** Furniture and materials follow from `seed`, `time` only changes the light, `signature` names a bed cover or print that recurs. */
export const createRoom = async (
  seed: string,
  kind: RoomKind,
  time: DayTime,
  signature: string | null = null,
): Promise<Room> => {
  const random = createRandom(`room/${seed}`);
  const shape: RoomShape = {
    width: random.range(3.2, 4.8),
    depth: random.range(3.2, 4.8),
    height: random.range(2.4, 2.75),
  };
  const furnishing = FURNISHINGS[kind];
  const kit = await createKit(random.fork('kit'), {
    floor: random.pick(furnishing.floors),
    wall: random.pick(['paper', 'paper', 'paper', 'paint', 'brick']),
    posters: random.int(...furnishing.posters),
    night: time === 'evening',
    signature,
  });

  const windows: WindowPlan[] = [];
  const windowWalls = random.shuffle([0, 1, 2, 3]).slice(0, random.chance(0.35) ? 2 : 1);
  for (const wall of windowWalls) {
    const length = wallLength(shape, wall);
    const width = random.range(1.0, Math.min(1.9, length - 1.2));
    const sill = random.range(0.75, 0.95);
    windows.push({
      wall,
      at: random.range(width / 2 + 0.5, length - width / 2 - 0.5),
      width,
      sill,
      height: shape.height - sill - random.range(0.35, 0.5),
      panes: width > 1.3 ? 3 : 2,
    });
  }
  const doorWall = random.pick([0, 1, 2, 3].filter((wall) => !windowWalls.includes(wall)));
  const doorAt = random.chance(0.5) ? 0.65 : wallLength(shape, doorWall) - 0.65;
  const spans: WallSpan[] = [
    ...windows.map(({ wall, at, width, sill }) => ({
      wall,
      from: at - width / 2 - 0.3,
      to: at + width / 2 + 0.3,
      clearBelow: sill + 0.05,
    })),
    { wall: doorWall, from: doorAt - DOOR_WIDTH_M / 2 - 0.1, to: doorAt + DOOR_WIDTH_M / 2 + 0.1, clearBelow: 0 },
  ];

  const make = (maker: Maker, index: number): Item => maker(random.fork(`item-${index}`));
  const first = furnishing.along.slice(0, 3).map(make);
  const rest = random.shuffle(furnishing.along.slice(3)).map((maker, i) => make(maker, i + 10));
  const free = furnishing.free.map((maker, i) => make(maker, i + 30));
  // The free table first claims the middle, so that sofas and shelves keep away from it.
  const placed = placeItems(random.fork('layout'), shape, spans, [...first, ...rest], free);

  const builder = createBuilder(random.fork('builder'));
  buildWalls(builder, kit, shape, random.int(0, 3));
  const evening = time === 'evening';
  const openings: Opening[] = [];
  for (const plan of windows)
    openings.push(
      buildWindow(builder, kit, random.fork(`window-${plan.wall}`), shape, plan, SKY[time], evening ? 0.25 : 3.4),
    );
  buildDoor(builder, kit, shape, { wall: doorWall, at: doorAt });
  if (random.chance(0.75)) layRug(builder, kit, random.fork('rug'), shape);

  const lamps: Lamp[] = [];
  placed.forEach(({ item, frame }, index) => {
    builder.at(frame, () => builder.as(`${item.name}-${index}`, () => item.build(builder, kit)));
    if (!item.lampAt) return;
    const [x, y, z] = item.lampAt;
    const [c, s] = [Math.cos(frame.turn), Math.sin(frame.turn)];
    const power = evening ? 2.4 : 0.9;
    lamps.push({
      centre: [frame.x + x * c + z * s, y, frame.z - x * s + z * c],
      radiusM: 0.09,
      power: [power, power * 0.72, power * 0.42],
    });
  });
  hangPosters(builder, kit, random.fork('posters'), shape, spans, placed);
  const pendant: Vec3 = [shape.width / 2, shape.height - 0.45, shape.depth / 2];
  const hanging = random.chance(0.7);
  if (hanging) {
    builder.as('pendant', () => {
      builder.lathe(
        [pendant[0], pendant[1], pendant[2]],
        [
          [0.012, 0.16],
          [0.012, 0.45],
        ],
        6,
        { ...kit.metal, shadow: false },
      );
      builder.lathe(
        [pendant[0], pendant[1] - 0.1, pendant[2]],
        [
          [0.2, 0],
          [0.16, 0.18],
          [0.02, 0.26],
        ],
        18,
        {
          ...kit.linen,
          emission: evening ? 2.6 : 0,
          tint: evening ? [1, 0.86, 0.66] : [0.78, 0.75, 0.68],
          twoSided: true,
          shadow: false,
        },
      );
    });
  }
  if (evening) {
    const power = hanging ? 5 : 3.5;
    lamps.push({ centre: pendant, radiusM: 0.14, power: [power, power * 0.78, power * 0.5] });
  }

  return {
    kind,
    time,
    shape,
    placed,
    scene: {
      patches: builder.patches,
      lamps,
      openings,
      sun: time === 'sunny' ? sunThrough(openings, random.fork('sun')) : undefined,
      ambient: evening ? [0.03, 0.026, 0.02] : [0.16, 0.16, 0.165],
    },
  };
};

/** A sun that stands so that its beam falls through the first window onto the floor. */
const sunThrough = (openings: readonly Opening[], random: ReturnType<typeof createRandom>): Sun | undefined => {
  const opening = openings[0];
  if (!opening) return undefined;
  const side = random.range(-0.7, 0.7);
  const along = normalise(opening.u);
  const direction = normalise([
    -opening.normal[0] + along[0] * side,
    random.range(0.6, 1.1),
    -opening.normal[2] + along[2] * side,
  ]);
  return { direction, power: [34, 30, 24] };
};
