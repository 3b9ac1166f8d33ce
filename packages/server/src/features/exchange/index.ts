// Public door of the exchange: exports for other programs, and the ledger of what was given.
export { exchangeRoutes } from './routes.js';
export { digested, pagesOf, prepareExport, putOnRecord } from './export.js';
export { askOfOptions, subjectOptions, type ExportOptions } from './ask-options.js';
export { handlingRules, receiverNamed, receiverOf, requireMayLeave } from './handling.js';
export { acknowledgeContribution, keepDigest, writeInLedger } from './ledger.js';
export { handlingOf } from './prepare.js';
export { exportText } from './write.js';
