// Sets text in lines: which part of a typeface has each sign, how wide it is, where a line breaks. A sign that no part has is spelled by its
// number: nothing is left out.
import { visible } from '../../../../app/cli/io.js';
import { FACE_PARTS, faceFile, type Face } from './face-files.js';
import type { StableDocument } from './stable-document.js';

export interface Run {
  /** Name under which the document knows the file. */
  readonly font: string;
  /** Numbers of its signs, as they are written. */
  readonly hex: string;
  readonly width: number;
}
export interface Line {
  readonly runs: readonly Run[];
  readonly width: number;
}

/** A typeface as the library embeds it: signs that are shown are noted there, by the number that they get in the document. */
interface Embedded {
  readonly id: string;
  readonly ascender: number;
  readonly scale: number;
  readonly subset: { includeGlyph(glyph: number): number };
  readonly widths: (number | undefined)[];
  readonly unicode: (readonly number[] | undefined)[];
  readonly font: {
    hasGlyphForCodePoint(codePoint: number): boolean;
    glyphForCodePoint(codePoint: number): { readonly id: number; readonly advanceWidth: number };
  };
  ref(): object;
}

interface Sign {
  readonly font: string;
  /** In thousandths of the size. */
  readonly advance: number;
  /** Its number in the document, as it is written. */
  readonly hex: string;
}

const SPACES = new Set([0x20, 0xa0]);
const NARROW_SPACES = /[\u2009\u202f]/gu;
/** After these a long word may break; they stay on their line. */
const PIECES = /[^\s/\\_]*[/\\_]+|[^\s/\\_]+|\s+/gu;

export class Typesetter {
  readonly #doc: StableDocument;
  readonly #fonts = new Map<string, Embedded>();
  readonly #signs: Record<Face, Map<number, Sign | null>> = { sans: new Map(), bold: new Map(), mono: new Map() };

  constructor(doc: StableDocument) {
    this.#doc = doc;
  }

  #font(face: Face, part: string): Embedded {
    const name = `${face}-${part}`;
    let font = this.#fonts.get(name);
    if (font === undefined) {
      this.#doc.registerFont(name, faceFile(face, part));
      this.#doc.font(name);
      font = (this.#doc as unknown as { _font: Embedded })._font;
      this.#fonts.set(name, font);
    }
    return font;
  }

  #sign(face: Face, codePoint: number): Sign | null {
    const known = this.#signs[face].get(codePoint);
    if (known !== undefined) return known;
    let found: Sign | null = null;
    for (const part of FACE_PARTS[face]) {
      const font = this.#font(face, part);
      if (!font.font.hasGlyphForCodePoint(codePoint)) continue;
      found = face === 'mono' && SPACES.has(codePoint) ? this.#monoSpace() : shown(font, `${face}-${part}`, codePoint);
      break;
    }
    this.#signs[face].set(codePoint, found);
    return found;
  }

  /** The library reads no space of these files (its outline is empty, and the last): that of the sans, as wide as a digit. */
  #monoSpace(): Sign | null {
    const [space, digit] = [this.#sign('sans', 0x20), this.#sign('mono', 0x30)];
    return space === null || digit === null ? null : { ...space, advance: digit.advance };
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
    const runs: { font: string; hex: string; width: number }[] = [];
    let width = 0;
    for (const one of text) {
      const sign = this.#sign(face, one.codePointAt(0) ?? 0);
      if (sign === null) continue;
      const advance = (sign.advance * size) / 1000;
      const last = runs.at(-1);
      if (last?.font === sign.font) {
        last.hex += sign.hex;
        last.width += advance;
      } else runs.push({ font: sign.font, hex: sign.hex, width: advance });
      width += advance;
    }
    return { runs, width };
  }

  /** Draws a line whose upper edge is at `y`: signs by their numbers, each as wide as it is, without the cost of shaping what needs none. */
  draw({ runs }: Line, size: number, x: number, y: number): void {
    const { page } = this.#doc;
    let at = x;
    let content = 'q 1 0 0 -1 0 ' + points(page.height) + ' cm BT';
    for (const { font: name, hex, width } of runs) {
      const font = this.#fonts.get(name);
      if (font === undefined) continue;
      (page.fonts as Record<string, object>)[font.id] ??= font.ref();
      const base = page.height - y - (font.ascender * size) / 1000;
      content += ` 1 0 0 1 ${points(at)} ${points(base)} Tm /${font.id} ${points(size)} Tf <${hex}> Tj`;
      at += width;
    }
    this.#doc.addContent(`${content} ET Q`);
  }
}

const points = (value: number): string => String(Math.round(value * 1000) / 1000);

/** Takes the sign into the document. */
const shown = (font: Embedded, name: string, codePoint: number): Sign => {
  const { advanceWidth, id } = font.font.glyphForCodePoint(codePoint);
  const number = font.subset.includeGlyph(id);
  const advance = advanceWidth * font.scale;
  font.widths[number] ??= advance;
  font.unicode[number] ??= [codePoint];
  return { font: name, advance, hex: number.toString(16).padStart(4, '0') };
};
