// Which contents have to be sent: asked as the sender, over what the sender may see of this agency's own. That another
// agency holds a content, or a case that the sender may not see, changes no answer and no time that it takes.
import { sql } from 'kysely';
import type { IngestContent } from '@redthread/core/contract';
import type { Trx } from '../../../store/index.js';
import type { Run } from './run-access.js';

/** Those of `contents` that are neither held visibly nor on their way into this exhibit whole; each once. */
export const findNeeded = async (
  trx: Trx,
  { exhibitId }: Pick<Run, 'exhibitId'>,
  contents: readonly IngestContent[],
): Promise<IngestContent[]> => {
  const distinct = [...new Map(contents.map((content) => [content.sha256, content])).values()];
  if (distinct.length === 0) return [];
  const digests = distinct.map(({ sha256 }) => Buffer.from(sha256, 'hex'));
  const { rows } = await sql<{ sha256: Buffer }>`
    select d.sha256 from unnest(${digests}::bytea[]) as d (sha256)
    where not exists (select from media m
        where m.agency_id = app_agency() and m.sha256 = d.sha256
          and exists (select from occurrences o where o.media_id = m.id and o.agency_id = app_agency())
          and exists (select from vault_objects v where v.media_id = m.id and v.kind = 'original'))
      and not exists (select from uploads u
        where u.agency_id = app_agency() and u.exhibit_id = ${exhibitId}::uuid and u.sha256 = d.sha256
          and u.state = 'complete')`.execute(trx);
  const needed = new Set(rows.map(({ sha256 }) => sha256.toString('hex')));
  return distinct.filter(({ sha256 }) => needed.has(sha256));
};
