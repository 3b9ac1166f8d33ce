// The one way to clear pixels: POST (the server commits the audit event first), a blob address while held, revoked after.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { callBlob } from '../api/client.js';
import type { KeyBinding } from '../app/keymap.js';
import { noteLook } from '../care/looks.js';
import { useCare } from '../care/use-care.js';
import { usePurpose } from './purpose.js';

export type RevealState =
  | { readonly status: 'veiled' }
  | { readonly status: 'asking' }
  | { readonly status: 'clear'; readonly url: string; readonly blob: Blob }
  | { readonly status: 'refused'; readonly error: unknown };

export interface Reveal {
  readonly state: RevealState;
  /** Kept open by a confirmed click, until the view is left. */
  readonly kept: boolean;
  readonly hold: () => void;
  readonly release: () => void;
  /** Null where a clear picture ends with its key. */
  readonly keep: (() => void) | null;
}

const VEILED: RevealState = { status: 'veiled' };

/** Where the clear pixels of each are asked for. */
const PATHS = {
  media: (id: string) => `/media/${id}/reveal`,
  storyboard: (id: string) => `/media/${id}/storyboard/reveal`,
  asks: (id: string) => `/asks/${id}/crop`,
};

/** Reveals one media, the stills of a film or the crop of a question, while held or kept. Leaving the view, another media or a hidden tab veils it again. */
export const useReveal = (mediaId: string | null, of: keyof typeof PATHS = 'media'): Reveal => {
  const { ready, whenReady } = usePurpose();
  const [state, setState] = useState<RevealState>(VEILED);
  const [kept, setKept] = useState(false);
  /** The key is down: what is gone on to is revealed as well, each by its own event. */
  const held = useRef(false);
  const flight = useRef<AbortController | null>(null);
  const url = useRef<string | null>(null);

  const veil = useCallback((): void => {
    flight.current?.abort();
    flight.current = null;
    if (url.current !== null) URL.revokeObjectURL(url.current);
    url.current = null;
    setState((now) => (now.status === 'veiled' ? now : VEILED));
  }, []);

  const begin = useCallback((): void => {
    if (mediaId === null || flight.current !== null || url.current !== null) return;
    const controller = new AbortController();
    flight.current = controller;
    setState({ status: 'asking' });
    callBlob(PATHS[of](mediaId), {
      method: 'POST',
      body: {},
      signal: controller.signal,
    })
      .then((blob) => {
        if (controller.signal.aborted) return;
        flight.current = null;
        url.current = URL.createObjectURL(blob);
        noteLook();
        setState({ status: 'clear', url: url.current, blob });
      })
      .catch((error: unknown) => {
        if (controller.signal.aborted) return;
        flight.current = null;
        setState({ status: 'refused', error });
      });
  }, [mediaId, of]);

  // Whoever has just answered why holds nothing any more: a hold has to be made again, what was to be kept open is kept.
  const hold = useCallback((): void => {
    if (mediaId === null || !ready()) return;
    held.current = true;
    begin();
  }, [mediaId, ready, begin]);
  const release = useCallback((): void => {
    held.current = false;
    if (!kept) veil();
  }, [kept, veil]);
  const keep = useCallback((): void => {
    if (kept) {
      setKept(false);
      veil();
    } else if (mediaId !== null)
      whenReady(() => {
        begin();
        setKept(true);
      });
  }, [mediaId, kept, begin, veil, whenReady]);

  useEffect(() => {
    const hide = (): void => {
      if (!document.hidden) return;
      held.current = false;
      setKept(false);
      veil();
    };
    document.addEventListener('visibilitychange', hide);
    if (held.current) begin();
    return () => {
      document.removeEventListener('visibilitychange', hide);
      setKept(false);
      veil();
    };
  }, [mediaId, begin, veil]);

  const mayKeep = useCare().reveal === 'hold-or-keep';
  return useMemo(
    () => ({ state, kept, hold, release, keep: mayKeep ? keep : null }),
    [state, kept, hold, release, keep, mayKeep],
  );
};

/** The key that keeps open what it shows, where that may be kept. */
export const keepKeys = (reveals: readonly Reveal[]): readonly KeyBinding[] =>
  reveals.some(({ keep }) => keep === null)
    ? []
    : [{ action: 'keep', run: () => reveals.forEach(({ keep }) => keep?.()) }];
