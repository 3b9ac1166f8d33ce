// Which chat export a file is, by its first bytes and its name.
import type { ChatFormat } from '@redthread/core/chats';
import { headText } from '../lists/detect.js';
import { isCyberTipReport } from './cybertip/index.js';
import { isUfdr } from './ufdr/index.js';
import { isWhatsAppName } from './whatsapp/file-name.js';
import { looksLikeWhatsApp } from './whatsapp/looks.js';

/** What is read of a file to tell it. */
export const CHAT_HEAD_BYTES = 16_384;

/** Null: no chat export of a form that is read. `path` with `/` between its parts. */
export const detectChat = (path: string, firstBytes: Uint8Array): ChatFormat | null => {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (name.endsWith('.txt') && firstBytes.length > 0) {
    const text = headText(firstBytes.subarray(0, CHAT_HEAD_BYTES));
    return looksLikeWhatsApp(text, isWhatsAppName(path)) ? 'whatsapp' : null;
  }
  if (name.endsWith('.xml')) {
    const text = headText(firstBytes.subarray(0, CHAT_HEAD_BYTES));
    return isUfdr(text) ? 'ufdr' : isCyberTipReport(text) ? 'cybertip' : null;
  }
  if (name.endsWith('.json') && looksLikeTelegram(headText(firstBytes.subarray(0, CHAT_HEAD_BYTES))))
    return 'telegram-json';
  if (/\.html?$/.test(name) && looksLikeTelegramPage(headText(firstBytes.subarray(0, CHAT_HEAD_BYTES))))
    return 'telegram-html';
  if (/\.jsonl?$/.test(name) && looksLikeSignal(headText(firstBytes.subarray(0, CHAT_HEAD_BYTES)))) return 'signal';
  return null;
};

const looksLikeTelegramPage = (text: string): boolean =>
  /^\s*<!doctype html>/i.test(text) &&
  (/class="page_body chat_page"/.test(text) ||
    (/<title>Exported Data<\/title>/.test(text) && /class="history"|id="message-?\d+"/.test(text)));

/** A line a message, or a line a frame. */
const looksLikeSignal = (text: string): boolean => {
  const [line = ''] = text.trimStart().split('\n');
  if (!line.startsWith('{')) return false;
  if (/"sender"\s*:/.test(line) && /"date"\s*:/.test(line) && /"body"\s*:/.test(line)) return true;
  return (
    /^\{"(?:version|backupTimeMs|recipient|chat|chatItem|account)"/.test(line) &&
    /\n\{"(?:account|recipient|chat|chatItem)"\s*:/.test(text)
  );
};

/** Of one chat, or of an account; its own names stand at its start. */
const looksLikeTelegram = (text: string): boolean =>
  /^\s*\{/.test(text) &&
  ((/"(?:chats|left_chats)"\s*:\s*\{/.test(text) && /"list"\s*:\s*\[/.test(text)) ||
    (/"messages"\s*:\s*\[/.test(text) &&
      (/"type"\s*:\s*"(?:personal_chat|bot_chat|saved_messages|private_group|private_supergroup|public_supergroup|private_channel|public_channel)"/.test(
        text,
      ) ||
        /"date_unixtime"\s*:/.test(text))) ||
    /"about"\s*:\s*"Here is the data you requested/.test(text));
