// The near index's compiled kernels, typed. Addresses and counts are u32; what they do is said where they are written.
import { near } from '../../wasm/generated/near.js';
import { instantiate, type WasmMemory } from '../../wasm/index.js';

export interface NearKernels {
  arrange(segment: number, spare: number): number;
  fillChunks(segment: number): void;
  orderIds(segment: number, spare: number): void;
  beginChecksum(state: number): void;
  addToChecksum(state: number, at: number, length: number): void;
  endChecksum(state: number, at: number, length: number): bigint;
  writeFlips(at: number, width: number, reach: number): number;
  spread(at: number, count: number): void;
  search(segment: number, scratch: number, radiusBits: number): number;
  scan(hashes: number, scratch: number, from: number, to: number, radiusBits: number): number;
  scanSegment(segment: number, scratch: number, from: number, radiusBits: number): number;
  slotOfPosting(segment: number, posting: number): number;
}

export const nearKernels = (memory: WasmMemory): NearKernels => instantiate<NearKernels>(near, memory);
