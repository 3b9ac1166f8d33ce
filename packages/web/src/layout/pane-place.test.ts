import { describe, expect, it } from 'vitest';
import { placeInPane } from './pane-place.js';
import { FIT } from './view-box.js';

const pane = { width: 400, height: 300 };

describe('placeInPane', () => {
  it('is where the fitted picture shows it', () => {
    const wide = { ratio: 2, turn: 'upright', view: FIT } as const;
    expect(placeInPane(pane, wide, { x: 0.5, y: 0.5 })).toEqual({ x: 200, y: 150 });
    expect(placeInPane(pane, wide, { x: 0, y: 0 })).toEqual({ x: 0, y: 50 });
    expect(placeInPane(pane, { ...wide, ratio: 0.5 }, { x: 1, y: 1 })).toEqual({ x: 275, y: 300 });
  });

  it('follows a turn, a mirror, and a quarter turn that is fitted into the pane on its side', () => {
    const shown = { ratio: 2, view: FIT } as const;
    expect(placeInPane(pane, { ...shown, turn: 'mirror' }, { x: 0, y: 0 })).toEqual({ x: 400, y: 50 });
    expect(placeInPane(pane, { ...shown, turn: 'rotate180' }, { x: 0, y: 0 })).toEqual({ x: 400, y: 250 });
    // 300 wide and 150 high before it is turned to the right: its top left comes to the top right.
    expect(placeInPane(pane, { ...shown, turn: 'rotate90' }, { x: 0, y: 0 })).toEqual({ x: 275, y: 0 });
    expect(placeInPane(pane, { ...shown, turn: 'transpose' }, { x: 1, y: 0 })).toEqual({ x: 125, y: 300 });
  });

  it('follows zoom and pan as the picture does', () => {
    const view = { zoom: 2, x: 0.25, y: 0.5 };
    const shown = { ratio: 4 / 3, turn: 'upright', view } as const;
    // The point under the middle of the pane is a quarter from the left.
    expect(placeInPane(pane, shown, { x: 0.25, y: 0.5 })).toEqual({ x: 200, y: 150 });
    expect(placeInPane(pane, shown, { x: 0.5, y: 0.5 })).toEqual({ x: 400, y: 150 });
  });
});
