// Whether each message is read as it was written: its time, author, words, what became of it, what it carries; and that none is invented.
import { everyLocale, plain, readAll } from './sets.mjs';

export const prepare = async ({ seed, say }) => {
  const drawn = everyLocale(seed);
  say(`reading ${drawn.exports.length} exports`);
  return { drawn, reads: await readAll(drawn) };
};

const WRITTEN_BY_PROGRAM = new Set(['system', 'deleted', 'empty']);

/** What is wrong with a message as it was read; null: nothing. */
const wrongWith = (entry, message, people) => {
  const author = message.author === null ? null : plain(people[message.author].name);
  const text = (of) => (WRITTEN_BY_PROGRAM.has(entry.kind) ? '' : plain(of));
  const told = (event) =>
    event && JSON.stringify([event.type, event.actor && plain(event.actor), event.targets.map(plain), event.subject]);
  const carried = (attachment) =>
    attachment && [attachment.name, attachment.media, attachment.state === 'omitted'].join('/');
  const facets = {
    time: [entry.local, message.time.local],
    'time as written': [true, plain(entry.head).includes(plain(message.time.text).replace(/^\[|\]$/gu, ''))],
    kind: [entry.kind, message.kind],
    author: [entry.author === null ? null : plain(entry.author), author],
    text: [text(entry.text), text(message.text)],
    edited: [entry.edited, message.edited],
    event: [told(entry.event), told(message.event)],
    attachment: [carried(entry.attachment) ?? null, carried(message.attachments[0]) ?? null],
    options: [JSON.stringify(entry.options), JSON.stringify(message.options ?? [])],
  };
  if (entry.kind === 'location') facets.text = [true, plain(message.text).includes(plain(entry.text))];
  const facet = Object.keys(facets).find((name) => facets[name][0] !== facets[name][1]);
  return facet === undefined ? null : `${facet}: ${facets[facet][1]}, not ${facets[facet][0]}`;
};

const AHEAD = 40;

/** Pairs what was read with what is true, in order: what stands in between on one side alone is missing, or invented. */
export const besideTruth = (entries, messages) => {
  const pairs = [];
  let invented = 0;
  let j = 0;
  for (const entry of entries) {
    const near = messages.slice(j, j + AHEAD);
    const sameTime = (message) => message.time.local === entry.local;
    const sameAuthor = (message) => (message.author === null) === (entry.author === null);
    const exact = near.findIndex((message) => sameTime(message) && sameAuthor(message));
    const ahead = exact >= 0 ? exact : near.findIndex(sameTime);
    if (ahead < 0) pairs.push([entry, null]);
    else {
      invented += ahead;
      pairs.push([entry, near[ahead]]);
      j += ahead + 1;
    }
  }
  return { pairs, invented: invented + messages.length - j };
};

const count = ({ drawn, reads }, say = () => undefined) => {
  const totals = { right: 0, all: 0, invented: 0 };
  for (const { id, told } of drawn.exports) {
    const { messages, people } = reads.get(id);
    const { pairs, invented } = besideTruth(told.entries, messages);
    const wrong = pairs
      .map(([entry, message]) => [entry, message === null ? 'missing' : wrongWith(entry, message, people)])
      .filter(([, why]) => why !== null);
    totals.all += pairs.length;
    totals.right += pairs.length - wrong.length;
    totals.invented += invented;
    const name = `${told.teller.locale.tag} ${told.teller.platform}`;
    if (wrong.length + invented > 0) say(`${name}: ${wrong.length} of ${pairs.length} wrong, ${invented} invented`);
    for (const [{ head, kind, author, text, event }, why] of wrong.slice(0, 5))
      say(`  ${head} ${author ?? ''} ${kind} ${event?.type ?? ''} ${text.slice(0, 60)}: ${why}`);
  }
  return totals;
};

const setOf = (drawn) =>
  `${drawn.exports.length} drawn exports of ${drawn.groups.length} groups, every language of ${new Set(drawn.exports.map(({ told }) => told.teller.locale.tag)).size} on iPhone and Android; time, author, kind, words, events, files and their names`;

export const rows = [
  {
    name: 'messages-right',
    unit: 'share',
    better: 'higher',
    bar: 0.995,
    runs: 1,
    run: ({ say }, { messages }) => {
      const { right, all } = count(messages, say);
      return { value: right / all, n: all, set: setOf(messages.drawn) };
    },
  },
  {
    name: 'messages-invented',
    unit: 'messages',
    better: 'lower',
    bar: 0,
    runs: 1,
    run: (_context, { messages }) => {
      const { all, invented } = count(messages);
      return { value: invented, n: all, set: setOf(messages.drawn) };
    },
  },
];
