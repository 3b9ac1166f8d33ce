// All that the bytes of one file say of its way, read at once. It parses what is hostile: the server calls it in a disposable child only.
import { boxTree, type BoxTree } from './box-tree.js';
import { jpegStructure, type JpegStructure } from './jpeg-structure.js';

/** What programs leave in the segments before the picture. */
export const MARKS = ['facebook-fbmd', 'screenshot-comment', 'editor'] as const;
export type Mark = (typeof MARKS)[number];

export interface FileTraces {
  readonly structure: JpegStructure | null;
  readonly boxes: BoxTree | null;
  readonly marks: readonly Mark[];
}

const HEAD_BYTES = 256 * 1024;
const LOOKS: Readonly<Record<Mark, RegExp>> = {
  'facebook-fbmd': /FBMD/,
  'screenshot-comment': /ASCII\0\0\0Screenshot/,
  editor: /Photoshop|GIMP|Lightroom|Instagram|Picasa|Snapseed/,
};

const PIECE_BYTES = 8_192;

/** The beginning of a file as Latin-1, in pieces: so many arguments a call takes. */
const headOf = (file: Uint8Array): string => {
  const end = Math.min(file.length, HEAD_BYTES);
  let text = '';
  for (let at = 0; at < end; at += PIECE_BYTES)
    text += String.fromCharCode(...file.subarray(at, Math.min(end, at + PIECE_BYTES)));
  return text;
};

export const fileTraces = (file: Uint8Array): FileTraces => {
  const head = headOf(file);
  return {
    structure: jpegStructure(file),
    boxes: boxTree(file),
    marks: MARKS.filter((mark) => LOOKS[mark].test(head)),
  };
};
