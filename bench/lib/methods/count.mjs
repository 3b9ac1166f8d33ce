// Counts how often each method takes different pictures for the same: every pair of a set in which no picture occurs twice.
import { compareMedia } from '../../../packages/core/dist/graph/index.js';
import { METHODS, signalOf } from '../../../packages/core/dist/signals/index.js';
import { comparableFile, createFileReader } from '../../../packages/server/dist/features/compare/index.js';

export const pictureMethods = () => METHODS.filter(({ mediaTypes }) => mediaTypes.includes('picture'));

/** Signals of `pictures` ({ file, group }) through the decoder children that an ingest uses; one that cannot be read is an error. */
export const readSignals = async (pictures) => {
  const groups = new Map(pictures.map(({ file, group }) => [file, group]));
  const media = [];
  const reader = createFileReader();
  const onUnread = ({ file, detail }) => {
    throw new Error(`${file}: ${detail}`);
  };
  try {
    for await (const read of reader.read(groups.keys(), onUnread)) {
      if (read.image === null) throw new Error(`${read.file}: ${read.notes.map(({ code }) => code).join(', ')}`);
      media.push({ ...comparableFile(read), group: groups.get(read.file) });
    }
  } finally {
    await reader.close();
  }
  return media;
};

/** { method name or 'together': { comparisons, errors, nearMisses, nearMissErrors, wrong: [file, file][] } } */
export const countErrors = (media, say) => {
  const methods = pictureMethods();
  const counts = Object.fromEntries(
    [...methods.map(({ name }) => name), 'together'].map((name) => [
      name,
      { comparisons: 0, errors: 0, nearMisses: 0, nearMissErrors: 0, wrong: [] },
    ]),
  );
  media.forEach((a, i) => {
    if (i % 100 === 0) say(`comparing ${i} of ${media.length} with all that follow`);
    for (const b of media.slice(i + 1)) {
      for (const method of methods) {
        const [signalA, signalB] = [signalOf(a.signals, method), signalOf(b.signals, method)];
        if (signalA === undefined || signalB === undefined) continue;
        add(counts[method.name], method.compare(signalA, signalB).grade !== null, a, b);
      }
      add(counts.together, compareMedia(a, b).grade !== 'none', a, b);
    }
  });
  return counts;
};

const add = (count, isError, a, b) => {
  const isNearMiss = a.group === b.group;
  count.comparisons += 1;
  if (isNearMiss) count.nearMisses += 1;
  if (!isError) return;
  count.errors += 1;
  if (isNearMiss) count.nearMissErrors += 1;
  count.wrong.push([a.file, b.file]);
};
