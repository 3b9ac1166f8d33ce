// The keys of the web application: one table of what has a key, on which pages, and by which key where nobody chose another. A person's own
// keys are kept by the server; two things that can be done on one page never share a key.
import { z } from 'zod';

export const KEY_PAGES = ['review', 'media', 'compare', 'connections', 'series', 'graph', 'chats'] as const;
export type KeyPage = (typeof KEY_PAGES)[number];

interface KeyDefault {
  /** As `chordOf` of the web writes them: "j", "Shift+R", "ArrowLeft", "Space", "?". */
  readonly keys: readonly string[];
  readonly pages: readonly KeyPage[];
  /** Nobody chooses another: arrows are directions, and Escape leads out of everything. */
  readonly isFixed?: true;
}

const ARROWS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'] as const;

const ACTIONS = {
  help: { keys: ['?'], pages: KEY_PAGES },
  search: { keys: ['/'], pages: KEY_PAGES },
  close: { keys: ['Escape'], pages: KEY_PAGES, isFixed: true },
  move: { keys: ARROWS, pages: ['review', 'series', 'graph'], isFixed: true },
  stretch: { keys: ARROWS.map((key) => `Shift+${key}`), pages: ['review'], isFixed: true },
  loupe: { keys: ['Space'], pages: ['review'] },
  reveal: { keys: ['r'], pages: ['review', 'media', 'compare', 'chats'] },
  keep: { keys: ['Shift+R'], pages: ['review', 'media', 'compare', 'chats'] },
  open: { keys: ['Enter'], pages: ['review', 'series', 'graph', 'chats'] },
  compare: { keys: ['c'], pages: ['review', 'series'] },
  undo: { keys: ['z'], pages: ['review', 'media'] },
  claim: { keys: ['q'], pages: ['review'] },
  toSeries: { keys: ['s'], pages: ['review', 'media'] },
  facets: { keys: ['['], pages: ['review'] },
  inspector: { keys: [']'], pages: ['review'] },
  larger: { keys: ['+', '='], pages: ['review'] },
  smaller: { keys: ['-'], pages: ['review'] },
  region: { keys: ['g'], pages: ['media'] },
  mode: { keys: ['m'], pages: ['compare'] },
  lines: { keys: ['l'], pages: ['compare'] },
  swap: { keys: ['x'], pages: ['compare'] },
  zoomIn: { keys: ['+', '='], pages: ['compare', 'graph'] },
  zoomOut: { keys: ['-'], pages: ['compare', 'graph'] },
  fit: { keys: ['0'], pages: ['compare', 'graph'] },
  next: { keys: ['j', 'ArrowDown'], pages: ['connections', 'chats'] },
  previous: { keys: ['k', 'ArrowUp'], pages: ['connections', 'chats'] },
  openEvidence: { keys: ['Enter'], pages: ['connections'] },
  confirm: { keys: ['y'], pages: ['connections'] },
  reject: { keys: ['n'], pages: ['connections'] },
  snooze: { keys: ['s'], pages: ['connections'] },
  reopen: { keys: ['o'], pages: ['connections'] },
  between: { keys: ['e'], pages: ['connections'] },
  leads: { keys: ['l'], pages: ['connections'] },
  addMember: { keys: ['a'], pages: ['series'] },
  expand: { keys: ['e'], pages: ['graph'] },
  pin: { keys: ['p'], pages: ['graph'] },
  pathEnd: { keys: ['t'], pages: ['graph'] },
} as const satisfies Record<string, KeyDefault>;

export type KeyAction = keyof typeof ACTIONS;
export const KEY_ACTIONS: Readonly<Record<KeyAction, KeyDefault>> = ACTIONS;
export const KEY_ACTION_NAMES = Object.keys(ACTIONS) as [KeyAction, ...KeyAction[]];

/** The codes of a scheme have these where votes are given, whichever scheme an agency votes in. */
export const VOTE_KEYS: readonly string[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'x'];
const VOTE_PAGES: readonly KeyPage[] = ['review', 'media'];

/** One character that is seen, a capital with Shift, or a key with a name that neither browser nor system needs. */
const CHORD =
  /^(?:[^\p{C}\p{Z}\p{Lu}]|Shift\+\p{Lu}|Space|Enter|Home|End|PageUp|PageDown|Insert|Delete|F[1-9]|(?:Shift\+)?Arrow(?:Left|Right|Up|Down))$/u;
export const KeyChord = z
  .string()
  .max(20)
  .regex(CHORD, 'a key such as j, Shift+R, Space or ArrowLeft, without Ctrl, Alt and Meta');

const MOST_KEYS = 4;
/** What a person changed; everything else keeps its own keys. No key: it has none. */
export const KeySettings = z.object({
  keys: z.partialRecord(z.enum(KEY_ACTION_NAMES), z.array(KeyChord).max(MOST_KEYS)),
});
export type KeySettings = z.infer<typeof KeySettings>;

export const keysOf = (action: KeyAction, own: KeySettings['keys']): readonly string[] =>
  KEY_ACTIONS[action].isFixed === true ? KEY_ACTIONS[action].keys : (own[action] ?? KEY_ACTIONS[action].keys);

export interface KeyConflict {
  readonly action: KeyAction;
  readonly chord: string;
  /** What has the key: another action, a vote, or itself where nobody may choose another. */
  readonly other: KeyAction | 'vote' | 'fixed';
}

/** The first key that would do two things on one page, or that would move what stays where it is. */
export const keyConflict = (own: KeySettings['keys']): KeyConflict | null => {
  for (const action of KEY_ACTION_NAMES) {
    const given = own[action];
    if (given === undefined) continue;
    const { pages, isFixed } = KEY_ACTIONS[action];
    if (isFixed === true) return { action, chord: given[0] ?? '', other: 'fixed' };
    for (const chord of given) {
      if (VOTE_KEYS.includes(chord) && pages.some((page) => VOTE_PAGES.includes(page)))
        return { action, chord, other: 'vote' };
      const other = KEY_ACTION_NAMES.find(
        (name) =>
          name !== action &&
          keysOf(name, own).includes(chord) &&
          KEY_ACTIONS[name].pages.some((page) => pages.includes(page)),
      );
      if (other !== undefined) return { action, chord, other };
    }
  }
  return null;
};
