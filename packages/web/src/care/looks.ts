// When pictures were revealed in this tab: for the line that suggests a break, and for nothing else. It is sent nowhere.

const KEY = 'redthread-looks';
const KEPT = 2000;

const listeners = new Set<() => void>();
let times: readonly number[] = [];
try {
  times = JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as number[];
} catch {
  // Written by something else: the count begins here.
}

const set = (next: readonly number[]): void => {
  times = next;
  sessionStorage.setItem(KEY, JSON.stringify(times));
  for (const listener of listeners) listener();
};

export const noteLook = (): void => set([...times, Date.now()].slice(-KEPT));
/** A break was taken, or is not wanted now: the count begins anew. */
export const forgetLooks = (): void => set([]);
export const looks = (): readonly number[] => times;
export const onLook = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
