// Whether exports of one group are told to be that, message by message, with the offset of their clocks; and whether other groups are left apart, though people, chain messages
// and pictures are in several.
import { alignChats, wallSeconds } from '../../../packages/core/dist/chats/index.js';
import { zoneSeconds } from '../../../packages/synth/dist/index.js';
import { digestOf, readAll, severalTellers } from './sets.mjs';

export const prepare = async ({ seed, say }) => {
  const drawn = severalTellers(seed);
  say(`reading ${drawn.exports.length} exports`);
  const reads = await readAll(drawn);
  const conversations = new Map(drawn.exports.map((chat) => [chat.id, conversationOf(chat, reads.get(chat.id))]));
  return { drawn, compared: compareAll(drawn, conversations, say) };
};

const conversationOf = (chat, { conversation, people, messages }) => ({
  subjects: [conversation.subject, ...messages.map(({ event }) => event?.subject)].filter((subject) => subject != null),
  messages: messages.map(({ position, time, kind, author, text, edited, event, attachments }) => ({
    position,
    timeS: time.local === null ? null : wallSeconds(time.local),
    precisionS: time.local?.length === 16 ? 60 : 1,
    kind,
    author: author === null ? null : people[author].name,
    text,
    edited,
    event,
    attachments: attachments.map(({ name, media }) => ({ name, media, sha256: digestOf(chat, name) })),
  })),
});

/** Of an entry of the truth, by position: positions are the same where every message was read. */
const entriesOf = ({ told }) => new Map(told.entries.map((entry) => [entry.position, entry.of]));

const compareAll = (drawn, conversations, say) => {
  const totals = { right: 0, wrong: 0, possible: 0, falsely: 0, offsets: [], minutes: [] };
  drawn.exports.forEach((a, i) => {
    for (const b of drawn.exports.slice(i + 1)) {
      const aligned = alignChats(conversations.get(a.id), conversations.get(b.id));
      if (a.group !== b.group) {
        if (aligned === null) continue;
        totals.falsely += 1;
        totals.wrong += aligned.pairs.length;
        say(`${a.id} and ${b.id} are two groups, and were taken for one`);
        continue;
      }
      const [inA, inB] = [entriesOf(a), entriesOf(b)];
      const ofB = new Set([...inB.values()].filter((of) => of !== null));
      totals.possible += [...inA.values()].filter((of) => ofB.has(of)).length;
      if (aligned === null) {
        say(`${a.id} and ${b.id} are one group, and were not told to be`);
        continue;
      }
      for (const pair of aligned.pairs) {
        const [one, other] = [inA.get(pair.a), inB.get(pair.b)];
        // Notices that each phone writes for itself are of no entry.
        if (one === other && one !== null) totals.right += 1;
        else if (one !== other) totals.wrong += 1;
      }
      const worst = worstOffset(drawn, a, b, aligned);
      const both = [a, b].every(({ told }) => told.teller.platform === 'android');
      totals[both ? 'minutes' : 'offsets'].push(worst);
    }
  });
  return totals;
};

/** How far the offset of any stretch is from the truth at its first message that both have. */
const worstOffset = ({ groups }, a, b, { pairs, stretches }) => {
  const at = new Map(groups.find(({ id }) => id === a.group).entries.map(({ id, atMs }) => [id, atMs]));
  const entries = entriesOf(a);
  const seconds = ({ zone, clockS }, atMs) => zoneSeconds(zone, atMs) + clockS;
  return Math.max(
    ...stretches.map(({ fromA, offsetS }) => {
      const first = pairs.find((pair) => pair.a >= fromA && at.has(entries.get(pair.a)));
      const atMs = at.get(entries.get(first.a));
      return Math.abs(seconds(b.told.teller, atMs) - seconds(a.told.teller, atMs) - offsetS);
    }),
  );
};

const setOf = ({ exports, groups }) =>
  `${exports.length} drawn exports of ${groups.length} groups, every one against every other: clocks up to 40 s wrong, zones with and without daylight saving, other names and languages, stretches and files missing`;

export const rows = [
  {
    name: 'merged-right',
    unit: 'share',
    better: 'higher',
    bar: 0.99,
    runs: 1,
    run: (_context, { merged: { drawn, compared } }) => ({
      value: compared.right / (compared.possible + compared.wrong),
      n: compared.possible,
      set: `${setOf(drawn)}; ${compared.falsely} of other groups merged`,
    }),
  },
  {
    name: 'merged-offset',
    unit: 's',
    better: 'lower',
    bar: 2,
    runs: 1,
    run: (_context, { merged: { drawn, compared } }) => ({
      value: Math.max(...compared.offsets),
      n: compared.offsets.length,
      set: `worst stretch of any pair of which one tells seconds; ${Math.max(0, ...compared.minutes).toFixed(1)} s where both tell minutes (${compared.minutes.length} pairs); ${setOf(drawn)}`,
    }),
  },
];
