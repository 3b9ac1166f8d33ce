import { describe, expect, it } from 'vitest';
import { KEY_ACTION_NAMES, KEY_ACTIONS, KeySettings, keyConflict, keysOf, VOTE_KEYS } from './keymap.js';

describe('keymap', () => {
  it('has no two things with one key on a page, as it comes', () => {
    const asOwn = Object.fromEntries(
      KEY_ACTION_NAMES.filter((name) => KEY_ACTIONS[name].isFixed !== true).map((name) => [
        name,
        [...KEY_ACTIONS[name].keys],
      ]),
    );
    expect(keyConflict(asOwn)).toBeNull();
    expect(KeySettings.safeParse({ keys: asOwn }).success).toBe(true);
  });

  it('names what has a key already, on the same page alone', () => {
    expect(keyConflict({ claim: ['c'] })).toEqual({ action: 'claim', chord: 'c', other: 'compare' });
    expect(keyConflict({ claim: ['?'] })).toEqual({ action: 'claim', chord: '?', other: 'help' });
    expect(keyConflict({ claim: ['3'] })).toEqual({ action: 'claim', chord: '3', other: 'vote' });
    expect(keyConflict({ leads: ['3', 'q'] })).toBeNull();
    expect(keyConflict({ move: ['w'] })).toEqual({ action: 'move', chord: 'w', other: 'fixed' });
    expect(keyConflict({ claim: ['c'], compare: ['q'] })).toBeNull();
    expect(keyConflict({ compare: [] })).toBeNull();
  });

  it('keeps to what was chosen, and to the table for the rest', () => {
    expect(keysOf('claim', { claim: ['w'] })).toEqual(['w']);
    expect(keysOf('claim', { claim: [] })).toEqual([]);
    expect(keysOf('undo', { claim: ['w'] })).toEqual(['z']);
    expect(keysOf('close', { close: ['w'] })).toEqual(['Escape']);
  });

  it('takes keys that a keyboard sends as one, and nothing that a browser needs', () => {
    const takes = (chord: string): boolean => KeySettings.safeParse({ keys: { claim: [chord] } }).success;
    expect(['w', 'Shift+W', 'ñ', '%', 'Space', 'F2', 'PageDown'].filter((chord) => !takes(chord))).toEqual([]);
    expect(['W', 'Ctrl+w', '', ' ', 'Tab', 'F12', 'ab', '\u0007'].filter(takes)).toEqual([]);
    expect(KeySettings.safeParse({ keys: { nothing: ['w'] } }).success).toBe(false);
    expect(VOTE_KEYS.every(takes)).toBe(true);
  });
});
