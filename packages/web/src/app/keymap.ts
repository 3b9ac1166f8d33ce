// Which key does what: chords from events, and a registry in which the view opened last answers first. What has which keys stands in the
// keymap of the contract; a person may have chosen others.
import { keysOf, type KeyAction, type KeySettings } from '@redthread/core/contract';

interface Acting {
  readonly run: (repeat: boolean, chord: string) => void;
  /** For keys that act while they are held. */
  readonly release?: () => void;
}

export type KeyBinding = Acting &
  (
    | {
        readonly action: KeyAction;
        /** Where the keymap's own say too little. */
        readonly words?: string;
      }
    /** What is in no keymap, as the codes of a scheme; chords as `chordOf` writes them: "j", "Shift+R", "ArrowLeft", "Space", "?". */
    | { readonly keys: readonly string[]; readonly words: string }
  );

export type OwnKeys = KeySettings['keys'];

export interface KeyGroup {
  readonly name: string;
  /** Nothing below answers while this group stands (dialogs, loupe). */
  readonly exclusive?: boolean;
  readonly bindings: () => readonly KeyBinding[];
}

interface KeyLike {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Keys that go on with a stretch while Shift is down. */
const MOVES = /^(Arrow|Home$|End$)/;

/** The chord of an event, or null where the browser or the system owns it. Letters are lower case; Shift is named with letters and moves. */
export const chordOf = ({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyLike): string | null => {
  if (ctrlKey || metaKey || altKey) return null;
  if (key === ' ') return 'Space';
  if (key.length > 1) return shiftKey && MOVES.test(key) ? `Shift+${key}` : key;
  const letter = key.toLowerCase() !== key.toUpperCase();
  if (!letter) return key;
  return shiftKey ? `Shift+${key.toUpperCase()}` : key.toLowerCase();
};

const NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

/** As a key is printed on a keyboard: "R", "⇧R", "←". */
export const keyName = (chord: string): string => {
  const named = NAMES[chord];
  if (named !== undefined) return named;
  if (chord.startsWith('Shift+')) return `⇧${keyName(chord.slice(6))}`;
  return chord.length === 1 ? chord.toUpperCase() : chord;
};

export interface KeyRegistry {
  /** Returns its removal. */
  readonly add: (group: KeyGroup) => () => void;
  /** True when a binding took the chord. */
  readonly press: (chord: string, repeat: boolean) => boolean;
  /** Ends what the chord's key held, whatever modifiers are down by now. */
  readonly release: (chord: string) => void;
  /** Ends everything held: the window lost its focus. */
  readonly releaseAll: () => void;
  /** What answers now, the top first. */
  readonly active: () => readonly KeyGroup[];
  /** The keys that the person chose. */
  readonly choose: (own: OwnKeys) => void;
  readonly chordsOf: (binding: KeyBinding) => readonly string[];
}

const baseKey = (chord: string): string => chord.replace(/^Shift\+/, '').toLowerCase();

export const createKeyRegistry = (): KeyRegistry => {
  let groups: readonly KeyGroup[] = [];
  let own: OwnKeys = {};
  const chordsOf = (binding: KeyBinding): readonly string[] =>
    'action' in binding ? keysOf(binding.action, own) : binding.keys;
  const held = new Map<string, () => void>();
  const active = (): readonly KeyGroup[] => {
    const top = [...groups].reverse();
    const wall = top.findIndex((group) => group.exclusive === true);
    return wall === -1 ? top : top.slice(0, wall + 1);
  };
  return {
    add: (group) => {
      groups = [...groups, group];
      return () => {
        groups = groups.filter((other) => other !== group);
      };
    },
    press: (chord, repeat) => {
      for (const group of active()) {
        const binding = group.bindings().find((one) => chordsOf(one).includes(chord));
        if (binding === undefined) continue;
        if (binding.release !== undefined) {
          if (repeat || held.has(baseKey(chord))) return true;
          held.set(baseKey(chord), binding.release);
        }
        binding.run(repeat, chord);
        return true;
      }
      return false;
    },
    release: (chord) => {
      held.get(baseKey(chord))?.();
      held.delete(baseKey(chord));
    },
    releaseAll: () => {
      for (const end of held.values()) end();
      held.clear();
    },
    active,
    chordsOf,
    choose: (next) => {
      own = next;
    },
  };
};
