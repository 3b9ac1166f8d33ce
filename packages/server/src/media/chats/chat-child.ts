// Entry of the child that reads chat exports, one after the other: it asks for the bytes as often as it needs them, answers items with what is worked out of their text, and ends when its parent
// does.
import { foldText, leadsIn, textKey, type ChatItem } from '@redthread/core/chats';
import { isRedthreadError } from '@redthread/core/errors';
import { readChat, type ChatSource } from '../../formats/chats/index.js';
import { dropPrivileges } from '../child/drop-privileges.js';
import { readFrames, writeFrame } from '../child/frames.js';
import { REPORTED_CODES, type FromChild, type ReadRequest, type ToChild } from './protocol.js';

const ITEMS_AT_ONCE = 2_000;
const UNITS_AT_ONCE = 1_000_000;
/** Shorter ones ("ok", "see you") stand in every conversation and say nothing of two. */
const LEAST_KEYED_BYTES = 10;

const frames = readFrames();
const tell = (header: FromChild, payload?: Buffer): void => writeFrame(header, payload === undefined ? [] : [payload]);

const nextFrame = async (): Promise<{ readonly header: ToChild; readonly payload: Buffer }> => {
  const frame = await frames.next();
  if (frame === null) process.exit(1);
  return { header: frame.header as ToChild, payload: frame.payload };
};

let opened = 0;
/** What was sent of a stream that is not read any more is passed over. */
async function* bytes(): AsyncGenerator<Uint8Array> {
  const stream = ++opened;
  tell({ kind: 'open', stream });
  for (;;) {
    const { header, payload } = await nextFrame();
    if (header.kind === 'read' || header.stream !== stream) continue;
    if (header.kind === 'end') return;
    // The buffer of the frame is used again.
    yield Buffer.from(payload);
  }
}

const worked = (item: ChatItem): object => {
  if (item.item !== 'message') return item;
  const isSaid = item.event === null && Buffer.byteLength(item.text) >= LEAST_KEYED_BYTES;
  return {
    ...item,
    leads: leadsIn(item.text),
    folded: foldText(item.text),
    key: isSaid ? (textKey(item.text)?.toString() ?? null) : null,
  };
};

/** What takes room on the way; the rest is short. */
const unitsOf = (item: ChatItem): number =>
  item.item === 'message'
    ? item.text.length
    : item.item === 'person'
      ? item.entries.reduce((sum, { value }) => sum + value.length, 0)
      : item.item === 'fact'
        ? item.value.length
        : 0;

const read = async ({ format, path, dateOrder }: ReadRequest, beside: readonly string[]): Promise<void> => {
  const source: ChatSource = { path, open: bytes, beside: new Set(beside) };
  let [batch, units]: [object[], number] = [[], 0];
  const flush = (): void => {
    if (batch.length > 0) tell({ kind: 'items' }, Buffer.from(JSON.stringify(batch)));
    [batch, units] = [[], 0];
  };
  for await (const item of readChat(source, format, { dateOrder: dateOrder ?? undefined })) {
    batch.push(worked(item));
    units += unitsOf(item);
    if (batch.length >= ITEMS_AT_ONCE || units >= UNITS_AT_ONCE) flush();
  }
  flush();
};

dropPrivileges();
for (;;) {
  // Each time that it is ready it may be given another export.
  tell({ kind: 'ready' });
  let frame = await nextFrame();
  while (frame.header.kind !== 'read') frame = await nextFrame();
  try {
    await read(frame.header, JSON.parse(frame.payload.toString('utf8')) as string[]);
    tell({ kind: 'done' });
  } catch (error) {
    const code = isRedthreadError(error) ? REPORTED_CODES.find((one) => one === error.code) : undefined;
    if (code === undefined || !isRedthreadError(error)) throw error;
    tell({ kind: 'failed', code, detail: error.detail.slice(0, 4_000) });
  }
}
