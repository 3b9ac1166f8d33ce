// A small set of planted pictures and their edits, with its truth: what the self-test and the counting of error rates measure on.
import { mkdir } from 'node:fs/promises';
import { createRandom } from '../random/random.js';
import { ROOM_KINDS, type DayTime } from '../scene/room.js';
import { TEMPLATE_KINDS } from '../texture/card.js';
import type { DrawnFrame, Frame, RoomFrame, RoomPlan } from '../world/library.js';
import { createPool, type Pool } from '../world/pool.js';
import { masterPath, variantPath, type Task } from '../world/tasks.js';
import { plantedEdits } from './planted-edits.js';

export interface PlantedOptions {
  /** Names the set: the same seed and number give the same bytes. */
  readonly seed: number;
  /** How many different pictures. */
  readonly pictures: number;
  /** Folder for the files; made if missing, and the caller's to remove. */
  readonly out: string;
  /** False draws the pictures alone. */
  readonly edited?: boolean;
  /** Pictures of one group: views of a room, contents on a template; four, unless given. */
  readonly group?: number;
  /** Pixels of the longer side; a thousand and more, unless given. */
  readonly side?: number;
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends the drawing: the promise rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Worker threads; default: as many as there are cores. */
  readonly threads?: number;
}

export interface PlantedPicture {
  readonly id: string;
  readonly file: string;
  /** Pictures of one group are easily taken for one another: other views of a room, other content on a template. */
  readonly group: string;
  readonly kind: 'room' | 'card';
}

export interface PlantedCopy {
  readonly file: string;
  readonly picture: string;
  readonly edit: string;
  readonly promised: boolean;
}

export interface PlantedSet {
  readonly pictures: readonly PlantedPicture[];
  readonly copies: readonly PlantedCopy[];
}

/** Different views of one room, and different contents on one template. */
const GROUP = 4;
const CARD = [1000, 750] as const;
/** One in so many groups is a template of cards; the others are rooms. */
const CARDS_EVERY = 3;
const TIMES: readonly DayTime[] = ['overcast', 'sunny', 'evening'];
const SHAPES = [
  [1024, 768],
  [768, 1024],
  [1152, 648],
] as const;

interface Plan {
  readonly rooms: readonly RoomPlan[];
  readonly cards: readonly DrawnFrame[];
}

/** Draws the set into `out`. Rejects with the reason of `signal` when that ends it. */
export const drawPlanted = async (options: PlantedOptions): Promise<PlantedSet> => {
  const { out, signal } = options;
  const plan = planOf(options);
  const frames: readonly Frame[] = [...plan.rooms.flatMap((room) => room.frames), ...plan.cards];
  const copies = options.edited === false ? [] : frames.flatMap(copiesOf);
  const masters: Task[] = [
    ...plan.rooms.map((room): Task => ({ kind: 'room', room })),
    ...plan.cards.map((frame): Task => ({ kind: 'print', frame })),
  ];
  const total = masters.length + copies.length;
  let done = 0;
  const step = (): void => options.onProgress?.(++done, total);
  await mkdir(out, { recursive: true });
  const pool = createPool(out, options.threads);
  try {
    await runUnless(signal, pool, masters, step);
    await runUnless(
      signal,
      pool,
      copies.map(({ variant }) => ({ kind: 'variant', variant, camera: null })),
      step,
    );
  } finally {
    await pool.close();
  }
  return {
    pictures: frames.map((frame) => ({
      id: frame.id,
      file: masterPath(out, frame.id),
      group: 'room' in frame ? frame.room : (frame.template ?? frame.id),
      kind: frame.kind === 'card' ? 'card' : 'room',
    })),
    copies: copies.map(({ variant, edit, promised }) => ({
      file: variantPath(out, variant.id),
      picture: variant.frame.id,
      edit,
      promised,
    })),
  };
};

const planOf = ({ seed, pictures, group: size = GROUP, side }: PlantedOptions): Plan => {
  const rooms: RoomPlan[] = [];
  const cards: DrawnFrame[] = [];
  for (let group = 0, left = pictures; left > 0; group++, left -= size) {
    const count = Math.min(size, left);
    const name = `planted-${seed}-${group}`;
    if (group % CARDS_EVERY === 1) cards.push(...cardsOf(name, group, count, side));
    else rooms.push(roomOf(name, group, count, side));
  }
  return { rooms, cards };
};

/** The shape with its longer side in so many pixels. */
const sized = ([width, height]: readonly [number, number], side: number | undefined) => {
  const k = side === undefined ? 1 : side / Math.max(width, height);
  return { width: Math.round(width * k), height: Math.round(height * k) };
};

const base = (
  name: string,
  index: number,
  side: number | undefined,
): Omit<RoomFrame, 'kind' | 'room' | 'view' | 'time' | 'camera'> => {
  const shape = createRandom(`${name}/${index}`).pick(SHAPES);
  const unused = { ring: 0, home: null, takenMs: 0, weight: 1 };
  return { id: `${name}-${index}`, seed: `${name}/${index}`, ...sized(shape, side), quality: 90, ...unused };
};

const roomOf = (name: string, group: number, count: number, side: number | undefined): RoomPlan => {
  const random = createRandom(name);
  const time = random.pick(TIMES);
  return {
    id: name,
    seed: name,
    kind: ROOM_KINDS[group % ROOM_KINDS.length] ?? 'study',
    object: null,
    frames: Array.from({ length: count }, (_, view) => ({
      ...base(name, view, side),
      kind: 'room',
      room: name,
      view,
      time,
      camera: name,
    })),
  };
};

const cardsOf = (name: string, group: number, count: number, side: number | undefined): DrawnFrame[] =>
  Array.from({ length: count }, (_, index) => ({
    ...base(name, index, side),
    ...sized(CARD, side),
    kind: 'card',
    template: name,
    templateKind: TEMPLATE_KINDS[Math.floor(group / CARDS_EVERY) % TEMPLATE_KINDS.length] ?? 'postcard',
  }));

const copiesOf = (frame: Frame) =>
  plantedEdits(frame.seed).flatMap(({ name, promised, chains }, at) =>
    chains.map((edits, index) => ({
      edit: name,
      promised,
      variant: { id: `${frame.id}.${at}.${index}`, frame, edits, camera: null },
    })),
  );

/** A thread that draws cannot be asked to stop: the pool is closed under it, and what it was drawing is never told of. */
const runUnless = async (
  signal: AbortSignal | undefined,
  pool: Pool,
  tasks: readonly Task[],
  step: () => void,
): Promise<void> => {
  signal?.throwIfAborted();
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal?.reason as Error);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
  try {
    await Promise.race([pool.run(tasks, step), aborted]);
  } finally {
    if (onAbort) signal?.removeEventListener('abort', onAbort);
  }
};
