// The funnel follows running work: asked again while an exhibit is in work, and once more when the last one ends.
import type { Exhibit } from '@redthread/core/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

const FUNNEL_POLL_MS = 3000;

const running = (exhibits: readonly Exhibit[] | undefined): boolean =>
  exhibits?.some((exhibit) => exhibit.state !== 'complete' && exhibit.state !== 'failed') === true;

/** Options of a query that changes while these exhibits are in work. */
export const useLiveFunnel = (exhibits: readonly Exhibit[] | undefined): { refetchInterval: number | false } => {
  const client = useQueryClient();
  const now = running(exhibits);
  const before = useRef(now);
  useEffect(() => {
    if (before.current && !now) {
      for (const path of ['/funnel', '/stacks', '/connections']) void client.invalidateQueries({ queryKey: [path] });
    }
    before.current = now;
  }, [client, now]);
  return { refetchInterval: now ? FUNNEL_POLL_MS : false };
};
