// A task that timers and notifications ask for: while it runs, asking again makes it run once more after that, and no oftener.

export interface OneAtATime {
  (): Promise<void>;
  /** When what runs has ended. */
  settled(): Promise<void>;
}

/** What the task throws is not told: it is asked for again. */
export const oneAtATime = (task: () => Promise<void>): OneAtATime => {
  let running: Promise<void> | null = null;
  let again = false;
  const all = async (): Promise<void> => {
    do {
      again = false;
      await task().catch(() => undefined);
    } while (again);
  };
  const ask = (): Promise<void> => {
    if (running !== null) {
      again = true;
      return running;
    }
    running = all().finally(() => (running = null));
    return running;
  };
  return Object.assign(ask, { settled: async () => void (await running) });
};
