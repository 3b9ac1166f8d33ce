// Tables of which no person reads a row of anybody's, with why.
import type { Database } from '../../packages/server/src/store/index.js';

/** Of the system: granted to the role of the web in no part. */
export const NEVER: readonly (keyof Database)[] = [
  'setup_tokens',
  'contents',
  'signals',
  'index_changes',
  'index_snapshots',
  'audit_salts',
  'audit_tree_nodes',
  'audit_record_heads',
  'audit_anchors',
  'request_media',
  'set_aside',
  'backups',
  'connection_changes',
  'contact_media',
  'contact_sweeps',
  'standing_signals',
];

/** Of no agency, and the same for everybody. */
export const OF_THE_INSTANCE: Readonly<Record<string, string>> = {
  store_settings: 'facts that every process of the instance must agree on',
  processes: 'which processes live, and how far an index is',
  signing_keys: 'the public keys that the heads of the record are signed with',
  key_handovers: 'a new master key, sealed to each process that asks for it',
  kysely_migration: 'read by the owner',
  kysely_migration_lock: 'read by the owner',
};
