// Public door of the exchange: exports for other programs, and the ledger of what was given.
export { exchangeRoutes } from './routes.js';
export { digested, pagesOf, prepareExport, putOnRecord } from './export.js';
export { askOfOptions, subjectOptions, type ExportOptions } from './ask-options.js';
export { handlingRules, receiverOf, requireMayLeave } from './handling.js';
export { acknowledgeContribution, keepDigest } from './ledger.js';
export { exportText } from './write.js';
