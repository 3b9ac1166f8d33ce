import { ScopeSet, SegmentedNearIndex } from '@redthread/core/index';

const hash = new Uint8Array(32).fill(0x5a);
const copy = hash.slice();
copy[0]! ^= 0b111; // three bits away

const index = new SegmentedNearIndex();
index.add(7, hash, [1]); // under scope 1
index.add(8, copy, [2]);
index.seal();

export const all = index.search(hash, 31); // [{ id: 7, distanceBits: 0 }, { id: 8, distanceBits: 3 }]
export const seen = index.search(hash, 31, { visible: new ScopeSet([2]), limit: 10 }); // [{ id: 8, distanceBits: 3 }]
