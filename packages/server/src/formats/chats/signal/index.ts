// Signal in its plainer forms: one JSON object a line, as the desktop program exports a history (frames with `recipient`, `chat`, `chatItem`) and as
// signal-export writes each chat (`date`, `sender`, `body`). Frames of an encrypted backup are not read.
import type { ChatItem } from '@redthread/core/chats';
import { lineBatches } from '../lines.js';
import { chatInvalid, type ChatSource } from '../source.js';
import { isRecord, type Json } from '../telegram/values.js';
import { Frames } from './frames.js';
import { SimpleLines } from './simple.js';

const DEPTH = 64;

export async function* readSignal(source: ChatSource): AsyncGenerator<ChatItem> {
  let reader: Frames | SimpleLines | null = null;
  let line = 0;
  for await (const lines of lineBatches(source))
    for (const text of lines) {
      line += 1;
      if (text.trim() === '') continue;
      const json = parsed(text, line);
      reader ??= 'sender' in json && 'date' in json ? new SimpleLines(source.path) : new Frames();
      yield* reader.read(json, `line ${line}`);
    }
  if (reader === null) throw chatInvalid('line 1', 'an empty file');
}

/** Errors: CHAT_INVALID with the line. */
const parsed = (text: string, line: number): Json => {
  const place = `line ${line}`;
  if (depthOf(text) > DEPTH) throw chatInvalid(place, `nested deeper than ${DEPTH}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw chatInvalid(place, 'no JSON', error);
  }
  if (!isRecord(value)) throw chatInvalid(place, 'no JSON object');
  return value;
};

const depthOf = (text: string): number => {
  let [depth, deepest] = [0, 0];
  let isText = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isText) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22) isText = false;
    } else if (code === 0x22) isText = true;
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, (depth += 1));
    else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return deepest;
};
