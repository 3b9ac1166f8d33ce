// Public door of the sealed record as the database keeps it.
export { allAnchors, anchorChain, chainOf, lastAnchor, NO_ANCHORS, type Anchor, type AnchorChain } from './anchors.js';
export {
  allLogHeads,
  allRecordHeads,
  lastLogHeads,
  lastRecordHead,
  recordHeadOf,
  rootOverLogs,
  type SignedLogHead,
  type SignedRecordHead,
} from './heads.js';
export { EVENT_OF_LOG, type EventOfLog } from './recorded-event.js';
export { storedTree } from './stored-tree.js';
