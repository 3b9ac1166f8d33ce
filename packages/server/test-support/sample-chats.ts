// The samples of chat exports that were made independently of us, as readers are given them: for tests.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { unzipSync } from 'fflate';
import type { ChatItem, ConversationItem, MessageItem, ParticipantItem } from '@redthread/core/chats';
import { detectChat, readChat, type ChatSource, type ReadOptions } from '../src/formats/chats/index.js';
import { FOLDER } from './sample-lists.js';

export const sourceOfBytes = (
  path: string,
  bytes: Uint8Array,
  beside: Iterable<string> = [],
  chunkBytes = 65_536,
): ChatSource => ({
  path,
  beside: new Set(beside),
  async *open() {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  },
});
export const sourceOfText = (text: string, path = '_chat.txt', beside: Iterable<string> = []): ChatSource =>
  sourceOfBytes(path, Buffer.from(text), beside);

export interface ReadConversation {
  readonly conversation: ConversationItem;
  readonly people: readonly ParticipantItem[];
  readonly messages: readonly MessageItem[];
}

export const gather = async (items: AsyncIterable<ChatItem>) => {
  const conversations: { conversation: ConversationItem; people: ParticipantItem[]; messages: MessageItem[] }[] = [];
  const notes: string[] = [];
  for await (const item of items) {
    if (item.item === 'conversation') conversations.push({ conversation: item, people: [], messages: [] });
    else if (item.item === 'participant') conversations[item.conversation]!.people.push(item);
    else if (item.item === 'message') conversations[item.conversation]!.messages.push(item);
    else if (item.item === 'note') notes.push(`${item.code} ${item.detail}`);
  }
  return { conversations: conversations as readonly ReadConversation[], notes };
};

const sampleSource = (
  name: string,
  chunkBytes: number,
): { source: ChatSource; bytes: Uint8Array; beside: Map<string, Uint8Array> } => {
  const path = `${FOLDER}${name}`;
  const files = new Map<string, Uint8Array>();
  let text = '';
  if (name.endsWith('.zip')) {
    for (const [entry, bytes] of Object.entries(unzipSync(readFileSync(path)))) files.set(entry, bytes);
    text = [...files.keys()].find((entry) => entry.endsWith('.txt'))!;
  } else {
    const folder = path.slice(0, path.lastIndexOf('/'));
    text = path.slice(folder.length + 1);
    for (const entry of readdirSync(folder, { recursive: true }) as string[])
      if (statSync(`${folder}/${entry}`).isFile())
        files.set(entry.replaceAll('\\', '/'), readFileSync(`${folder}/${entry}`));
  }
  const bytes = files.get(text)!;
  files.delete(text);
  const full = name.endsWith('.zip') ? `${name}/${text}` : name;
  return { source: sourceOfBytes(full, bytes, files.keys(), chunkBytes), bytes, beside: files };
};

/** Errors: those of the reader. */
export const readSample = async (name: string, options: ReadOptions = {}, chunkBytes = 65_536) => {
  const { source, bytes, beside } = sampleSource(name, chunkBytes);
  const format = detectChat(source.path, bytes.subarray(0, 16_384));
  if (format === null) throw new Error(`${name} is not told`);
  return { format, beside, ...(await gather(readChat(source, format, options))) };
};
