// What is counted, on signals made by hand: no picture is drawn and no decoder runs.
import { describe, expect, it } from 'vitest';
import { edgeHash, exampleFeatures, lumaGrid, pdq, type Signal } from '@redthread/core/signals';
import { measure, measuredMethods, type PlantedMedia } from './measure.js';

const other = edgeHash.examples[1]!;
const grids = lumaGrid.examples[1]!;
const hashes = pdq.examples[1]!;
/** They have two places in common. */
const features = exampleFeatures(2);
/** Signals of two pictures that nobody takes for one another. */
const LAMP: readonly Signal[] = [hashes.a, other.a, grids.a, features.a];
const TRAM: readonly Signal[] = [hashes.b, other.b, grids.b, features.b];

let made = 0;
const planted = (given: Partial<PlantedMedia> & Pick<PlantedMedia, 'picture' | 'signals'>): PlantedMedia => ({
  sha256: (++made).toString(16).padStart(64, '0'),
  group: given.picture,
  edit: null,
  promised: false,
  ...given,
});
const copy = { edit: 'messenger', promised: true };

describe('measure', () => {
  it('counts what each method and all together find, and that nothing else was matched', async () => {
    const result = await measure([
      planted({ picture: 'lamp', signals: LAMP }),
      planted({ picture: 'tram', signals: TRAM }),
      planted({ picture: 'lamp', signals: LAMP, ...copy }),
      planted({ picture: 'tram', signals: TRAM, ...copy }),
    ]);
    const byMethod = Object.fromEntries(measuredMethods().map(({ name }) => [name, 2]));
    expect(result.edits).toEqual([{ ...copy, copies: 2, found: { together: 2, byMethod } }]);
    expect(result.falseMatches.together).toEqual({
      comparisons: 4,
      errors: 0,
      nearMiss: { comparisons: 0, errors: 0 },
    });
    expect(result).toMatchObject({ holds: true, misses: [], notProposed: 0 });
  });

  it('does not hold when a promised copy is missed, and says why', async () => {
    const result = await measure([
      planted({ picture: 'lamp', signals: LAMP }),
      planted({ picture: 'lamp', signals: TRAM, ...copy }),
    ]);
    expect(result.holds).toBe(false);
    expect(result.misses).toMatchObject([{ picture: 'lamp', edit: 'messenger' }]);
    expect(result.misses[0]?.why).toContain('pdq 116');
  });

  it('takes a copy beyond the floor that is missed for a figure, not for a failure', async () => {
    const result = await measure([
      planted({ picture: 'lamp', signals: LAMP }),
      planted({ picture: 'lamp', signals: TRAM, edit: 'tilted', promised: false }),
    ]);
    expect(result.edits[0]?.found.together).toBe(0);
    expect(result).toMatchObject({ holds: true, misses: [] });
  });

  it('does not hold when two pictures of one room are taken for the same', async () => {
    const result = await measure([
      planted({ picture: 'lamp', group: 'room', signals: LAMP }),
      planted({ picture: 'window', group: 'room', signals: LAMP }),
    ]);
    const once = { comparisons: 1, errors: 1, nearMiss: { comparisons: 1, errors: 1 } };
    expect(result.falseMatches.together).toEqual(once);
    // Parts and places are what two pictures of one room do have in common: no error of the methods that say so.
    const notCounted = { comparisons: 0, errors: 0, nearMiss: { comparisons: 0, errors: 0 } };
    const ofParts = new Set(['local-features', 'scene-geometry']);
    expect(result.falseMatches.byMethod).toEqual(
      Object.fromEntries(measuredMethods().map(({ name }) => [name, ofParts.has(name) ? notCounted : once])),
    );
    expect(result.holds).toBe(false);
  });

  it('ends with the reason of its signal', async () => {
    const media = [planted({ picture: 'lamp', signals: LAMP }), planted({ picture: 'tram', signals: TRAM })];
    await expect(measure(media, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });
});
