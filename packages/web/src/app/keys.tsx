// Binds the keymap to the window: one listener, views add their groups while they stand.
import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import { chordOf, createKeyRegistry, type KeyBinding, type KeyRegistry } from './keymap.js';

const KeysContext = createContext<KeyRegistry | null>(null);

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.tagName === 'TEXTAREA' ||
    target.tagName === 'SELECT' ||
    (target instanceof HTMLInputElement && !['range', 'checkbox', 'radio', 'button'].includes(target.type)));

/** Enter and Space belong to the button or link that has the focus. */
const isControl = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('button, a, [role="slider"], input') !== null;

export const KeysProvider = ({ children }: { children: ReactNode }): ReactNode => {
  const [registry] = useState(createKeyRegistry);
  useEffect(() => {
    const down = (event: KeyboardEvent): void => {
      if (isTyping(event.target)) return;
      const chord = chordOf(event);
      if (chord === null) return;
      if ((chord === 'Enter' || chord === 'Space') && isControl(event.target)) return;
      if (registry.press(chord, event.repeat)) event.preventDefault();
    };
    const up = (event: KeyboardEvent): void => {
      const chord = chordOf(event) ?? event.key;
      registry.release(chord);
    };
    const hide = (): void => {
      if (document.hidden) registry.releaseAll();
    };
    window.addEventListener('keydown', down);
    window.addEventListener('keyup', up);
    window.addEventListener('blur', registry.releaseAll);
    document.addEventListener('visibilitychange', hide);
    return () => {
      window.removeEventListener('keydown', down);
      window.removeEventListener('keyup', up);
      window.removeEventListener('blur', registry.releaseAll);
      document.removeEventListener('visibilitychange', hide);
    };
  }, [registry]);
  return <KeysContext value={registry}>{children}</KeysContext>;
};

export const useKeyRegistry = (): KeyRegistry => {
  const registry = useContext(KeysContext);
  if (registry === null) throw new Error('KeysProvider is missing');
  return registry;
};

/** Binds keys while the component stands; `active: false` suspends them. */
export const useKeys = (
  name: string,
  bindings: readonly KeyBinding[],
  { exclusive = false, active = true }: { exclusive?: boolean; active?: boolean } = {},
): void => {
  const registry = useKeyRegistry();
  const latest = useRef(bindings);
  useEffect(() => {
    latest.current = bindings;
  });
  useEffect(
    () => (active ? registry.add({ name, exclusive, bindings: () => latest.current }) : undefined),
    [registry, name, exclusive, active],
  );
};
