// Keeps the stacks of an agency true: the media that new matches connect, with all they hang together with, are stacked
// again by the rule of the core, which asks neither for the order of arrival nor for what was stored before.
import { sql, type Kysely } from 'kysely';
import { computeStacks, type StackMember } from '@redthread/core/graph';
import type { Database } from '../store/index.js';

interface Edge {
  readonly a: string;
  readonly b: string;
}

/** `touched`: media of one agency that have got a match of the same content within it. */
export const restackMedia = async (
  db: Kysely<Database>,
  agencyId: string,
  touched: readonly string[],
): Promise<void> => {
  const ids = await connectedTo(db, agencyId, touched);
  const { rows: edges } = await sql<Edge>`select media_a as a, media_b as b from matches
    where media_a = any(${ids}::uuid[]) and grade = 'same content' and agency_a = agency_b`.execute(db);
  const { rows: members } = await sql<StackMember>`
    select id, coalesce(width::bigint * height, 0) as "pixelCount", size_bytes as "byteCount", encode(sha256, 'hex') as sha256
    from media where id = any(${ids}::uuid[])`.execute(db);
  const neighbours = adjacency(edges);
  const stacks = [...computeStacks(members, (id) => neighbours.get(id) ?? [])];
  // Only a stack of one has no representative.
  const sizes = new Map<string, number>();
  for (const [, representative] of stacks) sizes.set(representative, (sizes.get(representative) ?? 0) + 1);
  const represented = stacks.map(([id, leader]) => ({ id, leader: (sizes.get(leader) ?? 0) > 1 ? leader : null }));
  await sql`update media m set representative_id = r.leader
    from unnest(${represented.map(({ id }) => id)}::uuid[], ${represented.map(({ leader }) => leader)}::uuid[]) as r (id, leader)
    where m.id = r.id and m.representative_id is distinct from r.leader`.execute(db);
};

const connectedTo = async (db: Kysely<Database>, agencyId: string, touched: readonly string[]): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    with recursive connected (id) as (
      select unnest(${[...touched]}::uuid[])
      union
      select n.id from connected c cross join lateral (
        select media_b as id from matches
          where media_a = c.id and grade = 'same content' and agency_a = ${agencyId}::uuid and agency_b = ${agencyId}::uuid
        union all
        select media_a from matches
          where media_b = c.id and grade = 'same content' and agency_a = ${agencyId}::uuid and agency_b = ${agencyId}::uuid
      ) n
    )
    select id from connected`.execute(db);
  return rows.map(({ id }) => id);
};

const adjacency = (edges: readonly Edge[]): Map<string, string[]> => {
  const neighbours = new Map<string, string[]>();
  const add = (from: string, to: string): void => {
    const known = neighbours.get(from);
    if (known === undefined) neighbours.set(from, [to]);
    else known.push(to);
  };
  for (const { a, b } of edges) {
    add(a, b);
    add(b, a);
  }
  return neighbours;
};
