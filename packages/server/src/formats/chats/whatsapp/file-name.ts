// What the name of an export says: that it is one, and of which chat.
/** The chat's name stands after the words of most languages, and before those of a few. */
const AFTER =
  /^(?:WhatsApp[ -]Chat(?: with| mit| -)|Chat de WhatsApp con|Discussion WhatsApp avec|Conversation WhatsApp avec|Chat WhatsApp con|Conversa do WhatsApp com|WhatsApp-chat met|WhatsApp Chat met|دردشة واتساب مع|محادثة واتساب مع|Чат WhatsApp с контактом|Чат WhatsApp с|Чат WhatsApp з|Чат WhatsApp із|Czat WhatsApp z|Chat WhatsApp dengan|WhatsApp-chatt med|WhatsApp-chat med|Conversație WhatsApp cu|Conversația WhatsApp cu|Συνομιλία WhatsApp με|Συζήτηση WhatsApp με|WhatsApp Chat com|WhatsApp Chat|WhatsApp 대화|与|與) ?[:：-]?\s*(.+?)(?:的 ?WhatsApp ?(?:聊天记录|聊天|對話))?$/u;
const BEFORE =
  /^(.+?)(?: ile WhatsApp Sohbeti|님과의? WhatsApp 대화| के साथ WhatsApp चैट| とのWhatsAppチャット|さんとのWhatsAppトーク|とのWhatsApp.*)$/u;

const nameIn = (part: string): string | null => {
  const base = part
    .normalize('NFC')
    .replace(/\.(?:txt|zip)$/i, '')
    .replace(/[_\u00a0]/g, ' ')
    .replace(/ \(\d{1,3}\)$/, '')
    .trim();
  const found = AFTER.exec(base)?.[1] ?? BEFORE.exec(base)?.[1];
  return found === undefined || found.trim() === '' ? null : found.trim();
};

/** The chat's name in that of the text, or of the archive or folder that it lies in; null where none says it. */
export const subjectOfPath = (path: string): string | null => {
  const parts = path.split('/');
  for (const part of parts.slice(-2).reverse()) {
    const name = nameIn(part);
    if (name !== null) return name;
  }
  return null;
};

export const isWhatsAppName = (path: string): boolean =>
  path
    .split('/')
    .slice(-2)
    .some((part) => /whatsapp|واتساب/i.test(part)) || /(?:^|\/)_chat(?: ?\(\d+\))?\.txt$/i.test(path);
