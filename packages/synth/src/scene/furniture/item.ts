// A piece of furniture: its footprint against a wall (or free in the room) and how it is built there.
import type { Random } from '../../random/random.js';
import type { Builder } from '../builder.js';
import type { Kit } from '../kit.js';

/** Local frame: x along the wall from the middle, y up, z away from the wall. Lengths in metres. */
export interface Item {
  readonly name: string;
  readonly width: number;
  readonly depth: number;
  readonly height: number;
  /** Where a lamp glows, local; the room decides whether it is lit. */
  readonly lampAt?: readonly [number, number, number];
  readonly build: (builder: Builder, kit: Kit) => void;
}

export type Maker = (random: Random) => Item;
