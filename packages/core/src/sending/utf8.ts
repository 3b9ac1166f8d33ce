// Text as bytes and back, typed here: core takes neither the browser's nor Node's types.
interface Platform {
  readonly TextEncoder: new () => { encode(text: string): Uint8Array };
  readonly TextDecoder: new (label: string) => { decode(bytes: Uint8Array): string };
}
const platform = globalThis as unknown as Platform;
const encoder = new platform.TextEncoder();
const decoder = new platform.TextDecoder('utf-8');

export const utf8Bytes = (text: string): Uint8Array => encoder.encode(text);
/** U+FFFD stands in place of what is no UTF-8. */
export const utf8Text = (bytes: Uint8Array): string => decoder.decode(bytes);
