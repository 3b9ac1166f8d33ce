// The signals of contents as the matcher compares them: read from the database when a pair is proposed, the latest kept.
import { sql, type Kysely } from 'kysely';
import type { ComparableMedia } from '@redthread/core/graph';
import { filmParts, localFeatures, METHODS, type Signal } from '@redthread/core/signals';
import type { Database } from '../store/index.js';
import type { MatchStage } from './match-batch.js';

export interface ContentSignals extends ComparableMedia {
  readonly contentId: number;
  /** Which decoder saw the pixels, those of the local features where they are read; empty where none did. */
  readonly decoder: string;
}

interface SignalRow {
  readonly contentId: number;
  readonly sha256: string;
  readonly method: string | null;
  readonly version: number;
  readonly quality: number | null;
  readonly value: Buffer;
  readonly decoder: string;
}

/** For either stage. Hashes of a picture take some 5 kB, local features 55 kB more; a film takes 36 bytes a frame, and 14 kB for each that was searched for features. */
const KEPT_BYTES = 64 * 2 ** 20;

/** What a stage of matching compares by. */
export class SignalCache {
  readonly #stage: MatchStage;
  readonly #kept = new Map<number, ContentSignals>();
  #keptBytes = 0;
  /** Of every read under way, what changed since it began, and may have been read before: null is all of it. */
  readonly #changed = new Set<Set<number | null>>();

  constructor(stage: MatchStage) {
    this.#stage = stage;
  }

  /** By content id. */
  async read(db: Kysely<Database>, contentIds: readonly number[]): Promise<ReadonlyMap<number, ContentSignals>> {
    const found = new Map<number, ContentSignals>();
    const unknown: number[] = [];
    for (const id of contentIds) {
      const kept = this.#kept.get(id);
      if (kept === undefined) unknown.push(id);
      else found.set(id, kept);
    }
    const changed = new Set<number | null>();
    this.#changed.add(changed);
    try {
      for (const [id, signals] of await readSignals(db, METHOD_NAMES[this.#stage], unknown)) found.set(id, signals);
    } finally {
      this.#changed.delete(changed);
    }
    for (const [id, signals] of found) if (!changed.has(id) && !changed.has(null)) this.#keep(id, signals);
    return found;
  }

  /** A content that the feed says is not what it was. */
  forget(contentId: number): void {
    this.#drop(contentId);
    for (const changed of this.#changed) changed.add(contentId);
  }

  clear(): void {
    this.#kept.clear();
    this.#keptBytes = 0;
    for (const changed of this.#changed) changed.add(null);
  }

  /** The age of what is kept does not matter, since the feed tells of changes; a content without signals may get some. */
  #keep(id: number, signals: ContentSignals): void {
    this.#drop(id);
    if (signals.signals.length > 0) {
      this.#kept.set(id, signals);
      this.#keptBytes += bytesOf(signals);
    }
    for (const oldest of this.#kept.keys()) {
      if (this.#keptBytes <= KEPT_BYTES) break;
      this.#drop(oldest);
    }
  }

  #drop(id: number): void {
    const kept = this.#kept.get(id);
    if (kept === undefined) return;
    this.#kept.delete(id);
    this.#keptBytes -= bytesOf(kept);
  }
}

const bytesOf = ({ signals }: ContentSignals): number => signals.reduce((sum, { value }) => sum + value.length, 0);

const ALL_METHODS = METHODS.map(({ name }) => name);
const METHOD_NAMES = {
  match: ALL_METHODS.filter((name) => name !== localFeatures.name && name !== filmParts.name),
  parts: ALL_METHODS,
} as const;

const readSignals = async (
  db: Kysely<Database>,
  methods: readonly string[],
  contentIds: readonly number[],
): Promise<Map<number, ContentSignals>> => {
  if (contentIds.length === 0) return new Map();
  const { rows } = await sql<SignalRow>`
    select c.id as "contentId", encode(c.sha256, 'hex') as sha256, s.method, s.version, s.quality, s.value, s.decoder
    from contents c left join signals s on s.content_id = c.id and s.method = any(${[...methods]}::text[])
    where c.id = any(${[...contentIds]}::bigint[]) order by c.id, s.method <> ${localFeatures.name}, s.method, s.version`.execute(
    db,
  );
  const contents = new Map<number, ContentSignals & { readonly signals: Signal[] }>();
  for (const { contentId, sha256, method, version, quality, value, decoder } of rows) {
    const content = contents.get(contentId) ?? { contentId, sha256, decoder: decoder ?? '', signals: [] };
    if (method !== null) content.signals.push({ method, version, quality, value });
    contents.set(contentId, content);
  }
  return contents;
};
