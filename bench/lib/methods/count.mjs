// Counts how often each method takes different pictures for the same: every pair of a set in which no picture occurs twice.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { METHODS, signalOf } from '../../../packages/core/dist/signals/index.js';
import { loadConfig } from '../../../packages/server/dist/app/config.js';
import { createDecoder, decoderOptionsOf, identifyFurther } from '../../../packages/server/dist/media/index.js';

export const pictureMethods = () => METHODS.filter(({ mediaTypes }) => mediaTypes.includes('picture'));

/** Signals of `pictures` ({ file, ... }) through the decoder children that an ingest uses; local features take longest. One that cannot be read is an error. */
export const readSignals = async (pictures, { hashesAlone = false, say = () => {} } = {}) => {
  const options = decoderOptionsOf(loadConfig());
  const decoders = Array.from({ length: availableParallelism() }, () => createDecoder(options));
  const media = new Array(pictures.length);
  let next = 0;
  const drive = async (decoder) => {
    for (let at = next++; at < pictures.length; at = next++) {
      media[at] = await readOne(decoder, pictures[at], hashesAlone);
      if (at % 200 === 0) say(`${at} of ${pictures.length} read`);
    }
  };
  try {
    await Promise.all(decoders.map(drive));
  } finally {
    await Promise.all(decoders.map((decoder) => decoder.close()));
  }
  return media;
};

const readOne = async (decoder, picture, hashesAlone) => {
  const bytes = await readFile(picture.file);
  const { mime } = await identifyFurther(bytes);
  const { signals } = await (hashesAlone ? decoder.decode(bytes, { mime }) : decoder.measure(bytes, { mime }));
  return { ...picture, sha256: createHash('sha256').update(bytes).digest('hex'), signals };
};

/** { method name: { comparisons, errors, nearMisses, nearMissErrors, wrong: [file, file][] } } */
export const countErrors = (media, say) => {
  const methods = pictureMethods();
  const counts = Object.fromEntries(
    methods.map(({ name }) => [name, { comparisons: 0, errors: 0, nearMisses: 0, nearMissErrors: 0, wrong: [] }]),
  );
  media.forEach((a, i) => {
    if (i % 100 === 0) say(`comparing ${i} of ${media.length} with all that follow`);
    for (const b of media.slice(i + 1)) {
      for (const method of methods) {
        const [signalA, signalB] = [signalOf(a.signals, method), signalOf(b.signals, method)];
        if (signalA === undefined || signalB === undefined) continue;
        add(counts[method.name], method.compare(signalA, signalB).grade !== null, a, b);
      }
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
