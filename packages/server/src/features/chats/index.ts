// What the rest of the server enters chats by.
export { alignExports } from './import/align-export.js';
export { linkAttachments } from './import/link-attachments.js';
export { failExport, readExport, type ExportFile } from './import/read-export.js';
export { postingsOf } from './postings.js';
export { chatRoutes } from './routes.js';
export { listChatExports, listChats, showChat } from './service.js';
export { awaitChats, mayBeChat, readTargets, type ReadTarget } from './import/targets.js';
export { chatAnswerRoutes } from './answer-routes.js';
export { chatNamesOf, placesOfNames, type NamePlace } from './names.js';
