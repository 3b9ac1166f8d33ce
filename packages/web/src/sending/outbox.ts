// Decisions on their way: each is written down before it is sent, sent in the order in which it was made, and forgotten once the server has
// answered. One that meets no server, or a session that has ended, waits and is sent again; the server knows it by its id and counts it once.

export interface Act {
  /** The id of the decision, in `body` as well. */
  readonly id: string;
  readonly path: string;
  readonly body: object;
}

export interface OutboxState {
  readonly waiting: number;
  /** The last try met nobody. */
  readonly isStuck: boolean;
  /** Of an earlier page of this browser: nobody is there any more to be told that it was refused. */
  readonly refused: readonly unknown[];
}

export interface Outbox {
  /** Settles when the server has answered. */
  readonly post: (act: Act) => Promise<unknown>;
  /** Takes back what was not sent yet; false where it was. */
  readonly drop: (id: string) => boolean;
  readonly retry: () => void;
  readonly state: () => OutboxState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly close: () => void;
}

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

interface OutboxOptions {
  readonly storage: Kept;
  /** Of the person: nobody else's decisions are sent in their name. */
  readonly owner: string;
  readonly send: (act: Act) => Promise<unknown>;
  /** Whether a failure says nothing about the decision itself. */
  readonly isPassing: (error: unknown) => boolean;
  readonly retryMs?: number;
}

const RETRY_MS = 2000;
const PREFIX = 'redthread-unsent:';

interface Waiter {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** In the order in which they were made. */
const storedActs = (storage: Kept, prefix: string): readonly (readonly [string, Act])[] => {
  const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '').filter((key) =>
    key.startsWith(prefix),
  );
  return keys.sort().flatMap((key) => {
    try {
      return [[key, JSON.parse(storage.getItem(key) ?? '') as Act] as const];
    } catch {
      return [];
    }
  });
};

export const createOutbox = ({ storage, owner, send, isPassing, retryMs = RETRY_MS }: OutboxOptions): Outbox => {
  const prefix = `${PREFIX}${owner}:`;
  const queue = storedActs(storage, prefix).map(([key, act]) => ({ key, act }));
  const waiters = new Map<string, Waiter>();
  const listeners = new Set<() => void>();
  let state: OutboxState = { waiting: queue.length, isStuck: false, refused: [] };
  let sending: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  let made = 0;

  const tell = (change: Partial<OutboxState>): void => {
    state = { ...state, waiting: queue.length, ...change };
    for (const listener of listeners) listener();
  };
  const forget = (id: string): void => {
    const at = queue.findIndex(({ act }) => act.id === id);
    if (at === -1) return;
    storage.removeItem(queue[at]?.key ?? '');
    queue.splice(at, 1);
    waiters.delete(id);
  };
  const pump = async (): Promise<void> => {
    if (sending !== null || closed) return;
    clearTimeout(timer);
    for (let next = queue[0]; next !== undefined && !closed; next = queue[0]) {
      const { act } = next;
      sending = act.id;
      try {
        const answer = await send(act);
        waiters.get(act.id)?.resolve(answer);
        forget(act.id);
        tell({ isStuck: false });
      } catch (error) {
        if (isPassing(error)) {
          timer = setTimeout(() => void pump(), retryMs);
          tell({ isStuck: true });
          break;
        }
        const waiter = waiters.get(act.id);
        forget(act.id);
        tell({ isStuck: false, ...(waiter === undefined ? { refused: [...state.refused, error] } : {}) });
        waiter?.reject(error);
      } finally {
        sending = null;
      }
    }
  };
  void pump();

  return {
    post: (act) => {
      made += 1;
      const key = `${prefix}${Date.now().toString().padStart(15, '0')}-${made.toString().padStart(6, '0')}`;
      storage.setItem(key, JSON.stringify(act));
      queue.push({ key, act });
      const answer = new Promise((resolve, reject) => waiters.set(act.id, { resolve, reject }));
      tell({});
      void pump();
      return answer;
    },
    drop: (id) => {
      if (sending === id || !queue.some(({ act }) => act.id === id)) return false;
      forget(id);
      tell({});
      return true;
    },
    retry: () => void pump(),
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
};
