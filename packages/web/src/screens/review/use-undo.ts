// What was voted in this tab, the last first: taken back one act at a time, also after a reload.
import { DecisionUndone } from '@redthread/core/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { callJson } from '../../api/client.js';
import { useOutbox } from '../../sending/use-outbox.js';

const KEPT_ACTS = 200;
const KEY = 'redthread-acts';

interface Act {
  readonly decision: string;
  /** Where it was, to go back to. */
  readonly place: number;
}

const read = (owner: string): readonly Act[] => {
  try {
    return JSON.parse(sessionStorage.getItem(`${KEY}:${owner}`) ?? '[]') as readonly Act[];
  } catch {
    return [];
  }
};

export interface Undo {
  readonly canUndo: boolean;
  readonly add: (act: Act) => void;
  /** It was not taken: there is nothing to take back. */
  readonly forget: (decision: string) => void;
  readonly undo: () => void;
  /** What the last one came to; null: it was never sent. */
  readonly undone: DecisionUndone | null | undefined;
  readonly error: unknown;
}

/** `owner`: the review; `onUndone`: goes back to where it was. */
export const useUndo = (owner: string, onUndone: (place: number) => void): Undo => {
  const client = useQueryClient();
  const outbox = useOutbox();
  const [acts, setActs] = useState(() => read(owner));
  const [{ undone, error }, setSaid] = useState<Pick<Undo, 'undone' | 'error'>>({ undone: undefined, error: null });
  const keep = (next: readonly Act[]): void => {
    setActs(next);
    sessionStorage.setItem(`${KEY}:${owner}`, JSON.stringify(next.slice(-KEPT_ACTS)));
  };
  const last = acts.at(-1);
  const undo = (): void => {
    if (last === undefined) return;
    keep(acts.slice(0, -1));
    onUndone(last.place);
    if (outbox.drop(last.decision)) {
      setSaid({ undone: null, error: null });
      return;
    }
    callJson(`/decisions/${last.decision}/undo`, DecisionUndone, { method: 'POST' })
      .then((answer) => {
        setSaid({ undone: answer, error: null });
        void client.invalidateQueries({ queryKey: ['/reviews', 'tiles', owner] });
        void client.invalidateQueries({
          predicate: ({ queryKey: [path] }) => String(path).startsWith('/media/') && String(path).endsWith('/verdicts'),
        });
      })
      .catch((failure: unknown) => setSaid({ undone: undefined, error: failure }));
  };
  return {
    canUndo: last !== undefined,
    add: (act) => {
      keep([...acts, act]);
      setSaid({ undone: undefined, error: null });
    },
    forget: (decision) => keep(read(owner).filter((act) => act.decision !== decision)),
    undo,
    undone,
    error,
  };
};
