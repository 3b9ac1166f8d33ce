// Anchors on record: which head was left where, in the order in which they were made, chained so that none can be taken out.
import { sql, type Kysely } from 'kysely';
import { canonicalJson, FIRST_LINK, nextLink } from '@redthread/core/audit';
import { sha256 } from '../digest.js';
import { instantText } from '../instants.js';
import type { Database } from '../tables.js';
import type { AnchorKind } from './tables.js';

export interface Anchor {
  readonly number: number;
  readonly round: number;
  readonly kind: AnchorKind;
  /** Path of the file, or address of the authority. */
  readonly place: string;
  readonly at: string;
  /** Of a file: SHA-256 of the line; of an authority: its token, DER. */
  readonly proof: Buffer;
  readonly chain: Buffer;
}

/** The anchors that a head of the record counts. */
export interface AnchorChain {
  readonly count: number;
  readonly chain: Uint8Array;
}

export const NO_ANCHORS: AnchorChain = { count: 0, chain: FIRST_LINK };

/** The chain after this anchor. */
export const chainOf = (
  before: AnchorChain,
  { number, round, kind, place, at, proof }: Omit<Anchor, 'chain'>,
): Buffer => {
  const text = canonicalJson({ number, round, kind, place, at, proof: proof.toString('hex') });
  return Buffer.from(nextLink(sha256, before.chain, sha256(text)));
};

const ANCHOR = sql<Anchor>`number, round, kind, place, ${instantText('audit_anchors.at')} as at, proof, chain`;

/** In the order in which they were made. */
export const allAnchors = async (db: Kysely<Database>): Promise<Anchor[]> =>
  (await sql<Anchor>`select ${ANCHOR} from audit_anchors order by number`.execute(db)).rows;

/** The last one, of a kind when it is given. */
export const lastAnchor = async (db: Kysely<Database>, kind: AnchorKind | null = null): Promise<Anchor | null> => {
  const { rows } = await sql<Anchor>`select ${ANCHOR} from audit_anchors
    where ${kind === null ? sql`true` : sql`kind = ${kind}`} order by number desc limit 1`.execute(db);
  return rows[0] ?? null;
};

export const anchorChain = async (db: Kysely<Database>): Promise<AnchorChain> => {
  const last = await lastAnchor(db);
  return last === null ? NO_ANCHORS : { count: last.number, chain: last.chain };
};
