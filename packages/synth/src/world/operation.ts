// Draws a whole operation: exhibits of two agencies, lists, operation.json, and the truth beside them.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isWithinFloor } from '../edit/edits.js';
import { createRandom } from '../random/random.js';
import type { Truth, TruthFile } from '../truth/truth.js';
import type { Agency, Case, Exhibit, ExhibitKind, Scale } from './cast.js';
import { drawWorldChats, type DrawnChatFile } from './chats.js';
import { exhibitFileName, packFiles, writeExhibit, type ExhibitFile } from './exhibit-writer.js';
import { hasFfmpeg } from '../film/encode.js';
import { filmFrame, filmsOf, planFilms, type FilmPlan } from './films.js';
import { drawLists, type ListEntry } from './lists.js';
import { allFrames } from './library.js';
import { nearMisses, truthFrames } from './near-misses.js';
import { drawPaper, spoil } from './papers.js';
import { createPlan, type NestedArchive, type Plan, type PlannedFile, type Variant } from './plan.js';
import { createPool } from './pool.js';
import { variantPath, type Task } from './tasks.js';

export interface DrawOptions {
  readonly operation: 'tantalus';
  readonly scale: Scale;
  readonly seed: number;
  /** Folder to write to; made if missing. */
  readonly out: string;
  readonly onProgress?: (done: number, total: number) => void;
  /** Worker threads; default: as many as there are cores. */
  readonly threads?: number;
}

export interface ExhibitEntry {
  readonly reference: string;
  readonly case: string;
  readonly agency: string;
  readonly title: string;
  readonly kind: ExhibitKind;
  /** Relative to the folder of operation.json. */
  readonly source: string;
  readonly files: number;
}

/** What operation.json holds. */
export interface OperationFile {
  readonly operation: {
    readonly reference: string;
    readonly name: string;
    readonly scale: Scale;
    readonly seed: number;
  };
  readonly agencies: readonly Agency[];
  readonly cases: readonly Case[];
  readonly exhibits: readonly ExhibitEntry[];
  readonly lists: readonly ListEntry[];
}

export interface Summary extends OperationFile {
  readonly files: number;
  readonly pictures: number;
  readonly frames: number;
  readonly bytes: number;
  readonly durationMs: number;
}

interface Drawn extends ExhibitFile {
  readonly truth: Omit<TruthFile, 'exhibit' | 'path' | 'containers' | 'sha256' | 'bytes'>;
}

const sha256 = (data: Buffer): string => createHash('sha256').update(data).digest('hex');

/** Cameras of strangers write no metadata. */
const numberedCamera = ({ cast }: Plan, { camera }: Variant): string | null =>
  cast.exhibits.some((exhibit) => exhibit.camera.id === camera) ? camera : null;

const drawFile = async (staging: string, plan: Plan, file: PlannedFile): Promise<Drawn> => {
  const { path, modifiedMs } = file;
  const plain = { frames: [], edits: [], floor: false, device: null, fault: null } as const;
  switch (file.kind) {
    case 'picture': {
      const { variant } = file;
      const data = await readFile(variantPath(staging, variant.id));
      const others = variant.edits.flatMap((edit) => (edit.kind === 'collage' ? edit.frames : []));
      return {
        path,
        modifiedMs,
        data,
        truth: {
          kind: 'picture',
          frames: [variant.frame.id, ...others],
          edits: variant.edits,
          floor: isWithinFloor(variant.edits),
          device: numberedCamera(plan, variant),
          fault: null,
        },
      };
    }
    case 'paper': {
      const { kind, data } = drawPaper(createRandom(file.seed));
      return { path, modifiedMs, data, truth: { ...plain, kind } };
    }
    case 'spoiled': {
      const random = createRandom(file.seed);
      const variant = random.pick(
        plan.variants.filter(({ edits, frame: { kind } }) => edits.length === 0 && kind === 'room'),
      );
      const { fault, data } = spoil(random, file.fault, await readFile(variantPath(staging, variant.id)));
      // What is left of a truncated picture still shows a part of its frame.
      const shown = fault === 'truncated' ? { frames: [variant.frame.id], device: numberedCamera(plan, variant) } : {};
      return { path, modifiedMs, data, truth: { ...plain, ...shown, kind: 'broken', fault } };
    }
  }
};

/** Everything that needs a core: rooms and cards first, then their copies. */
const drawVariants = async (
  plan: Plan,
  films: readonly FilmPlan[],
  staging: string,
  options: DrawOptions,
): Promise<ReadonlyMap<string, readonly { object: string; share: number }[]>> => {
  const cameras = new Map(plan.cast.exhibits.map(({ camera }) => [camera.id, camera]));
  // Long tasks first, so that no thread waits at the end.
  const masters: Task[] = [
    ...plan.library.rooms.map((room): Task => ({
      kind: 'room',
      room,
      film: films.find((film) => film.room === room.id),
    })),
    ...plan.library.drawn.map((frame): Task => ({ kind: 'print', frame })),
  ];
  const copies = plan.variants.map((variant): Task => ({
    kind: 'variant',
    variant,
    camera: variant.camera === null ? null : (cameras.get(variant.camera) ?? null),
  }));
  // Progress counts files: a master stands for the copies that follow from it.
  const total = masters.length + copies.length;
  let done = 0;
  const step = (): void => options.onProgress?.(++done, total);
  const pool = createPool(staging, options.threads);
  try {
    const results = await pool.run(masters, step);
    await pool.run(copies, step);
    return new Map(results.flatMap(({ objects }) => objects.map(({ frame, objects: seen }) => [frame, seen] as const)));
  } finally {
    await pool.close();
  }
};

/** Files of one exhibit in a shuffled order, archives inside it packed, and the truth about each. */
const assemble = async (
  staging: string,
  plan: Plan,
  films: readonly FilmPlan[],
  chats: readonly DrawnChatFile[],
  exhibit: Exhibit,
): Promise<{ files: ExhibitFile[]; truth: TruthFile[] }> => {
  const truth: TruthFile[] = [];
  const note = (drawn: Drawn, containers: readonly string[]): void => {
    truth.push({
      exhibit: exhibit.reference,
      path: [...containers, drawn.path].join('/'),
      containers,
      sha256: sha256(drawn.data),
      bytes: drawn.data.length,
      ...drawn.truth,
    });
  };
  const ofBox = async (box: NestedArchive | null): Promise<Drawn[]> => {
    const chosen = plan.files.filter(
      (file) => file.exhibit === exhibit.reference && file.nested === (box?.index ?? null),
    );
    const drawn: Drawn[] = [];
    for (const file of chosen) drawn.push(await drawFile(staging, plan, file));
    for (const one of drawn) note(one, box ? [box.path] : []);
    return drawn;
  };
  const files: ExhibitFile[] = await ofBox(null);
  for (const film of await filmsOf(staging, films, exhibit.reference)) {
    note(film, []);
    files.push(film);
  }
  for (const box of plan.nested.filter(({ exhibit: owner }) => owner === exhibit.reference)) {
    const data = packFiles(box.kind, await ofBox(box));
    const archive = { path: box.path, modifiedMs: box.modifiedMs, data };
    note(
      { ...archive, truth: { kind: 'archive', frames: [], edits: [], floor: false, device: null, fault: null } },
      [],
    );
    files.push(archive);
  }
  const shuffled = createRandom(`order/${plan.seed}/${exhibit.reference}`).shuffle(files);
  for (const file of chats.filter(({ exhibit: owner }) => owner === exhibit.reference)) {
    for (const one of file.inside) note(one, [file.path]);
    note(file, []);
    shuffled.push(file);
  }
  return { files: shuffled, truth };
};

/** Draws the operation into `out`. The same options give the same bytes. */
export const drawOperation = async (options: DrawOptions): Promise<Summary> => {
  const startedMs = Date.now();
  const plan = createPlan(options.scale, options.seed);
  const films = (await hasFfmpeg()) ? planFilms(options.scale, plan.cast, plan.library) : [];
  await mkdir(options.out, { recursive: true });
  const staging = await mkdtemp(join(options.out, '.drawing-'));
  try {
    const objects = await drawVariants(plan, films, staging, options);
    const chats = await drawWorldChats(staging, plan);
    const truthFiles: TruthFile[] = [];
    const exhibits: ExhibitEntry[] = [];
    for (const exhibit of plan.cast.exhibits) {
      const { files, truth } = await assemble(staging, plan, films, chats.files, exhibit);
      const source = ['exhibits', exhibit.agency, exhibit.case, exhibitFileName(exhibit.reference, exhibit.kind)].join(
        '/',
      );
      await writeExhibit(join(options.out, source), exhibit.kind, files);
      truthFiles.push(...truth);
      const { reference, agency, title, kind } = exhibit;
      exhibits.push({ reference, case: exhibit.case, agency, title, kind, source, files: truth.length });
    }
    const pictures = truthFrames(allFrames(plan.library), objects);
    const frames = [...pictures, ...films.map(filmFrame)];
    const truth: Truth = {
      operation: options.operation,
      scale: options.scale,
      seed: options.seed,
      frames,
      files: truthFiles,
      nearMisses: nearMisses(pictures),
      chats: chats.truth,
    };
    const lists = await drawLists(options.out, plan, truth, staging);
    const operation: OperationFile = {
      operation: { reference: 'OP-TANTALUS', name: 'Tantalus', scale: options.scale, seed: options.seed },
      agencies: plan.cast.agencies,
      cases: plan.cast.cases,
      exhibits,
      lists,
    };
    await writeFile(join(options.out, 'truth.json'), `${JSON.stringify(truth, null, 1)}\n`);
    await writeFile(join(options.out, 'operation.json'), `${JSON.stringify(operation, null, 2)}\n`);
    return {
      ...operation,
      files: truthFiles.length,
      pictures: truthFiles.filter(({ kind }) => kind === 'picture').length,
      frames: frames.length,
      bytes: truthFiles.reduce((sum, { bytes }) => sum + bytes, 0),
      durationMs: Date.now() - startedMs,
    };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
};
