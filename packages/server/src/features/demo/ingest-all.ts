// Ingests every exhibit of the drawn operation, and waits until all of it is decoded and compared, by parts too.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WORK_STAGES } from '@redthread/core/contract';
import type { Io } from '../../app/cli/io.js';
import { dim, thousands } from '../../app/cli/table.js';
import type { Store } from '../../store/index.js';
import { areParted, ingestExhibit, keepProcessing, readProgress } from '../exhibits/index.js';
import type { DrawnWorld } from './drawn-world.js';
import type { DemoPeople } from './seed.js';

const POLL_MS = 200;

/** The next exhibit is walked while the last one is decoded; one set of workers serves them all. */
export const ingestAll = async (
  io: Io,
  store: Store<'app' | 'worker'>,
  world: DrawnWorld,
  people: DemoPeople,
): Promise<void> => {
  const processing = keepProcessing(store, (line) => io.note(line));
  try {
    const exhibitIds: string[] = [];
    for (const { agency, case: caseReference, files, kind, reference, source, title } of world.operation.exhibits) {
      const actor = people.actors.get(agency) ?? people.coordinator;
      const input = { caseReference, exhibitReference: reference, source: join(world.folder, source), inPlace: false };
      const { exhibit } = await ingestExhibit(store, actor, input, { wait: false });
      io.note(`  ${reference}  ${thousands(files).padStart(5)} files  ${dim(`${kind}, ${title}`, io.colour)}`);
      exhibitIds.push(exhibit.exhibitId);
    }
    await untilComplete(io, store, exhibitIds);
  } finally {
    await processing.stop();
  }
};

/** Metadata is read later: nothing here hangs on it. */
const AWAITED = WORK_STAGES.filter((stage) => stage !== 'metadata');

const untilComplete = async (io: Io, store: Store<'worker'>, exhibitIds: readonly string[]): Promise<void> => {
  for (;;) {
    const all = await Promise.all(exhibitIds.map((id) => readProgress(store.worker, id)));
    const line = AWAITED.map((stage) => {
      const own = all.flatMap(({ stages }) => stages.filter((one) => one.stage === stage));
      const sum = (read: (one: (typeof own)[number]) => number): string =>
        thousands(own.reduce((n, one) => n + read(one), 0));
      return `${stage} ${sum(({ done }) => done)} of ${sum(({ total }) => total ?? 0)}`;
    });
    io.live([`  ${line.join('   ')}`]);
    const isCompared = all.every((one) => one.state === 'complete' && areParted(one));
    if (isCompared) break;
    await sleep(POLL_MS);
  }
  io.settle();
};
