// How core gets at its compiled kernels.
export { createMemory, growMemory, instantiate, PAGE_BYTES } from './kernel.js';
export type { KernelBytes, KernelVariant } from './kernel.js';
export type { WasmMemory } from './platform.js';
