// Votes by the keys of the scheme of the viewer's agency, wherever a media is looked at: on one, on its stack, or on a stretch of a review.
import { CANNOT_SAY, StretchCast, VotesCast, type ListedScheme, type ReviewWindow } from '@redthread/core/contract';
import { codeKeys } from '@redthread/core/schemes';
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { REVIEWED_PATHS, meQuery, schemesQuery, verdictRuleQuery } from '../api/queries.js';
import { useKeys } from '../app/keys.js';
import { randomId } from '../sending/random-id.js';
import { useOutbox } from '../sending/use-outbox.js';
import { t } from '../text/index.js';
import { codeTitle } from './code-titles.js';

const MAY = ['administrator', 'coordinator', 'officer', 'reviewer'];

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
    title: codeTitle(scheme, code) ?? '',
  }));

/** Tiles that are shown say at once what was voted; none of them is asked for again, so that none moves. */
const tellTiles = (client: QueryClient, { votes, state }: VotesCast): void => {
  const [vote] = votes;
  if (vote === undefined) return;
  const verdict = state === null ? null : { scheme: state.scheme, code: state.code, state: state.state };
  client.setQueriesData<ReviewWindow>({ queryKey: ['/reviews', 'tiles'] }, (window) =>
    window === undefined || !window.items.some(({ mediaId }) => mediaId === vote.mediaId)
      ? window
      : {
          ...window,
          items: window.items.map((tile) =>
            tile.mediaId === vote.mediaId ? { ...tile, verdict, own: vote.code, claim: null } : tile,
          ),
        },
  );
};

export interface Stretch {
  readonly review: string;
  readonly from: number;
  readonly to: number;
}

/** What one key press is about; null: nothing that can be voted on. */
export type VoteTarget =
  | { readonly mediaId: string; readonly stack?: boolean; readonly note?: string }
  | { readonly stretch: Stretch; readonly stack: boolean }
  | null;

export interface Done {
  /** On one media, or its stack. */
  readonly votes?: VotesCast;
  readonly stretch?: StretchCast;
  readonly decision: string;
}

interface Options {
  /** At the key press, before anything was sent. */
  readonly onGiven?: (decision: string) => void;
  readonly onCast?: (done: Done) => void;
  /** The server did not take it: nothing was voted. */
  readonly onRefused?: (decision: string) => void;
}

export interface Voting {
  readonly keys: readonly VoteKey[];
  readonly cast: (key: VoteKey) => void;
  readonly error: unknown;
  readonly done: Done | undefined;
}

const actOf = (target: NonNullable<VoteTarget>, code: string, decision: string) =>
  'stretch' in target
    ? {
        path: `/reviews/${target.stretch.review}/verdicts`,
        body: { code, decision, stack: target.stack, from: target.stretch.from, to: target.stretch.to },
      }
    : {
        path: `/media/${target.mediaId}/verdicts`,
        body: { code, decision, stack: target.stack ?? false, note: target.note ?? '' },
      };

export const useVoting = (target: VoteTarget, { onGiven, onCast, onRefused }: Options = {}): Voting => {
  const client = useQueryClient();
  const outbox = useOutbox();
  const rule = useQuery(verdictRuleQuery).data;
  const schemes = useQuery(schemesQuery).data;
  const may = useQuery(meQuery).data?.roles.some((role) => MAY.includes(role)) === true;
  const scheme = schemes?.find(({ name, retired }) => name === rule?.scheme && retired === null);
  const keys = scheme === undefined || !may ? [] : keysOf(scheme);
  const [said, setSaid] = useState<{ readonly done?: Done; readonly error: unknown }>({ error: null });
  const cast = (key: VoteKey): void => {
    if (target === null) return;
    const decision = randomId();
    const answered = (answer: unknown): void => {
      const done: Done =
        'stretch' in target
          ? { decision, stretch: StretchCast.parse(answer) }
          : { decision, votes: VotesCast.parse(answer) };
      if (done.votes !== undefined) tellTiles(client, done.votes);
      for (const path of REVIEWED_PATHS) void client.invalidateQueries({ queryKey: [path], refetchType: 'none' });
      if ('stretch' in target) {
        void client.invalidateQueries({ queryKey: ['/reviews', 'tiles', target.stretch.review] });
      } else {
        void client.invalidateQueries({ queryKey: [`/media/${target.mediaId}/verdicts`] });
        void client.invalidateQueries({ queryKey: [`/media/${target.mediaId}/history`] });
      }
      setSaid({ done, error: null });
      onCast?.(done);
    };
    setSaid({ error: null });
    const refused = (error: unknown): void => {
      setSaid({ error });
      onRefused?.(decision);
    };
    outbox.post({ id: decision, ...actOf(target, key.name, decision) }).then(answered, refused);
    onGiven?.(decision);
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
  return { keys, cast, error: said.error, done: said.done };
};
