// Drawn chats for the rows of the suite, read by our readers and laid beside their truth.
import { createHash } from 'node:crypto';
import { CHAT_LOCALES, drawChats } from '../../../packages/synth/dist/index.js';
import { CHAT_HEAD_BYTES, detectChat, readChat } from '../../../packages/server/dist/formats/chats/index.js';

/** BENCH_SCALE=0.1 tries the suite on short chats; figures count at 1 only. */
export const SCALE = Number(process.env['BENCH_SCALE'] ?? 1);
const KINDS = [
  ['image', 'jpg'],
  ['image', 'jpg'],
  ['image', 'jpg'],
  ['video', 'mp4'],
  ['audio', 'opus'],
  ['sticker', 'webp'],
  ['document', 'pdf'],
];

/** Bytes of nothing: readers name files and never open them. */
const mediaOf = (seed, count) =>
  Array.from({ length: count }, (_, i) => {
    const [kind, extension] = KINDS[i % KINDS.length];
    return { id: `media-${i}`, kind, extension, data: Buffer.from(`file ${i} of ${seed}`), of: null };
  });

/** Two exports of each of as many groups as there are languages: every language on both platforms. */
export const everyLocale = (seed) =>
  drawChats({
    seed: `${seed}-locales`,
    groups: CHAT_LOCALES.length,
    messages: Math.round(800 * SCALE),
    exports: 2,
    media: mediaOf(seed, 420),
  });

/** Fewer groups, told by four members each. */
export const severalTellers = (seed) =>
  drawChats({
    seed: `${seed}-tellers`,
    groups: 6,
    messages: Math.round(1200 * SCALE),
    exports: 4,
    media: mediaOf(seed, 210),
  });

/** The bytes in pieces that end anywhere. */
async function* inPieces(data) {
  for (let at = 0; at < data.length; at += 65_521) yield data.subarray(at, at + 65_521);
}

/** What a reader gives of an export: its conversation, people and messages. */
export const readExport = async ({ told }) => {
  const [text, ...files] = told.files;
  const path = `${told.title}/${text.name}`;
  const format = detectChat(path, text.data.subarray(0, CHAT_HEAD_BYTES));
  if (format === null)
    return { conversation: null, people: [], messages: [], notes: [{ code: 'not told to be a chat' }] };
  const source = { path, beside: new Set(files.map(({ name }) => name)), open: () => inPieces(text.data) };
  const read = { conversation: null, people: [], messages: [], notes: [] };
  for await (const item of readChat(source, format)) {
    if (item.item === 'conversation') read.conversation = item;
    else if (item.item === 'participant') read.people.push(item);
    else if (item.item === 'message') read.messages.push(item);
    else read.notes.push(item);
  }
  return read;
};

export const readAll = async (drawn) => {
  const reads = new Map();
  for (const chat of drawn.exports) reads.set(chat.id, await readExport(chat));
  return reads;
};

/** Without marks that cannot be seen, and with one kind of space. */
export const plain = (text) =>
  text
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\u00a0\u202f]+/gu, ' ')
    .trim();

export const digestOf = ({ told }, name) => {
  const file = told.files.find((of) => of.name === name);
  return file === undefined ? null : createHash('sha256').update(file.data).digest('hex');
};
