// The stretch that is one's own for a while: asked for, renewed while one works on it, let go.
import { Claimed } from '@redthread/core/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { callJson, callVoid } from '../../api/client.js';
import type { Stretch } from './use-tiles.js';

/** Tiles that are claimed at once. */
const CLAIM_TILES = 50;
const RENEW_MS = 3 * 60_000;

export interface Claim {
  readonly held: (Stretch & { readonly until: string; readonly others: number }) | null;
  /** Asks for the next tiles, or lets go of those that are held. */
  readonly turn: () => void;
  readonly error: unknown;
}

export const useClaim = (review: string, total: number, place: number): Claim => {
  const client = useQueryClient();
  const [held, setHeld] = useState<Claim['held']>(null);
  const [error, setError] = useState<unknown>(null);
  const now = useRef(place);
  useEffect(() => {
    now.current = place;
  }, [place]);
  const again = (): void => void client.invalidateQueries({ queryKey: ['/reviews', 'tiles', review] });
  const ask = async (stretch: Stretch): Promise<void> => {
    try {
      const { until, others } = await callJson(`/reviews/${review}/claims`, Claimed, { method: 'POST', body: stretch });
      setHeld({ ...stretch, until, others });
      setError(null);
      again();
    } catch (failure) {
      setHeld(null);
      setError(failure);
    }
  };
  const renew = useRef(ask);
  useEffect(() => {
    renew.current = ask;
  });
  const [from, to] = [held?.from, held?.to];
  useEffect(() => {
    if (from === undefined || to === undefined) return undefined;
    const timer = setInterval(() => {
      const next = Math.max(from, now.current);
      if (next <= to) void renew.current({ from: next, to });
      else setHeld(null);
    }, RENEW_MS);
    return () => clearInterval(timer);
  }, [from, to]);
  const turn = (): void => {
    if (held === null) {
      const first = Math.max(0, place);
      void ask({ from: first, to: Math.min(total - 1, first + CLAIM_TILES - 1) });
      return;
    }
    setHeld(null);
    callVoid('/claims', { method: 'DELETE' }).then(again, setError);
  };
  return { held, turn, error };
};
