// The way of a media through groups: a lane for each, in it a place for each time that it was sent there.
import type { Propagation } from '@redthread/core/contract';

type Posting = Propagation['items'][number];

export interface PostingPlace {
  readonly posting: Posting;
  /** Its number in the list, from 0. */
  readonly index: number;
  readonly lane: number;
  /** Which place along the lane, from 0. */
  readonly column: number;
}

export interface PostingLanes {
  readonly lanes: readonly Posting['chat'][];
  readonly places: readonly PostingPlace[];
  readonly columns: number;
}

/** On one clock each has a place of its own along all lanes; otherwise each lane is counted by itself. */
export const postingLanes = ({ items, ordered }: Pick<Propagation, 'items' | 'ordered'>): PostingLanes => {
  const lanes: Posting['chat'][] = [];
  /** Exports of the group of each lane, as far as a message that several of them have says it. */
  const exportsOf: Set<string>[] = [];
  const counts: number[] = [];
  const places = items.map((posting, index): PostingPlace => {
    const ids = [posting.chat.id, ...posting.alsoIn.map(({ chatId }) => chatId)];
    const found = exportsOf.findIndex((known) => ids.some((id) => known.has(id)));
    const lane = found === -1 ? lanes.push(posting.chat) - 1 : found;
    exportsOf[lane] = new Set([...(exportsOf[lane] ?? []), ...ids]);
    const before = counts[lane] ?? 0;
    counts[lane] = before + 1;
    return { posting, index, lane, column: ordered ? index : before };
  });
  return { lanes, places, columns: ordered ? items.length : Math.max(0, ...counts) };
};
