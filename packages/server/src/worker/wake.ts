// Waiting that ends early: at a NOTIFY, or when the process is to stop. Polling is the fallback, never the rule.

export interface Wake {
  /** Ends the present wait, or the next one when nobody waits. */
  ring(): void;
  /** Waits for a ring, at most `timeoutMs`. */
  wait(timeoutMs: number): Promise<void>;
}

export const createWake = (): Wake => {
  let rung = false;
  let release: (() => void) | null = null;
  return {
    ring: () => {
      rung = true;
      release?.();
    },
    wait: async (timeoutMs) => {
      if (!rung)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, timeoutMs);
          release = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      release = null;
      rung = false;
    },
  };
};
