// Every method that there is; bytes first, then what sees the whole picture, then what sees its parts: what `redthread signals` lists and what is run on new content.
import { fail } from '../errors/index.js';
import { edgeHash } from './edge-hash.js';
import { filmFrames } from './film-frames.js';
import { filmParts } from './film-parts.js';
import { filmPlaces } from './film-places.js';
import { filmStill } from './film-still.js';
import { localFeatures } from './local-features.js';
import { lumaGrid } from './luma-grid.js';
import type { Signal, SignalMethod } from './method.js';
import { pdq } from './pdq.js';
import { sceneGeometry } from './scene-geometry.js';
import { sha256 } from './sha256.js';
import { soundWords } from './sound-words.js';

export const METHODS: readonly SignalMethod[] = [
  sha256,
  pdq,
  edgeHash,
  lumaGrid,
  localFeatures,
  sceneGeometry,
  filmFrames,
  filmStill,
  filmParts,
  filmPlaces,
  soundWords,
];

const byName = new Map(METHODS.map((method) => [method.name, method]));

/** Throws METHOD_UNKNOWN. */
export const methodNamed = (name: string): SignalMethod => {
  const method = byName.get(name);
  if (method === undefined) throw fail('METHOD_UNKNOWN', `${name}; there are ${[...byName.keys()].join(', ')}`);
  return method;
};

/** Whether a match by this method lies at its threshold or above; a method that is gone by now was one of distance. */
export const isAtLeastMethod = (name: string): boolean => byName.get(name)?.matchesWhen === 'at-least';

/** A measured value as a distance: the better, the smaller, whichever way its method counts. */
export const distanceOf = ({ method, value }: { readonly method: string; readonly value: number }): number =>
  isAtLeastMethod(method) ? -value : value;

/** The signal that a method compares, in its present version, if it is among them: older versions are not compared with newer ones. */
export const signalOf = (signals: readonly Signal[], method: SignalMethod): Signal | undefined => {
  const { name, version } = method.reads ?? method;
  return signals.find((signal) => signal.method === name && signal.version === version);
};
