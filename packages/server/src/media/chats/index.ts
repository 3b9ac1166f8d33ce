// Door of chats: exports are read in a disposable child.
export { createChatReader, type ChatReader, type ExportToRead, type ReadLimits } from './read-in-child.js';
export type { ReadItem, ReadMessage } from './protocol.js';
