// The whole operation as plain data: which file lies where in which exhibit. Follows from the seed alone; nothing is drawn yet.
import { createRandom, type Random } from '../random/random.js';
import type { Edit, PictureFormat } from '../edit/edits.js';
import { createCast, type Cast, type Exhibit, type Scale } from './cast.js';
import { WORLD_UNTIL_MS } from './clock.js';
import { allFrames, createLibrary, type Frame, type Library } from './library.js';
import { drawPaper } from './papers.js';
import { createNamer, type Arrival, type Namer } from './paths.js';
import { floorEdits, plainEdits, roughEdits } from './variants.js';

/** One file to be drawn: a frame with a chain of edits; every use of the same variant has the same bytes. */
export interface Variant {
  readonly id: string;
  readonly frame: Frame;
  readonly edits: readonly Edit[];
  /** Camera whose EXIF block the file carries. */
  readonly camera: string | null;
}

export type PlannedFile =
  | {
      readonly kind: 'picture';
      readonly exhibit: string;
      readonly path: string;
      readonly modifiedMs: number;
      readonly nested: number | null;
      readonly variant: Variant;
    }
  | {
      readonly kind: 'paper';
      readonly exhibit: string;
      readonly path: string;
      readonly modifiedMs: number;
      readonly nested: number | null;
      readonly seed: string;
    }
  | {
      readonly kind: 'spoiled';
      readonly exhibit: string;
      readonly path: string;
      readonly modifiedMs: number;
      readonly nested: number | null;
      readonly seed: string;
      readonly fault: number;
    };

/** An archive inside an exhibit; counts as a file. */
export interface NestedArchive {
  readonly index: number;
  readonly exhibit: string;
  readonly path: string;
  readonly kind: 'zip' | 'tar.gz';
  readonly modifiedMs: number;
}

export interface Plan {
  readonly scale: Scale;
  readonly seed: number;
  readonly cast: Cast;
  readonly library: Library;
  readonly variants: readonly Variant[];
  readonly files: readonly PlannedFile[];
  readonly nested: readonly NestedArchive[];
}

export const FILE_COUNTS: Readonly<Record<Scale, number>> = { tiny: 40, small: 300, medium: 3000 };

const NESTED: Readonly<Record<Scale, number>> = { tiny: 1, small: 2, medium: 6 };

const PAPER_SHARE = 0.045;
const SPOILED_SHARE = 0.02;
/** Of the copies: exact ones, and ones beyond the floor. */
const EXACT_SHARE = 0.36;
const ROUGH_SHARE = 0.2;

export const closingFormat = (edits: readonly Edit[]): PictureFormat => {
  const last = edits.at(-1);
  return last?.kind === 'reencode' ? last.format : 'jpeg';
};

const weighted = (random: Random, frames: readonly Frame[]): Frame => {
  const total = frames.reduce((sum, { weight }) => sum + weight, 0);
  let at = random.next() * total;
  for (const frame of frames) {
    at -= frame.weight;
    if (at <= 0) return frame;
  }
  return random.pick(frames);
};

const arrivalOf = (random: Random, edits: readonly Edit[]): Arrival => {
  const kinds = edits.map(({ kind }) => kind);
  if (kinds.includes('screenshot')) return 'screenshot';
  if (kinds.at(-1) === 'messenger') return random.chance(0.85) ? 'messenger' : 'album';
  return random.pick<Arrival>(['download', 'download', 'album', 'cache']);
};

/** The first file of a frame: from the camera with EXIF, or as somebody else put it about. */
const firstVariant = (random: Random, frame: Frame, cast: Cast): Omit<Variant, 'id'> => {
  if ((frame.kind === 'room' || frame.kind === 'dark') && frame.home !== null) {
    const camera = cast.exhibits.find(({ reference }) => reference === frame.home)?.camera;
    const portrait = frame.height > frame.width;
    const tagged = camera?.tagsOrientation === true && (portrait || random.chance(0.15));
    const edits: Edit[] = tagged
      ? [
          { kind: 'orientation-tag', orientation: portrait ? random.pick([6, 8] as const) : 3 },
          { kind: 'reencode', format: 'jpeg', quality: 92 },
        ]
      : [];
    return { frame, edits, camera: frame.camera };
  }
  return {
    frame,
    edits: random.chance(0.5) ? [] : [{ kind: 'messenger', maxSide: 1280, quality: random.int(65, 78) }],
    camera: null,
  };
};

export const createPlan = (scale: Scale, seed: number): Plan => {
  const random = createRandom(`tantalus/${scale}/${seed}`);
  const cast = createCast(random.fork('cast'), scale);
  const library = createLibrary(random.fork('library'), scale, cast);
  const frames = allFrames(library);
  const total = FILE_COUNTS[scale];
  const pick = random.fork('spread');

  const namers = new Map<string, Namer>(
    cast.exhibits.map((exhibit) => [
      exhibit.reference,
      createNamer(random.fork(`names/${exhibit.reference}`), exhibit),
    ]),
  );
  const namerOf = (exhibit: Exhibit): Namer => namers.get(exhibit.reference) ?? createNamer(random, exhibit);

  const nested: NestedArchive[] = [];
  const boxes = pick.shuffle(cast.exhibits.filter(({ device }) => device !== 'chat')).slice(0, NESTED[scale]);
  boxes.forEach((exhibit, index) => {
    const kind = index % 3 === 1 ? 'tar.gz' : 'zip';
    const path = namerOf(exhibit).free(
      `${pick.pick(['backup', 'to send', 'álbum', 'old phone'])} ${pick.int(1, 30)}.${kind}`,
    );
    nested.push({
      index,
      exhibit: exhibit.reference,
      path,
      kind,
      modifiedMs: WORLD_UNTIL_MS - pick.int(1, 20 * 86_400) * 1000,
    });
  });

  const variants: Variant[] = [];
  const byFrame = new Map<string, Variant[]>();
  const addVariant = (variant: Omit<Variant, 'id'>): Variant => {
    const made = { id: `v${String(variants.length + 1).padStart(5, '0')}`, ...variant };
    variants.push(made);
    byFrame.set(variant.frame.id, [...(byFrame.get(variant.frame.id) ?? []), made]);
    return made;
  };

  const files: PlannedFile[] = [];
  const boxFor = (exhibit: Exhibit): number | null => {
    const box = nested.find((candidate) => candidate.exhibit === exhibit.reference);
    return box && pick.chance(0.3) ? box.index : null;
  };
  const add = (exhibit: Exhibit, variant: Variant, arrival: Arrival, atMs: number): void => {
    const modifiedMs = Math.floor(atMs / 2000) * 2000;
    files.push({
      kind: 'picture',
      exhibit: exhibit.reference,
      path: namerOf(exhibit).name(arrival, closingFormat(variant.edits), modifiedMs),
      modifiedMs,
      nested: boxFor(exhibit),
      variant,
    });
  };
  const ringMembers = (ring: number): readonly Exhibit[] => {
    const members = cast.exhibits.filter(({ rings }) => rings.includes(ring));
    return members.length > 0 ? members : cast.exhibits;
  };
  const later = (fromMs: number): number =>
    Math.min(WORLD_UNTIL_MS, fromMs + Math.round(pick.range(60, 26 * 86_400)) * 1000);

  for (const frame of frames) {
    const variant = addVariant(firstVariant(pick, frame, cast));
    const home = cast.exhibits.find(({ reference }) => reference === frame.home);
    if (home) add(home, variant, 'camera', frame.takenMs);
    else add(pick.pick(ringMembers(frame.ring)), variant, arrivalOf(pick, variant.edits), later(frame.takenMs));
  }

  const papers = Math.round(total * PAPER_SHARE);
  const spoiled = Math.max(5, Math.round(total * SPOILED_SHARE));
  const pictures = total - papers - spoiled - nested.length;
  const holders = new Map<string, Set<string>>();
  for (const file of files)
    if (file.kind === 'picture')
      holders.set(file.variant.id, (holders.get(file.variant.id) ?? new Set()).add(file.exhibit));
  while (files.length < pictures) {
    const frame = weighted(pick, frames);
    const known = byFrame.get(frame.id) ?? [];
    const members = ringMembers(frame.ring);
    // Rarely something leaks out of its ring.
    const exhibit = pick.chance(0.04) ? pick.pick(cast.exhibits) : pick.pick(members);
    const roll = pick.next();
    const flat = frame.kind === 'blank' || frame.kind === 'dark';
    if (roll < EXACT_SHARE || flat) {
      const variant = pick.pick(known);
      const seen = holders.get(variant.id) ?? new Set();
      // A second copy on the same device is rarer than one on another.
      if (seen.has(exhibit.reference) && pick.chance(0.7)) continue;
      holders.set(variant.id, seen.add(exhibit.reference));
      add(exhibit, variant, variant.camera !== null ? 'album' : arrivalOf(pick, variant.edits), later(frame.takenMs));
      continue;
    }
    const rough = roll > 1 - ROUGH_SHARE && frame.kind === 'room';
    const others = pick
      .shuffle(frames.filter((other) => other.ring === frame.ring && other.kind === 'room' && other.id !== frame.id))
      .slice(0, pick.int(1, 3))
      .map(({ id }) => id);
    const variant = addVariant({
      frame,
      edits: rough ? roughEdits(pick, others) : frame.kind === 'text' ? plainEdits(pick) : floorEdits(pick),
      camera: null,
    });
    holders.set(variant.id, new Set([exhibit.reference]));
    add(exhibit, variant, arrivalOf(pick, variant.edits), later(frame.takenMs));
  }

  for (let i = 0; i < papers + spoiled; i++) {
    const exhibit = pick.pick(cast.exhibits);
    const modifiedMs = WORLD_UNTIL_MS - pick.int(1, 150 * 43_200) * 2000;
    const seed = String(pick.int(0, 1e9));
    const isPaper = i < papers;
    const name = isPaper ? drawPaper(createRandom(seed)).name : `IMG_${pick.int(1000, 9999)}.jpg`;
    const path = namerOf(exhibit).free(`${pick.pick(['Documents', 'Download', 'swap'])}/${name}`);
    const common = { exhibit: exhibit.reference, path, modifiedMs, nested: boxFor(exhibit), seed };
    files.push(isPaper ? { kind: 'paper', ...common } : { kind: 'spoiled', ...common, fault: i - papers });
  }
  // An archive that was planned but got nothing is filled, so that it is worth opening.
  const filled = [...files];
  for (const box of nested) {
    if (filled.some((file) => file.nested === box.index)) continue;
    const at = filled.findIndex((file) => file.exhibit === box.exhibit && file.kind === 'picture');
    const file = filled[at];
    if (file) filled[at] = { ...file, nested: box.index };
  }
  return { scale, seed, cast, library, variants, files: pick.shuffle(filled), nested };
};
