// Public door of the store: the database by role, transactions that act for somebody, keys, and the vault.
export { openStore, storeExists, type OpenOptions, type Store } from './database.js';
export {
  actAs,
  audit,
  auditRefusal,
  auditWhere,
  lockName,
  withContext,
  withNobody,
  withRoom,
  withTime,
  type AppDb,
  type Nobody,
  type TransactionOptions,
  type Trx,
} from './context.js';
export { damageOf, KnownLists, type ListAnswer, type ListRef } from './known-lists.js';
export { kept } from './kept-plans.js';
export { gradeOrder } from './grade-order.js';
export { sha256 } from './digest.js';
export * from './keys/index.js';
export { endRestore, lookIntoDatabase, openForRestore, requireKnownSchema } from './restore-database.js';
export { restoringMark } from './restoring-mark.js';
export { instantText, millisecondText } from './instants.js';
export { rowsOf } from './rows-of.js';
export * from './record/index.js';
export { readSetting, removeSetting, writeSetting, type StoreSettings } from './settings.js';
export type * from './tables.js';
export type { AnchorKind, AnchorStatus, SealerStatus } from './record/tables.js';
export * from './vault/index.js';
