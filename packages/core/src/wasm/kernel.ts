// Loads compiled kernels: no file is read, since their bytes are part of the program (scripts/wasm.mjs).
import { platform, type WasmMemory, type WasmModule } from './platform.js';

/** Bytes of a page of memory. */
export const PAGE_BYTES = 65_536;
/** A memory reaches 4 GiB and no further. */
const MAXIMUM_PAGES = 65_536;

/** One set of kernels in its two builds: `shared` works on memory that several threads share, `plain` in any browser. */
export interface KernelBytes {
  readonly plain: string;
  readonly shared: string;
}

export type KernelVariant = keyof KernelBytes;

const compiled = new Map<string, WasmModule>();

const moduleOf = (base64: string): WasmModule => {
  let module = compiled.get(base64);
  if (module === undefined) {
    const text = platform.atob(base64);
    module = new platform.WebAssembly.Module(Uint8Array.from({ length: text.length }, (_, i) => text.charCodeAt(i)));
    compiled.set(base64, module);
  }
  return module;
};

/** A memory of at least `bytes`, zeroed. Throws RangeError where the machine has not that much. */
export const createMemory = (bytes: number, variant: KernelVariant): WasmMemory => {
  const initial = Math.max(1, Math.ceil(bytes / PAGE_BYTES));
  return new platform.WebAssembly.Memory(
    variant === 'shared' ? { initial, maximum: MAXIMUM_PAGES, shared: true } : { initial },
  );
};

/** Makes `memory` at least `bytes` long. Views of a plain memory made before must be made anew. */
export const growMemory = (memory: WasmMemory, bytes: number): void => {
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE_BYTES);
  if (missing > 0) memory.grow(missing);
};

/** The kernels over this memory; each thread makes its own instance over a shared one. `Exports` is the caller's word for what they are. */
export const instantiate = <Exports>(bytes: KernelBytes, memory: WasmMemory): Exports => {
  // A page that is not isolated from other sites has no SharedArrayBuffer at all.
  const isShared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  const variant: KernelVariant = isShared ? 'shared' : 'plain';
  return new platform.WebAssembly.Instance(moduleOf(bytes[variant]), { env: { memory } }).exports as unknown as Exports;
};
