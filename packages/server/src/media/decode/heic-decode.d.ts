// Types of heic-decode 2.1, which ships none.
declare module 'heic-decode' {
  interface Pixels {
    readonly width: number;
    readonly height: number;
    /** Interleaved RGBA. */
    readonly data: Uint8ClampedArray;
  }
  interface Picture {
    readonly width: number;
    readonly height: number;
    decode(): Promise<Pixels>;
  }
  interface Decode {
    (input: { buffer: Uint8Array }): Promise<Pixels>;
    all(input: { buffer: Uint8Array }): Promise<Picture[] & { dispose(): void }>;
  }
  const decode: Decode;
  export default decode;
}
