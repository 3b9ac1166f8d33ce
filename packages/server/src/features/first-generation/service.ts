// The queue of what may be first generation: media that nobody has seen before, in the order of the traces of how they were made and spread.
import { sql } from 'kysely';
import type { FirstGenerationItem, FirstGenerationQueue, SourceTime } from '@redthread/core/contract';
import { deviceNumbers, rankFirstGeneration, type Context, type DeviceTraits } from '@redthread/core/domain';
import { withContext, type Store, type Trx } from '../../store/index.js';
import { inScope, scopeOf, type ScopeInput } from '../funnel/index.js';
import { listStacks } from '../stacks/index.js';

/** New media that are looked at: an exhibit has hundreds of them. */
const MOST_LOOKED_AT = 5_000;

interface FileRow extends Pick<FirstGenerationItem, 'agency' | 'caseReference' | 'exhibit' | 'path'> {
  readonly id: string;
  readonly exhibitId: string;
  readonly registeredAt: Date;
  /** Null where there is none, and where the file must not be opened. */
  readonly metadata: {
    readonly camera: DeviceTraits | null;
    readonly software: string | null;
    readonly sourceTimes: readonly SourceTime[];
  } | null;
  readonly copies: number;
}

const newMedia = async (store: Store, ctx: Context, scope: ScopeInput): Promise<{ ids: string[]; total: number }> => {
  const query = { ...scope, step: 'new', sort: 'newest', collapse: 'media', limit: MOST_LOOKED_AT } as const;
  const { items, total } = await listStacks(store, ctx, query);
  return { ids: items.map(({ mediaId }) => mediaId), total };
};

const readFiles = async (trx: Trx, ids: readonly string[], scope: ScopeInput): Promise<FileRow[]> => {
  const { rows } = await sql<FileRow>`
    select m.id, json_build_object('id', a.id, 'name', a.name, 'country', a.country) as agency, f.*,
      case when media_closed(m.id) then null else (
        select jsonb_build_object('camera', d.value -> 'camera', 'software', d.value -> 'software', 'sourceTimes', d.value -> 'sourceTimes')
        from media_metadata d where d.media_id = m.id and d.method = 'exiftool' order by d.version desc limit 1) end as metadata,
      (select count(*)::int from media s where s.sha256 = m.sha256 and s.id <> m.id)
        + (select count(*)::int from matches x where m.id in (x.media_a, x.media_b) and x.grade in ('same content', 'partial')) as copies
    from media m join agencies a on a.id = m.agency_id cross join lateral (
      select c.reference as "caseReference", e.reference as exhibit, e.id as "exhibitId", e.created_at as "registeredAt", o.path
      from occurrences o join exhibits e on e.id = o.exhibit_id join cases c on c.id = e.case_id
      where o.media_id = m.id and ${inScope(scopeOf(scope))}
      order by e.created_at, o.path limit 1) f
    where m.id = any(${[...ids]}::uuid[])`.execute(trx);
  return rows;
};

/** Different files of these exhibits by the number of the device that made them, as `exhibit number`. */
const readNumbers = async (trx: Trx, exhibits: readonly string[]): Promise<Map<string, Set<string>>> => {
  const { rows } = await sql<{ exhibitId: string; mediaId: string; device: DeviceTraits }>`
    select distinct o.exhibit_id as "exhibitId", d.media_id as "mediaId", d.device
    from occurrences o join media_metadata d on d.media_id = o.media_id and d.device is not null
    where o.exhibit_id = any(${[...exhibits]}::uuid[]) and not media_closed(d.media_id)`.execute(trx);
  const byNumber = new Map<string, Set<string>>();
  for (const { exhibitId, mediaId, device } of rows)
    for (const number of deviceNumbers(device)) {
      const key = `${exhibitId} ${number}`;
      byNumber.set(key, (byNumber.get(key) ?? new Set()).add(mediaId));
    }
  return byNumber;
};

const takenAtOf = (times: readonly SourceTime[]): string | null =>
  times.find(({ kind, basis }) => kind === 'taken' && basis === 'exif')?.text ?? null;

/** Errors: NOT_FOUND for a scope that does not exist or is not shared. */
export const firstGeneration = async (
  store: Store,
  ctx: Context,
  { limit, ...scope }: ScopeInput & { readonly limit: number },
): Promise<FirstGenerationQueue> => {
  const { ids, total } = await newMedia(store, ctx, scope);
  return withContext(
    store.app,
    ctx,
    async (trx) => {
      const rows = await readFiles(trx, ids, scope);
      const numbers = await readNumbers(trx, [...new Set(rows.map(({ exhibitId }) => exhibitId))]);
      const ranked = rankFirstGeneration(
        rows.map(({ id, exhibitId, registeredAt, metadata, copies }) => {
          const own = metadata?.camera ? deviceNumbers(metadata.camera) : [];
          return {
            id,
            camera: metadata?.camera ?? null,
            software: metadata?.software ?? null,
            numbers: own,
            takenAt: takenAtOf(metadata?.sourceTimes ?? []),
            registeredAt,
            bySameNumber: Math.max(0, ...own.map((one) => (numbers.get(`${exhibitId} ${one}`)?.size ?? 1) - 1)),
            copies,
          };
        }),
      );
      const byId = new Map(rows.map((row) => [row.id, row]));
      const items = ranked.slice(0, limit).flatMap(({ id, takenAt, traces }): FirstGenerationItem[] => {
        const row = byId.get(id);
        if (row === undefined) return [];
        const { agency, caseReference, exhibit, path } = row;
        return [{ mediaId: id, agency, caseReference, exhibit, path, takenAt, traces: [...traces] }];
      });
      return { items, total: ranked.length, looked: rows.length, truncated: total > ids.length };
    },
    { access: 'read only' },
  );
};
