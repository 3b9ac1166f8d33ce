// Reads the near index from the database: 64 bytes a content, in pages, so that a start needs no more than the index.
import { sql, type Kysely } from 'kysely';
import { NearCandidates } from '@redthread/core/graph';
import { HASH_BYTES } from '@redthread/core/kernels';
import { edgeHash, pdq, type Signal } from '@redthread/core/signals';
import type { Database } from '../store/index.js';
import { SignalCache } from './content-signals.js';

/** What the matcher holds in memory. */
export interface MatchIndex {
  readonly candidates: NearCandidates;
  readonly signals: SignalCache;
}

const PAGE_CONTENTS = 20_000;

interface HashRow extends Omit<Signal, 'value'> {
  readonly contentId: number;
  readonly value: Buffer;
}

export const loadIndex = async (db: Kysely<Database>): Promise<MatchIndex> => {
  const candidates = new NearCandidates();
  for (let after: number | null = 0; after !== null;) {
    const { rows }: { rows: HashRow[] } = await sql<HashRow>`
      select s.content_id as "contentId", s.method, s.version, s.quality, substring(s.value from 1 for ${HASH_BYTES}) as value
      from signals s
      where s.content_id in (select id from contents where id > ${after} order by id limit ${PAGE_CONTENTS})
        and (s.method, s.version) in ((${pdq.name}, ${pdq.version}), (${edgeHash.name}, ${edgeHash.version}))
      order by s.content_id`.execute(db);
    for (const [contentId, signals] of grouped(rows)) candidates.add(contentId, signals);
    after = await lastOfPage(db, after);
  }
  return { candidates, signals: new SignalCache() };
};

const grouped = (rows: readonly HashRow[]): Map<number, Signal[]> => {
  const byContent = new Map<number, Signal[]>();
  for (const { contentId, ...signal } of rows) byContent.set(contentId, [...(byContent.get(contentId) ?? []), signal]);
  return byContent;
};

/** Highest id of the page after `after`; null when there is none. */
const lastOfPage = async (db: Kysely<Database>, after: number): Promise<number | null> => {
  const { rows } = await sql<{ last: number | null }>`
    select max(id) as last from (select id from contents where id > ${after} order by id limit ${PAGE_CONTENTS}) p`.execute(
    db,
  );
  return rows[0]?.last ?? null;
};
