// Keeps a number of tasks under way and no more: whoever is faster waits, so that nothing piles up in memory.

export interface Limiter {
  /** Starts the task when there is room. Throws what an earlier task threw. */
  run(task: () => Promise<void>): Promise<void>;
  /** Waits for all that was started. Throws the first error. */
  idle(): Promise<void>;
}

export const createLimiter = (width: number): Limiter => {
  const running = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | null = null;
  const check = (): void => {
    if (failure !== null) throw failure.error;
  };
  return {
    run: async (task) => {
      while (running.size >= width && failure === null) await Promise.race(running);
      check();
      const started = task()
        .catch((error: unknown) => {
          failure ??= { error };
        })
        .finally(() => running.delete(started));
      running.add(started);
    },
    idle: async () => {
      while (running.size > 0) await Promise.race(running);
      check();
    },
  };
};
