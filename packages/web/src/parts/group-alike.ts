// Connections that say the same: one file that many exhibits hold links each of them with each other, in as many lines alike.
import type { Connection } from '@redthread/core/contract';

export interface ConnectionGroup {
  readonly first: Connection;
  /** Further pairs of exhibits that the same file links. */
  readonly alike: readonly Connection[];
}

const isAlike = (a: Connection, b: Connection): boolean =>
  a.strongest.grade === 'identical' &&
  b.strongest.grade === 'identical' &&
  a.strongest.holders === b.strongest.holders &&
  a.counts.length === b.counts.length &&
  a.counts.every(({ grade, pairs }, i) => b.counts[i]?.grade === grade && b.counts[i]?.pairs === pairs);

/** Keeps the order. A group is known by the media of its strongest pairs: an agency has one of a file, whatever number of exhibits hold it. */
export const groupAlike = (connections: readonly Connection[]): ConnectionGroup[] => {
  const groups: { first: Connection; alike: Connection[]; media: Set<string> }[] = [];
  for (const connection of connections) {
    const { mediaA, mediaB } = connection.strongest;
    const group = groups.find(
      ({ first, media }) => (media.has(mediaA) || media.has(mediaB)) && isAlike(first, connection),
    );
    if (group === undefined) groups.push({ first: connection, alike: [], media: new Set([mediaA, mediaB]) });
    else {
      group.alike.push(connection);
      group.media.add(mediaA).add(mediaB);
    }
  }
  return groups.map(({ first, alike }) => ({ first, alike }));
};
