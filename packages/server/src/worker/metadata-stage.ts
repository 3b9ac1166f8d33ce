// What files say about themselves, and of their way.
import { sql } from 'kysely';
import { WORK_VERSION } from '../features/work/index.js';
import type { Decoder } from '../media/decode/index.js';
import { createMetadataReader, type Metadata } from '../media/metadata/index.js';
import { metadataTraces, tracesOf, type Trace } from '../media/traces.js';
import type { Store } from '../store/index.js';
import { failureOf } from './decode-job.js';
import { createLaterStage, type LaterStage } from './later-stage.js';

const METHOD = 'exiftool';

interface Said {
  readonly metadata: Metadata;
  readonly traces: readonly Trace[];
}

/** `decoder` is the worker's: it reads the bytes for their traces in its child. */
export const createMetadataStage = (store: Store<'worker'>, processId: string, decoder: Decoder): LaterStage => {
  const reader = createMetadataReader();
  return createLaterStage<Said>(store, processId, {
    stage: 'metadata',
    batch: 32,
    workOn: async (bytes, { mime, height, width }) => {
      const [metadata, read] = await Promise.all([reader.read(bytes, mime), decoder.traces(bytes)]);
      return { metadata, traces: [...tracesOf(read, { width, height }), ...metadataTraces(metadata)] };
    },
    failureOf: (lease, { code, detail }) => failureOf(lease, code, detail, []),
    unreadable: (why) => ({ code: 'METADATA_UNREADABLE', detail: why === null ? '' : `${why.code}: ${why.detail}` }),
    store: async (trx, found) => {
      const rows = found.flatMap(({ lease: { agencyId, mediaId }, result: { metadata, traces } }) =>
        [{ method: METHOD, version: WORK_VERSION, value: metadata }, ...traces].map((said) => ({
          mediaId,
          agencyId,
          ...said,
        })),
      );
      await sql`insert into media_metadata (media_id, agency_id, method, version, value)
        select f.media_id, f.agency_id, f.method, f.version, f.value::jsonb
        from unnest(${rows.map(({ mediaId }) => mediaId)}::uuid[], ${rows.map(({ agencyId }) => agencyId)}::uuid[],
          ${rows.map(({ method }) => method)}::text[], ${rows.map(({ version }) => version)}::integer[],
          ${rows.map(({ value }) => storable(value))}::text[]) as f (media_id, agency_id, method, version, value)
        on conflict (media_id, method, version) do update set value = excluded.value`.execute(trx);
    },
    close: () => reader.close(),
  });
};

/** jsonb holds no NUL and no half of a surrogate pair; what a file writes about itself may hold both. */
const storable = (said: unknown): string =>
  JSON.stringify(said)
    .replace(/\\u0000/g, '\\ufffd')
    .replace(/\\ud[89a-f][0-9a-f]{2}/gi, '\\ufffd');
