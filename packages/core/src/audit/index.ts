// Public door of the audit record: its event types, and the mathematics of sealing them.
export { canonicalJson, type Json } from './canonical-json.js';
export { FIRST_LINK, nextLink } from './chain.js';
export { fromHex, HASH_BYTES, sameBytes, toHex, type Digest } from './digest.js';
export * from './events.js';
export {
  headHash,
  headLeaf,
  signedDestruction,
  signedText,
  type ExportStatement,
  type ReportStatement,
  type KeyStatement,
  type LogHead,
  type RecordHead,
} from './heads.js';
export {
  commitmentTo,
  eventHash,
  INSTANCE_LOG,
  ROW_FIELD,
  SALT_BYTES,
  sealedForm,
  textsOf,
  type Commitments,
  type RecordedEvent,
  type TextField,
} from './sealed-event.js';
export * from './tree/index.js';
