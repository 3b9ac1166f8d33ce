// What the program makes of the chats of the sample operation, held against what was drawn: every export and message, which groups both agencies hold, and who sent a picture first.
import { sql } from 'kysely';
import type { Chat, Posting } from '@redthread/core/contract';
import type { Context } from '@redthread/core/domain';
import type { Truth, TruthChats } from '@redthread/synth';
import { withContext, type Store } from '../../store/index.js';
import { listChatExports, listChats, postingsOf, showChat } from '../chats/index.js';

interface Counted {
  readonly expected: number;
  readonly found: number;
}
export interface ChatsReport {
  readonly exports: Counted;
  readonly messages: Counted;
  /** Groups that exhibits of several agencies hold, told by their messages alone. */
  readonly together: Counted;
  /** Pictures that were sent on from one group to another: how many of them are said to have begun where they did, with the right sender. */
  readonly first: Counted;
  /** One of them. */
  readonly example: { readonly posting: Posting; readonly later: readonly string[] } | null;
}

const MOST = 100;

export const checkChats = async (store: Store, ctx: Context, operation: string, truth: Truth): Promise<ChatsReport> => {
  const { chats } = truth;
  const exports = await listChatExports(store, ctx, { operation, limit: MOST });
  // A text that was drawn as a paper may read as a chat too: it is shown, and no part of this truth.
  const drawn = new Set(chats.exports.map(({ exhibit, path }) => `${exhibit}/${path}`));
  const read = exports.items.filter(
    ({ exhibit, path, state }) => state === 'read' && drawn.has(`${exhibit.reference}/${path}`),
  );
  const listed = await listChats(store, ctx, { operation, limit: MOST });
  const first = await firstPostings(store, ctx, chats);
  return {
    exports: { expected: chats.exports.length, found: read.length },
    messages: {
      expected: chats.exports.reduce((sum, { entries }) => sum + entries.length, 0),
      found: read.reduce((sum, { messages }) => sum + messages, 0),
    },
    together: {
      expected: chats.groups.filter(({ id }) => agenciesOf(truth, id).size > 1).length,
      found: await togetherIn(store, ctx, listed.items),
    },
    ...first,
  };
};

/** Exhibits begin with the country of their agency. */
const agenciesOf = ({ chats }: Truth, group: string): Set<string> =>
  new Set(chats.exports.filter((one) => one.group === group).map(({ exhibit }) => exhibit.slice(0, 2)));

/** Conversations that are the same, joined; those count that several agencies hold. */
const togetherIn = async (store: Store, ctx: Context, chats: readonly Chat[]): Promise<number> => {
  const seen = new Set<string>();
  let groups = 0;
  for (const { id, agency } of chats) {
    if (seen.has(id)) continue;
    seen.add(id);
    const { pairs } = await showChat(store, ctx, id);
    for (const { chat } of pairs) seen.add(chat.id);
    if (new Set([agency.id, ...pairs.map(({ chat }) => chat.agency.id)]).size > 1) groups += 1;
  }
  return groups;
};

const firstPostings = async (
  store: Store,
  ctx: Context,
  chats: TruthChats,
): Promise<Pick<ChatsReport, 'first' | 'example'>> => {
  // Where no export has the file any more, nobody can tell that it is this picture.
  const kept = new Set(
    chats.exports.flatMap(({ entries }) =>
      entries.flatMap(({ attachment, of }) => (attachment?.state === 'present' && of !== null ? [of] : [])),
    ),
  );
  const sentOn = [...new Set(chats.postings.map(({ frame }) => frame))]
    .map((frame) => chats.postings.filter((of) => of.frame === frame))
    .filter((postings) => new Set(postings.map(({ group }) => group)).size > 1)
    .filter((postings) => postings.every(({ entry }) => kept.has(entry)));
  let [found, example]: [number, ChatsReport['example']] = [0, null];
  for (const postings of sentOn) {
    const mediaId = await mediaOf(store, ctx, postings[0]!.sha256);
    if (mediaId === null) continue;
    const { items } = await postingsOf(store, ctx, mediaId);
    if (!beginsAs(items, postings, chats)) continue;
    found += 1;
    const [posting, ...others] = items;
    example ??= { posting: posting!, later: [...new Set(others.map(({ chat }) => chat.subject ?? ''))] };
  }
  return { first: { expected: sentOn.length, found }, example };
};

/** The first is of the group and person that sent it first, and both groups are there. */
const beginsAs = (items: readonly Posting[], postings: TruthChats['postings'], chats: TruthChats): boolean => {
  const [first, truth] = [items[0], postings[0]];
  if (first === undefined || truth === undefined) return false;
  const groupOf = ({ chat }: Posting) =>
    chats.exports.find(
      ({ exhibit, group }) =>
        exhibit === chat.exhibit.reference && subjectsOf(chats, group).includes(chat.subject ?? ''),
    );
  const told = groupOf(first);
  const names = told?.names[truth.author] ?? [];
  const groups = new Set(items.map((item) => groupOf(item)?.group));
  return (
    told?.group === truth.group &&
    names.includes((first.author?.name ?? '').replaceAll('\u00a0', ' ')) &&
    postings.every(({ group }) => groups.has(group))
  );
};

const subjectsOf = ({ groups }: TruthChats, id: string): readonly string[] =>
  groups.find((group) => group.id === id)?.subjects ?? [];

const mediaOf = (store: Store, ctx: Context, sha256: string): Promise<string | null> =>
  withContext(
    store.app,
    ctx,
    async (trx) => {
      const { rows } = await sql<{
        id: string;
      }>`select id from media where sha256 = decode(${sha256}, 'hex') order by id limit 1`.execute(trx);
      return rows[0]?.id ?? null;
    },
    { access: 'read only' },
  );
