// What files say about themselves.
import { sql } from 'kysely';
import { WORK_VERSION } from '../features/work/index.js';
import { createMetadataReader, type Metadata } from '../media/metadata/index.js';
import type { Store } from '../store/index.js';
import { createLaterStage, type LaterStage } from './later-stage.js';

const METHOD = 'exiftool';

export const createMetadataStage = (store: Store<'worker'>, processId: string): LaterStage => {
  const reader = createMetadataReader();
  return createLaterStage<Metadata>(store, processId, {
    stage: 'metadata',
    batch: 32,
    workOn: (bytes, { mime }) => reader.read(bytes, mime),
    failureOf: (_lease, { code, detail }) => ({ kind: 'failed', code, detail }),
    unreadable: (why) => ({ code: 'METADATA_UNREADABLE', detail: why === null ? '' : `${why.code}: ${why.detail}` }),
    store: async (trx, found) => {
      await sql`insert into media_metadata (media_id, agency_id, method, version, value)
        select f.media_id, f.agency_id, ${METHOD}, ${WORK_VERSION}, f.value::jsonb
        from unnest(${found.map(({ lease }) => lease.mediaId)}::uuid[], ${found.map(({ lease }) => lease.agencyId)}::uuid[],
          ${found.map(({ result }) => storable(result))}::text[]) as f (media_id, agency_id, value)
        on conflict (media_id, method, version) do update set value = excluded.value`.execute(trx);
    },
    close: () => reader.close(),
  });
};

/** jsonb holds no NUL and no half of a surrogate pair; what a file writes about itself may hold both. */
const storable = (metadata: Metadata): string =>
  JSON.stringify(metadata)
    .replace(/\\u0000/g, '\\ufffd')
    .replace(/\\ud[89a-f][0-9a-f]{2}/gi, '\\ufffd');
