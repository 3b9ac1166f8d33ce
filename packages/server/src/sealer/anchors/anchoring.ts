// Leaves the newest head outside of the database, in each place that is configured, when its time has come. What fails is said,
// tried again, and keeps nothing else from being done.
import { readFile } from 'node:fs/promises';
import { sql, type Kysely } from 'kysely';
import { headHash, signedText } from '@redthread/core/audit';
import { isRedthreadError } from '@redthread/core/errors';
import type { AnchorSettings } from '../../app/config.js';
import {
  anchorChain,
  chainOf,
  instantText,
  lastAnchor,
  lastLogHeads,
  lastRecordHead,
  readSigningKeys,
  sha256,
  type AnchorKind,
  type AnchorStatus,
  type Database,
  type SignedRecordHead,
} from '../../store/index.js';
import { addToAnchorFile } from './anchor-file.js';

interface Place {
  readonly kind: AnchorKind;
  readonly place: string;
  /** Leaves the head there; answers what proves it. */
  leave(db: Kysely<Database>, signed: SignedRecordHead): Promise<Buffer>;
}

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;

const fileAt = (path: string): Place => ({
  kind: 'file',
  place: path,
  leave: async (db, signed) => {
    const ownKeys = new Set((await readSigningKeys(db)).map(({ key }) => key));
    const known = await db
      .selectFrom('audit_anchors')
      .select('number')
      .where('kind', '=', 'file')
      .where('place', '=', path)
      .limit(1)
      .executeTakeFirst();
    const logs = await lastLogHeads(db, signed.round);
    return addToAnchorFile(path, signed, logs, { ownKeys, isKnown: known !== undefined });
  },
});

const authorityAt = (url: string, caFile: string | null): Place => ({
  kind: 'tsa',
  place: url,
  leave: async (_db, { head }) => {
    // Loaded where an authority is asked: the formats of X.509 are large.
    const { askForStamp, readCertificates } = await import('./time-stamp.js');
    const authorities = caFile === null ? [] : readCertificates(await readFile(caFile, 'utf8'), caFile);
    return askForStamp(url, signedText('record', head), authorities);
  },
});

/** The places that are configured. */
const placesOf = ({ file, tsaUrl, tsaCaFile }: AnchorSettings): Place[] => [
  ...(file === null ? [] : [fileAt(file)]),
  ...(tsaUrl === null ? [] : [authorityAt(tsaUrl, tsaCaFile)]),
];

interface PlaceState {
  status: AnchorStatus;
  /** Not before; milliseconds of the clock of this process. */
  retryAt: number;
  retryMs: number;
}

export class Anchoring {
  readonly #intervalMs: number;
  readonly #places: readonly Place[];
  readonly #states = new Map<AnchorKind, PlaceState>();

  constructor(settings: AnchorSettings) {
    this.#intervalMs = settings.intervalMs;
    this.#places = placesOf(settings);
    for (const { kind } of this.#places) this.#states.set(kind, freshState(kind, null));
  }

  get status(): AnchorStatus[] {
    return [...this.#states.values()].map(({ status }) => status);
  }

  /** Anchors what is due, of all kinds or of those that are named. Errors: none; see `status`. */
  async run(db: Kysely<Database>, kinds: readonly AnchorKind[] = ['file', 'tsa']): Promise<void> {
    for (const place of this.#places) {
      if (!kinds.includes(place.kind)) continue;
      const state = this.#states.get(place.kind) ?? freshState(place.kind, null);
      if (Date.now() < state.retryAt) continue;
      try {
        const at = await this.#anchorAt(db, place);
        this.#states.set(place.kind, freshState(place.kind, at));
      } catch (error) {
        const { code, detail } = isRedthreadError(error)
          ? error
          : { code: 'ANCHOR_UNREACHABLE', detail: (error as Error).message };
        const status = { ...state.status, code, detail };
        const retryMs = Math.min(LAST_RETRY_MS, state.retryMs * 2);
        this.#states.set(place.kind, { status, retryAt: Date.now() + state.retryMs, retryMs });
      }
    }
  }

  /** Answers when the last anchor of this kind was made. */
  async #anchorAt(db: Kysely<Database>, { kind, place, leave }: Place): Promise<string | null> {
    const last = await lastAnchor(db, kind);
    const newest = await lastRecordHead(db);
    const isDue = last === null || Date.now() - Date.parse(last.at) >= this.#intervalMs;
    if (newest === null || newest.round === last?.round || !isDue) return last?.at ?? null;
    const proof = await leave(db, newest);
    return db.transaction().execute(async (trx) => {
      const before = await anchorChain(trx);
      const { rows } = await sql<{ at: string }>`select ${instantText(sql`clock_timestamp()`)} as at`.execute(trx);
      const anchor = { number: before.count + 1, round: newest.round, kind, place, at: rows[0]?.at ?? '', proof };
      await trx
        .insertInto('audit_anchors')
        .values({ ...anchor, chain: chainOf(before, anchor) })
        .execute();
      return anchor.at;
    });
  }
}

const freshState = (kind: AnchorKind, at: string | null): PlaceState => ({
  status: { kind, code: null, detail: null, at },
  retryAt: 0,
  retryMs: FIRST_RETRY_MS,
});

/** What an authority is asked to stamp, and what names an anchored head: SHA-256 of its signed text. */
export const anchoredDigest = ({ head }: SignedRecordHead): Buffer => Buffer.from(headHash(sha256, head));
