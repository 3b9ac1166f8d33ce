// Which media belong to which series, for whoever compares series: what is one for the viewer counts as one.
import { sql } from 'kysely';
import type { Entity } from '@redthread/core/contract';
import type { Trx } from '../../store/index.js';
import { groupsOf } from './groups.js';
import { entitiesById } from './queries.js';
import { oneSeries } from './service.js';

export interface SeriesMedia {
  /** By which what is one with it is named. */
  readonly series: Entity;
  /** All records that are one with it, itself among them. */
  readonly records: readonly string[];
  readonly media: readonly string[];
}

interface MemberRow {
  readonly media: string;
  readonly series: string;
}

const membersOf = async (trx: Trx, records: readonly string[]): Promise<MemberRow[]> => {
  const { rows } =
    await sql<MemberRow>`select distinct s.from_media_id as media, s.to_entity_id as series from assertions s
    where s.type = 'member-of' and s.to_entity_id = any(${[...records]}::uuid[]) and s.retracted_at is null
      and s.from_media_id is not null`.execute(trx);
  return rows;
};

/** A series with all that belongs to it. Errors: NOT_FOUND. */
export const seriesWithMedia = async (trx: Trx, id: string): Promise<SeriesMedia> => {
  const series = await oneSeries(trx, id);
  const records = (await groupsOf(trx, [id])).members(id);
  const media = new Set((await membersOf(trx, records)).map((row) => row.media));
  return { series, records, media: [...media] };
};

/** All series that hold any of these media, with all that belongs to them. */
export const seriesOfMedia = async (trx: Trx, media: readonly string[]): Promise<SeriesMedia[]> => {
  const { rows } = await sql<{ id: string }>`select distinct s.to_entity_id as id from assertions s
    where s.type = 'member-of' and s.from_media_id = any(${[...media]}::uuid[]) and s.retracted_at is null`.execute(
    trx,
  );
  const found = rows.map(({ id }) => id);
  const groups = await groupsOf(trx, found);
  const records = new Map(found.flatMap((id) => groups.members(id).map((record) => [record, groups.groupOf(id)])));
  const byGroup = new Map<string, Set<string>>();
  for (const { media: one, series } of await membersOf(trx, [...records.keys()])) {
    const group = records.get(series) ?? series;
    byGroup.set(group, (byGroup.get(group) ?? new Set()).add(one));
  }
  const entities = await entitiesById(trx, [...byGroup.keys()]);
  return [...byGroup].flatMap(([id, of]) => {
    const series = entities.get(id);
    return series === undefined ? [] : [{ series, records: groups.members(id), media: [...of] }];
  });
};
