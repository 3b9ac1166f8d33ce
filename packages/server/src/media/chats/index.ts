// Door of chats: exports are read in a disposable child.
export { createChatReader, type ChatReader, type ExportToRead, type ReadLimits } from './read-in-child.js';
export { isOfReport, type ChatReadItem, type ReadItem, type ReadMessage, type ReportItem } from './protocol.js';
