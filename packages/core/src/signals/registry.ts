// Every method that there is, strongest evidence first: what `redthread signals` lists and what is run on new content.
import { fail } from '../errors/index.js';
import { edgeHash } from './edge-hash.js';
import { lumaGrid } from './luma-grid.js';
import type { Signal, SignalMethod } from './method.js';
import { pdq } from './pdq.js';
import { sha256 } from './sha256.js';

export const METHODS: readonly SignalMethod[] = [sha256, pdq, edgeHash, lumaGrid];

const byName = new Map(METHODS.map((method) => [method.name, method]));

/** Throws METHOD_UNKNOWN. */
export const methodNamed = (name: string): SignalMethod => {
  const method = byName.get(name);
  if (method === undefined) throw fail('METHOD_UNKNOWN', `${name}; there are ${[...byName.keys()].join(', ')}`);
  return method;
};

/** The signal of a method in its present version, if it is among them: older versions are not compared with newer ones. */
export const signalOf = (signals: readonly Signal[], method: SignalMethod): Signal | undefined =>
  signals.find((signal) => signal.method === method.name && signal.version === method.version);
