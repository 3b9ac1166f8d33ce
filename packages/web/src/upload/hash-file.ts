// SHA-256 of files in the browser: what fits into one piece by the browser itself, larger files piece by piece, so that no
// more than a piece is ever in memory.
import { fail, type RedthreadError } from '@redthread/core/errors';
import { Sha256 } from '@redthread/core/sending';

export const PIECE_BYTES = 8 * 1024 * 1024;

/** A page that was not reached safely has no `crypto.subtle`; it hashes all the same. */
export const sha256Of = async (bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> =>
  crypto.subtle === undefined
    ? new Sha256().update(bytes).digest()
    : new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));

/** Errors: FILE_MISSING, FILE_UNREADABLE. */
export const readPart = async (file: Blob, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> => {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.slice(start, end).arrayBuffer());
  } catch (error) {
    throw readError(error);
  }
  if (bytes.length !== end - start) throw fail('FILE_UNREADABLE', `it ends at ${start + bytes.length} bytes`);
  return bytes;
};

/** Gives the memory of bytes back that nobody reads again: by itself a browser does so when it has gathered hundreds of megabytes. */
export const letGo = ({ buffer }: Uint8Array): void => {
  // Of ECMAScript 2024: not in every browser.
  (buffer as { transfer?: (bytes: number) => ArrayBuffer }).transfer?.(0);
};

/** `onBytes`: after each piece. Errors: FILE_MISSING, FILE_UNREADABLE; what `onBytes` throws. */
export const hashFile = async (file: Blob, onBytes: (count: number) => void): Promise<Uint8Array<ArrayBuffer>> => {
  if (file.size <= PIECE_BYTES) {
    const bytes = await readPart(file, 0, file.size);
    const digest = await sha256Of(bytes);
    letGo(bytes);
    onBytes(file.size);
    return digest;
  }
  const hash = new Sha256();
  for (let at = 0; at < file.size; at += PIECE_BYTES) {
    const bytes = await readPart(file, at, Math.min(file.size, at + PIECE_BYTES));
    const { length } = bytes;
    hash.update(bytes);
    letGo(bytes);
    onBytes(length);
  }
  return hash.digest();
};

/** The browser says only that it cannot read: the file is another one since it was chosen, or may not be read. */
const readError = (error: unknown): RedthreadError => {
  const { name } = error as DOMException;
  return name === 'NotFoundError'
    ? fail('FILE_MISSING', 'it is gone since it was chosen')
    : fail('FILE_UNREADABLE', `it changed since it was chosen, or may not be read (${name})`);
};
