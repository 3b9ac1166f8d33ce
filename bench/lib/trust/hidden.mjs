// How long an agency waits, with and without what another hides: a difference would tell that something is there.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { answerSearches } from '../../../packages/server/dist/features/search/index.js';
import { openStore } from '../../../packages/server/dist/store/index.js';
import { drawJpeg } from '../../../packages/synth/dist/index.js';
import { openWorld } from '../ingest/world.mjs';
import { median } from '../statistics.mjs';

const FILES = 40;
const ROUNDS = 15;
const OTHER = { agency: 'Other', login: 'other', caseReference: 'O-1' };

/** Windows of one drawn room each, the same for a name. */
const drawFiles = async ({ tempDir, seed }, name) => {
  const folder = join(tempDir, name.replaceAll(' ', '-'));
  mkdirSync(folder, { recursive: true });
  const room = await drawJpeg({ seed: `hidden ${seed} ${name}`, width: 2_400, height: 1_800 });
  for (let i = 0; i < FILES; i += 1) {
    const window = { left: (i * 97) % 800, top: (i * 61) % 600, width: 1_600, height: 1_200 };
    writeFileSync(join(folder, `${i}.jpg`), await sharp(room).extract(window).jpeg({ quality: 85 }).toBuffer());
  }
  return folder;
};

const timed = async (work) => {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
};

/** Seconds until files are decoded that nobody has, and until files are that another agency has. */
const ingestTimes = async (context) => {
  const world = await openWorld(context);
  try {
    await world.addOfficer(OTHER);
    const [fresh, held] = [
      await drawFiles(context, `fresh ${context.run}`),
      await drawFiles(context, `held ${context.run}`),
    ];
    await world.ingest(held, 'held', { as: OTHER });
    const seconds = {};
    // In turns, so that neither always finds the processes warmer.
    const both = [
      ['fresh', fresh],
      ['held', held],
    ];
    for (const [name, folder] of context.run % 2 === 0 ? both : both.reverse())
      seconds[name] = (await world.ingest(folder, name)).seconds;
    return seconds;
  } finally {
    await world.close();
  }
};

/** Milliseconds of a search by picture where another agency hides the pictures that are searched by, or nothing. */
const searchTimes = async (context, isHidden) => {
  const world = await openWorld(context);
  const searching = await openStore(world.config, { roles: ['app', 'matcher'] });
  try {
    await world.addOfficer(OTHER);
    const asker = await world.addOfficer({ agency: 'Asker', login: 'asker', caseReference: 'A-1' });
    await world.ingest(await drawFiles(context, 'seen'), 'seen', { as: { login: 'asker', caseReference: 'A-1' } });
    const hidden = await drawFiles(context, 'not seen');
    if (isHidden) await world.ingest(hidden, 'not seen', { as: OTHER });
    const ask = answerSearches(searching);
    const ctx = { actor: asker, purpose: 'benchmark', requestId: 'benchmark' };
    const times = [];
    for (let round = -2; round < ROUNDS; round += 1) {
      const bytes = readFileSync(join(hidden, `${(round + 2) % FILES}.jpg`));
      const ms = await timed(() => ask({ op: 'picture', ctx, bytes, limit: 10 }));
      if (round >= 0) times.push(ms);
    }
    return median(times);
  } finally {
    await searching.close();
    await world.close();
  }
};

export const rows = [
  {
    name: 'hidden-ingest',
    unit: 's',
    better: 'lower',
    run: async (context) => {
      const { fresh, held } = await ingestTimes(context);
      return {
        value: held,
        n: FILES,
        set: `${FILES} drawn pictures that another agency has, hidden, until they are decoded and matched`,
        peer: 'the same number that nobody has',
        peerVersion: null,
        peerValue: fresh,
      };
    },
  },
  {
    name: 'hidden-search',
    unit: 'ms',
    better: 'lower',
    run: async (context) => {
      const [withHidden, without] = [await searchTimes(context, true), await searchTimes(context, false)];
      return {
        value: withHidden,
        n: ROUNDS,
        set: `search by a picture that another agency hides, among ${FILES} of one's own`,
        peer: 'the same where nobody hides it',
        peerVersion: null,
        peerValue: without,
      };
    },
  },
];
