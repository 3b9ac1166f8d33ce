// File names are bytes: decoding them as what they most likely are, and writing down faithfully what they are not.

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The name, where its bytes are UTF-8; else null. */
export const utf8Name = (bytes: Uint8Array): string | null => {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return null;
  }
};

/** UTF-8 with each byte that does not belong written as `\xNN`. */
const escapedName = (bytes: Buffer): string => {
  let name = '';
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at]!;
    const length = first < 0x80 ? 1 : first < 0xc0 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    const text = length > 0 && at + length <= bytes.length ? utf8Name(bytes.subarray(at, at + length)) : null;
    name += text ?? `\\x${first.toString(16).padStart(2, '0')}`;
    at += text === null ? 1 : length;
  }
  return name;
};

export interface DecodedName {
  /** As text, U+FFFD in place of bytes that are no UTF-8. */
  readonly name: string;
  /** The same with those bytes as `\xNN`; left out where there are none. */
  readonly rawName?: string;
}

/** A name that should be UTF-8. */
export const decodedName = (bytes: Buffer): DecodedName => {
  const name = utf8Name(bytes);
  return name === null ? { name: bytes.toString('utf8'), rawName: escapedName(bytes) } : { name };
};

// IBM PC code page 437, upper half: what ZIP names are in when nothing else is said (APPNOTE 4.4.17, appendix D).
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

export const cp437Name = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : CP437[byte - 0x80]!)).join('');
