// `node scripts/train-vocabulary.mjs --set NAME LICENCE FOLDER [--set ...] [--drawn 60] --out FILE`: trains the vocabulary of visual words on the pictures
// below each folder and on drawn rooms. Accuracy may be claimed on no picture that took part: the file names its sets. The same pictures
// in the same order give the same file.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { encodeVocabulary } from '../packages/core/dist/kernels/index.js';
import { collectDescriptors } from './lib/vocabulary/descriptors.mjs';
import { trainParts } from './lib/vocabulary/train.mjs';

const { values, positionals } = parseArgs({
  options: { set: { type: 'boolean', multiple: true }, drawn: { type: 'string' }, out: { type: 'string' } },
  allowPositionals: true,
});
const sets = Array.from({ length: values.set?.length ?? 0 }, (_, i) => {
  const [set, licence, folder] = positionals.slice(3 * i, 3 * i + 3);
  return { set, licence, folder };
});
if (values.out === undefined || sets.length === 0 || positionals.length !== 3 * sets.length) {
  console.error(
    'Usage: node scripts/train-vocabulary.mjs --set NAME LICENCE FOLDER [--set ...] [--drawn 60] --out FILE',
  );
  process.exit(2);
}

const say = (line) => console.error(line);
const { descriptors, trainedOn } = await collectDescriptors(sets, Number(values.drawn ?? 60), say);
const count = descriptors.length / 128;
say(`${count} descriptors`);
const bytes = encodeVocabulary(trainParts(descriptors, say), { trainedOn, descriptors: count });
writeFileSync(values.out, bytes);
say(`${values.out}: ${bytes.length} bytes`);
