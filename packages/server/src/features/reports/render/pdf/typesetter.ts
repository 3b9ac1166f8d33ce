// Sets text in lines: which part of a typeface has each sign, how wide it is, where a line breaks. A sign that no part has is spelled by its
// number: nothing is left out.
import { visible } from '../../../../app/cli/io.js';
import { FACE_PARTS, faceFile, type Face } from './face-files.js';
import type { StableDocument } from './stable-document.js';

export interface Run {
  /** Name under which the document knows the file. */
  readonly font: string;
  readonly text: string;
  readonly width: number;
}
export interface Line {
  readonly runs: readonly Run[];
  readonly width: number;
}

interface Glyphs {
  readonly unitsPerEm: number;
  hasGlyphForCodePoint(codePoint: number): boolean;
  glyphForCodePoint(codePoint: number): { readonly advanceWidth: number };
}

interface Sign {
  readonly font: string;
  /** In thousandths of the size. */
  readonly advance: number;
}

const SPACES = new Set([0x20, 0xa0]);
const NARROW_SPACES = /[\u2009\u202f]/gu;
/** After these a long word may break; they stay on their line. */
const PIECES = /[^\s/\\_]*[/\\_]+|[^\s/\\_]+|\s+/gu;

export class Typesetter {
  readonly #doc: StableDocument;
  readonly #fonts = new Map<string, Glyphs>();
  readonly #signs: Record<Face, Map<number, Sign | null>> = { sans: new Map(), bold: new Map(), mono: new Map() };

  constructor(doc: StableDocument) {
    this.#doc = doc;
  }

  #glyphs(face: Face, part: string): Glyphs {
    const name = `${face}-${part}`;
    let glyphs = this.#fonts.get(name);
    if (glyphs === undefined) {
      this.#doc.registerFont(name, faceFile(face, part));
      this.#doc.font(name);
      glyphs = (this.#doc as unknown as { _font: { font: Glyphs } })._font.font;
      this.#fonts.set(name, glyphs);
    }
    return glyphs;
  }

  #sign(face: Face, codePoint: number): Sign | null {
    const known = this.#signs[face].get(codePoint);
    if (known !== undefined) return known;
    let found = face === 'mono' && SPACES.has(codePoint) ? this.#monoSpace() : null;
    if (found === null)
      for (const part of FACE_PARTS[face]) {
        const glyphs = this.#glyphs(face, part);
        if (!glyphs.hasGlyphForCodePoint(codePoint)) continue;
        const advance = (glyphs.glyphForCodePoint(codePoint).advanceWidth * 1000) / glyphs.unitsPerEm;
        found = { font: `${face}-${part}`, advance };
        break;
      }
    this.#signs[face].set(codePoint, found);
    return found;
  }

  /** The library reads no space of these files (its outline is empty, and the last): that of the sans, as wide as a digit. */
  #monoSpace(): Sign | null {
    this.#glyphs('sans', FACE_PARTS.sans[0] ?? '');
    const digit = this.#sign('mono', 0x30);
    return digit === null ? null : { font: `sans-${FACE_PARTS.sans[0] ?? ''}`, advance: digit.advance };
  }

  /** The text with what cannot be drawn spelled out. */
  #drawable(face: Face, text: string): string {
    let drawn = '';
    for (const one of visible(text).replace(NARROW_SPACES, '\u00a0')) {
      const codePoint = one.codePointAt(0) ?? 0;
      drawn +=
        this.#sign(face, codePoint) === null ? `‹U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}›` : one;
    }
    return drawn;
  }

  #advance(face: Face, text: string): number {
    let sum = 0;
    for (const one of text) sum += this.#sign(face, one.codePointAt(0) ?? 0)?.advance ?? 0;
    return sum;
  }

  /** Lines of at most so many points, at least one. */
  lines(face: Face, size: number, width: number, text: string): Line[] {
    const limit = (width * 1000) / size;
    const lines: string[] = [];
    let line = '';
    let used = 0;
    const end = (): void => {
      lines.push(line.trimEnd());
      [line, used] = ['', 0];
    };
    for (const piece of this.#drawable(face, text).match(PIECES) ?? []) {
      const wide = this.#advance(face, piece);
      if (used > 0 && used + wide > limit && piece.trim() !== '') end();
      if (used === 0 && piece.trim() === '') continue;
      if (wide <= limit) {
        line += piece;
        used += wide;
        continue;
      }
      // A word that is wider than a line breaks anywhere.
      for (const one of piece) {
        const advance = this.#advance(face, one);
        if (used > 0 && used + advance > limit) end();
        line += one;
        used += advance;
      }
    }
    if (line !== '' || lines.length === 0) end();
    return lines.map((one) => this.#runs(face, size, one));
  }

  #runs(face: Face, size: number, text: string): Line {
    const runs: { font: string; text: string; width: number }[] = [];
    let width = 0;
    for (const one of text) {
      const sign = this.#sign(face, one.codePointAt(0) ?? 0);
      if (sign === null) continue;
      const advance = (sign.advance * size) / 1000;
      const last = runs.at(-1);
      if (last?.font === sign.font) {
        last.text += one;
        last.width += advance;
      } else runs.push({ font: sign.font, text: one, width: advance });
      width += advance;
    }
    return { runs, width };
  }

  /** Draws a line whose upper edge is at `y`. */
  draw({ runs }: Line, size: number, x: number, y: number): void {
    let at = x;
    for (const { font, text, width } of runs) {
      this.#doc.font(font).fontSize(size).text(text, at, y, { lineBreak: false });
      at += width;
    }
  }
}
