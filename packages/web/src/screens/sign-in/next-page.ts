// The page that somebody wanted to see, while they sign in elsewhere and come back.
const KEY = 'redthread.next';

export const keepNext = (next: string | undefined): void => {
  if (next === undefined) window.sessionStorage.removeItem(KEY);
  else window.sessionStorage.setItem(KEY, next);
};

/** Of this application alone. */
export const takeNext = (): string => {
  const next = window.sessionStorage.getItem(KEY);
  window.sessionStorage.removeItem(KEY);
  return next !== null && /^\/(?!\/)/.test(next) ? next : '/operations';
};
