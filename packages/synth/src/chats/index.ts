// Public door of the drawn chats.
export {
  chatZip,
  drawChats,
  type ChatPosting,
  type DrawChatsOptions,
  type DrawnChatExport,
  type DrawnChats,
} from './chats.js';
export {
  createGroup,
  type ChatMedia,
  type Group,
  type GroupEntry,
  type GroupOptions,
  type MediaKind,
  type Stay,
} from './group.js';
export { CHAT_LOCALES, chatLocale, type ChatLocale } from './locales/index.js';
export { tellGroup, type Teller, type Told, type ToldAttachment, type ToldEntry, type ToldFile } from './told.js';
export { createPeople, type ChatPerson } from './words.js';
export { zoneSeconds, type Zone } from './zone.js';
