import { describe, expect, it, vi } from 'vitest';
import { chordOf, createKeyRegistry, keyName } from './keymap.js';

const event = (key: string, more: Partial<Record<'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});

describe('keymap', () => {
  it('writes chords, and leaves those of the browser alone', () => {
    expect(chordOf(event('j'))).toBe('j');
    expect(chordOf(event('J'))).toBe('j');
    expect(chordOf(event('R', { shiftKey: true }))).toBe('Shift+R');
    expect(chordOf(event('?', { shiftKey: true }))).toBe('?');
    expect(chordOf(event(' '))).toBe('Space');
    expect(chordOf(event('ArrowUp'))).toBe('ArrowUp');
    expect(chordOf(event('ArrowUp', { shiftKey: true }))).toBe('Shift+ArrowUp');
    expect(chordOf(event('Enter', { shiftKey: true }))).toBe('Enter');
    expect(keyName('Shift+ArrowUp')).toBe('⇧↑');
    expect(chordOf(event('r', { ctrlKey: true }))).toBeNull();
    expect(chordOf(event('r', { metaKey: true }))).toBeNull();
  });

  it('names keys as they are printed', () => {
    expect(['r', 'Shift+R', 'ArrowLeft', '/', 'Escape'].map(keyName)).toEqual(['R', '⇧R', '←', '/', 'Esc']);
  });

  it('lets the group added last answer first, and an exclusive one answer alone', () => {
    const registry = createKeyRegistry();
    const below = vi.fn();
    const above = vi.fn();
    registry.add({
      name: 'page',
      bindings: () => [
        { keys: ['c'], words: '', run: below },
        { keys: ['x'], words: '', run: below },
      ],
    });
    const remove = registry.add({
      name: 'loupe',
      exclusive: true,
      bindings: () => [{ keys: ['c'], words: '', run: above }],
    });
    expect(registry.press('c', false)).toBe(true);
    expect(registry.press('x', false)).toBe(false);
    expect([above.mock.calls.length, below.mock.calls.length]).toEqual([1, 0]);
    remove();
    expect(registry.press('c', false)).toBe(true);
    expect(below).toHaveBeenCalledTimes(1);
  });

  it('goes by the keymap, and by what the person chose', () => {
    const registry = createKeyRegistry();
    const run = vi.fn();
    registry.add({ name: 'page', bindings: () => [{ action: 'claim', run }] });
    expect([registry.press('q', false), registry.press('w', false)]).toEqual([true, false]);
    registry.choose({ claim: ['w'] });
    expect([registry.press('q', false), registry.press('w', false)]).toEqual([false, true]);
    expect(registry.active().flatMap((group) => group.bindings().map(registry.chordsOf))).toEqual([['w']]);
    registry.choose({ claim: [] });
    expect(registry.press('w', false)).toBe(false);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('holds once, whatever repeats, and lets go when the key, with or without Shift, or the window is left', () => {
    const registry = createKeyRegistry();
    const run = vi.fn();
    const release = vi.fn();
    registry.add({ name: 'page', bindings: () => [{ keys: ['r'], words: '', run, release }] });
    registry.press('r', false);
    registry.press('r', true);
    expect(run).toHaveBeenCalledTimes(1);
    registry.release('Shift+R');
    expect(release).toHaveBeenCalledTimes(1);
    registry.release('r');
    expect(release).toHaveBeenCalledTimes(1);
    registry.press('r', false);
    registry.releaseAll();
    expect(release).toHaveBeenCalledTimes(2);
  });
});
