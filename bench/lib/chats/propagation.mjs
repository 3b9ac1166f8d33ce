// Whether the ways of pictures through the groups of the sample operation are told as they were: drawn, taken in, read, aligned and compared by the program as the demonstration does
// it; each picture that was posted and of which some export still has a file, every time that it was, by whom, and in the right order.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { loadConfig } from '../../../packages/server/dist/app/config.js';
import { postingsOf } from '../../../packages/server/dist/features/chats/index.js';
import { openStore } from '../../../packages/server/dist/store/index.js';
import { PROGRAM } from '../ingest/world.mjs';
import { plain } from './sets.mjs';

export const prepare = async ({ seed, say, tempDir }) => {
  const data = join(tempDir, 'chats');
  say('drawing and taking in the sample operation');
  const args = ['demo', '--no-serve', '--data', data, '--seed', String(seed), '--scale', 'small'];
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let notes = '';
  child.stderr.on('data', (chunk) => (notes = `${notes}${chunk}`.slice(-2_000)));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`redthread demo ended with ${code}\n${notes}`);
  const truth = JSON.parse(readFileSync(join(data, 'world', `tantalus-small-${seed}`, 'truth.json'), 'utf8'));
  const store = await openStore(loadConfig({ data, env: {} }), { roles: ['owner', 'app'] });
  const { rows } = await sql`select id, agency_id, login from users order by created_at limit 1`.execute(store.owner);
  const [user] = rows;
  const actor = { userId: user.id, agencyId: user.agency_id, login: user.login, roles: ['officer'] };
  return { chats: truth.chats, store, ctx: { actor, purpose: 'bench', requestId: 'bench' } };
};

export const finish = async (_context, prepared) => prepared?.store.close();

/** The group and entry of a message, by the truth of its export. */
const entryOf = ({ exports, groups }, { chat, position }) => {
  const told = exports.find(
    ({ exhibit, group }) =>
      exhibit === chat.exhibit.reference && groups.find(({ id }) => id === group).subjects.includes(chat.subject),
  );
  return { told, entry: told?.entries.find((entry) => entry.position === position)?.of ?? null };
};

/** Of a frame: what was posted and can be known, in the order of time. */
const knowable = ({ exports, postings }, frame) => {
  const withFile = new Set(
    exports.flatMap(({ entries }) =>
      entries.filter(({ attachment }) => attachment?.state === 'present').map(({ of }) => of),
    ),
  );
  return postings.filter((posting) => posting.frame === frame && withFile.has(posting.entry));
};

const wrongWith = (chats, item, posting) => {
  const { told, entry } = entryOf(chats, item);
  if (entry !== posting.entry) return `${entry}, not ${posting.entry}`;
  const names = told.names[posting.author] ?? [];
  if (!names.includes(plain(item.author?.name ?? ''))) return `by ${item.author?.name}, not ${names.join(' or ')}`;
  const { people, stays } = chats.groups.find(({ id }) => id === posting.group);
  const isIn = (id) =>
    stays.some(
      ({ person, fromMs, toMs }) => person === id && posting.atMs >= fromMs && (toMs === null || posting.atMs <= toMs),
    );
  const here = new Set(item.members.map(({ name }) => plain(name)));
  const wrong = people.filter(({ id }) => {
    const shown = told.names[id];
    // Whom this export never names it cannot count.
    return shown !== undefined && id !== told.person && shown.some((name) => here.has(name)) !== isIn(id);
  });
  return wrong.length === 0 ? null : `members: ${wrong.map(({ name }) => name).join(', ')}`;
};

export const rows = [
  {
    name: 'propagation',
    unit: 'share',
    better: 'higher',
    bar: 1,
    runs: 1,
    run: async ({ say }, { propagation: { chats, store, ctx } }) => {
      let [right, all] = [0, 0];
      const frames = [...new Set(chats.postings.map(({ frame }) => frame))];
      for (const frame of frames) {
        const wanted = knowable(chats, frame);
        if (wanted.length === 0) continue;
        const { rows: media } = await sql`select id from media where sha256 = decode(${wanted[0].sha256}, 'hex')
          order by agency_id = ${ctx.actor.agencyId}::uuid desc, id limit 1`.execute(store.owner);
        const { items } = media.length === 0 ? { items: [] } : await postingsOf(store, ctx, media[0].id);
        all += Math.max(wanted.length, items.length);
        wanted.forEach((posting, i) => {
          const why = items[i] === undefined ? 'not found' : wrongWith(chats, items[i], posting);
          if (why === null) right += 1;
          else say(`${frame} in ${posting.group}: ${why}`);
        });
        if (items.length > wanted.length) say(`${frame}: ${items.length} postings, not ${wanted.length}`);
      }
      return {
        value: right / all,
        n: all,
        set: `times that a picture was posted in the sample operation (6 exports of 2 groups, two agencies): message, sender, members and order`,
      };
    },
  },
];
