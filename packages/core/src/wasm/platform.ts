// The few parts of WebAssembly that core uses, typed here: the language's own library does not declare them, and core takes neither
// the browser's nor Node's types.

export interface WasmMemory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
  /** Adds pages of 64 kB; throws RangeError where the machine has no more. */
  grow(pages: number): number;
}
type WasmModule = object;
interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}
interface Platform {
  readonly WebAssembly: {
    readonly Module: new (bytes: Uint8Array) => WasmModule;
    readonly Instance: new (module: WasmModule, imports: object) => WasmInstance;
    readonly Memory: new (shape: { initial: number; maximum?: number; shared?: boolean }) => WasmMemory;
  };
  atob(base64: string): string;
}

export const platform = globalThis as unknown as Platform;
export type { WasmModule };
