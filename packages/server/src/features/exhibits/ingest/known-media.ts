// One question a batch: which of these contents does the agency hold already, sealed, and under the key of this case?
import { sql } from 'kysely';
import type { IngestStore, IngestTarget } from './target.js';

export interface KnownMedia {
  readonly mediaId: string;
  readonly kind: string;
  /** Whether the vault holds its original. */
  readonly isSealed: boolean;
  /** Whether this case can open it. */
  readonly isEnveloped: boolean;
}

/** By SHA-256 in hex. */
export const findKnownMedia = async (
  db: IngestStore['db'],
  { agencyId, caseId }: Pick<IngestTarget, 'agencyId' | 'caseId'>,
  sha256: readonly Buffer[],
): Promise<Map<string, KnownMedia>> => {
  if (sha256.length === 0) return new Map();
  const { rows } = await sql<KnownMedia & { sha256: Buffer }>`
    select m.id as "mediaId", m.sha256, m.kind,
      exists (select 1 from vault_objects v where v.media_id = m.id and v.kind = 'original') as "isSealed",
      exists (select 1 from envelopes e where e.media_id = m.id and e.case_id = ${caseId}::uuid) as "isEnveloped"
    from media m where m.agency_id = ${agencyId}::uuid and m.sha256 = any(${[...sha256]}::bytea[])`.execute(db);
  return new Map(rows.map(({ sha256: digest, ...media }) => [digest.toString('hex'), media]));
};
