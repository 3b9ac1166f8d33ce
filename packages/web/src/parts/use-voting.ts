// Votes by the keys of the scheme of the viewer's agency, wherever a media is looked at.
import { CANNOT_SAY, VotesCast, type ListedScheme, type StackTile, type VerdictVote } from '@redthread/core/contract';
import { codeKeys } from '@redthread/core/schemes';
import { useQuery, useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { callJson } from '../api/client.js';
import { meQuery, schemesQuery, verdictRuleQuery } from '../api/queries.js';
import { useChange } from '../api/use-change.js';
import { useKeys } from '../app/keys.js';
import { t } from '../text/index.js';

const MAY = ['administrator', 'coordinator', 'officer', 'reviewer'];
const TOUCHES = ['/media', '/verdict-queue', '/funnel'];

export interface VoteKey {
  readonly key: string;
  /** scheme@version:code. */
  readonly name: string;
  readonly code: string;
  readonly title: string;
}

const keysOf = (scheme: ListedScheme): VoteKey[] =>
  codeKeys(scheme).map(({ key, code }) => ({
    key,
    code,
    name: `${scheme.name}:${code}`,
    title: code === CANNOT_SAY ? t.verdicts.cannotSay : (scheme.codes.find((one) => one.code === code)?.title.en ?? ''),
  }));

interface TilePage {
  readonly items: readonly StackTile[];
}

/** Tiles that are shown say at once what was voted; none of them is asked for again, so that none moves. */
const tellTiles = (client: QueryClient, { votes, state }: VotesCast): void => {
  const mediaId = votes[0]?.mediaId;
  const verdict = state === null ? null : { scheme: state.scheme, code: state.code, state: state.state };
  client.setQueriesData<InfiniteData<TilePage>>({ queryKey: ['/stacks', 'pages'] }, (data) =>
    data === undefined
      ? data
      : {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            items: page.items.map((tile) => (tile.mediaId === mediaId ? { ...tile, verdict } : tile)),
          })),
        },
  );
};

export interface Voting {
  readonly keys: readonly VoteKey[];
  readonly cast: (key: VoteKey) => void;
  readonly busy: boolean;
  readonly error: unknown;
  readonly done: VotesCast | undefined;
}

/** `stack`: on the whole stack. `onCast`: what comes next, such as the next tile. */
export const useVoting = (
  mediaId: string | null,
  {
    stack = false,
    note = '',
    onCast,
  }: { readonly stack?: boolean; readonly note?: string; readonly onCast?: (cast: VotesCast) => void } = {},
): Voting => {
  const client = useQueryClient();
  const rule = useQuery(verdictRuleQuery).data;
  const schemes = useQuery(schemesQuery).data;
  const may = useQuery(meQuery).data?.roles.some((role) => MAY.includes(role)) === true;
  const scheme = schemes?.find(({ name, retired }) => name === rule?.scheme && retired === null);
  const keys = scheme === undefined || !may ? [] : keysOf(scheme);
  const change = useChange(
    ({ id, ...body }: Pick<VerdictVote, 'code' | 'note' | 'stack'> & { readonly id: string }) =>
      callJson(`/media/${id}/verdicts`, VotesCast, { method: 'POST', body }),
    TOUCHES,
  );
  const cast = (key: VoteKey): void => {
    if (mediaId === null || change.isPending) return;
    change.mutate(
      { id: mediaId, code: key.name, note, stack },
      {
        onSuccess: (done) => {
          tellTiles(client, done);
          onCast?.(done);
        },
      },
    );
  };
  useKeys(
    t.verdicts.keysOf(scheme?.name ?? ''),
    keys.map((key) => ({
      keys: [key.key],
      words: t.verdicts.vote(key.code === CANNOT_SAY ? '' : key.code, key.title).trim(),
      run: (repeat) => {
        if (!repeat) cast(key);
      },
    })),
    { active: keys.length > 0 },
  );
  return { keys, cast, busy: change.isPending, error: change.error, done: change.data };
};
