// Reads chat exports of the programs whose forms are known. Pure: bytes in, items out, and no more of a file in memory than one entry.
import type { ChatFormat, ChatItem } from '@redthread/core/chats';
import { fail } from '@redthread/core/errors';
import { readCyberTipReport } from './cybertip/index.js';
import type { ChatSource, ReadChat, ReadOptions } from './source.js';
import { readSignal } from './signal/index.js';
import { readTelegramHtml } from './telegram/html.js';
import { readTelegramJson } from './telegram/json.js';
import { readUfdr } from './ufdr/index.js';
import { readWhatsApp } from './whatsapp/index.js';

export { CHAT_HEAD_BYTES, detectChat } from './detect.js';
export { chatInvalid, type ChatSource, type ReadChat, type ReadOptions } from './source.js';

const READERS: Partial<Record<ChatFormat, ReadChat>> = {
  cybertip: readCyberTipReport,
  ufdr: readUfdr,
  whatsapp: readWhatsApp,
  'telegram-json': readTelegramJson,
  'telegram-html': readTelegramHtml,
  signal: readSignal,
};

/** Errors: CHAT_FORMAT_UNKNOWN, CHAT_INVALID; those of the source. */
export const readChat = (
  source: ChatSource,
  format: ChatFormat,
  options: ReadOptions = {},
): AsyncIterable<ChatItem> => {
  const reader = READERS[format];
  if (reader === undefined) throw fail('CHAT_FORMAT_UNKNOWN', format);
  return reader(source, options);
};
