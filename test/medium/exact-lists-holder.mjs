// Adds to exact lists and merges them until it is killed: `exact-lists-holder.mjs FOLDER FROM`. Prints the number of each batch once it is kept.
import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { ExactListWriter } from '../../packages/server/dist/lists/index.js';

const [, , folder, from] = process.argv;
const BATCH = 3_000;
const LIST = {
  id: '00000000-0000-4000-8000-000000000001',
  agencyId: '00000000-0000-4000-8000-000000000002',
  polarity: 'known-good',
};

const writer = ExactListWriter.open(folder, { memoryBytes: 8_192 });
for (let batch = Number(from); ; batch++) {
  await writer.addRun('sha1', [LIST], ({ add }) => {
    for (let i = 0; i < BATCH; i++) add(createHash('sha1').update(`${batch}/${i}`).digest(), 0, batch);
  });
  writeSync(1, `${batch}\n`);
  while (writer.merge('sha1')) writeSync(1, '');
}
