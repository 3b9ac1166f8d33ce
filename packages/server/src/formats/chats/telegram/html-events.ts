// Elements and text of the HTML that Telegram Desktop writes, chunk by chunk: no document type but that of HTML, no entity but five and numbers, no
// element deeper than 64; what stands in scripts and styles is passed over.
import { chatInvalid } from '../source.js';

export interface HtmlOpen {
  readonly name: string;
  readonly classes: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
}

export interface HtmlHandler {
  readonly open: (element: HtmlOpen, depth: number) => void;
  readonly text: (text: string) => void;
  /** `depth`: of the element that is closed. */
  readonly close: (depth: number) => void;
}

const DEPTH = 64;
const LONGEST = 1_048_576;
const VOID = new Set([
  'br',
  'img',
  'meta',
  'link',
  'input',
  'hr',
  'source',
  'wbr',
  'area',
  'base',
  'col',
  'embed',
  'track',
]);
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
  ['laquo', '«'],
  ['raquo', '»'],
]);
const ATTRIBUTE = /([a-z][\w:-]{0,60})\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)')/gi;

export class HtmlEvents {
  #held = '';
  #line = 1;
  #skips: string | null = null;
  readonly #open: string[] = [];

  constructor(readonly handler: HtmlHandler) {}

  /** Errors: CHAT_INVALID with the line. */
  write(chunk: string): void {
    const all = this.#held + chunk;
    let at = 0;
    while (at < all.length) {
      const next = this.#step(all, at);
      if (next < 0) break;
      for (let end = all.indexOf('\n', at); end >= 0 && end < next; end = all.indexOf('\n', end + 1)) this.#line += 1;
      at = next;
    }
    this.#held = all.slice(at);
    if (this.#held.length > LONGEST) throw this.#broken('something that does not end');
  }

  end(): void {
    if (this.#held !== '' && !this.#held.startsWith('<')) this.handler.text(unescaped(this.#held));
    while (this.#open.length > 0) this.#leave();
  }

  /** Where the next step begins; -1 where more is needed. */
  #step(all: string, at: number): number {
    if (this.#skips !== null) {
      const end = all.indexOf(`</${this.#skips}`, at);
      if (end < 0) return Math.max(at, all.length - 20) > at ? all.length - 20 : -1;
      this.#skips = null;
      return end;
    }
    if (all[at] !== '<') {
      const end = all.indexOf('<', at);
      if (end < 0) return -1;
      this.handler.text(unescaped(all.slice(at, end)));
      return end;
    }
    if (all.startsWith('<!--', at)) {
      const end = all.indexOf('-->', at + 4);
      return end < 0 ? -1 : end + 3;
    }
    const end = tagEnd(all, at);
    if (end < 0) return -1;
    const inner = all.slice(at + 1, end - 1);
    if (inner.startsWith('!')) {
      if (!/^!doctype\s+html\s*$/i.test(inner)) throw this.#broken('a document type is not read');
    } else if (inner.startsWith('/')) this.#close(inner.slice(1).trim().toLowerCase());
    else this.#enter(inner);
    return end;
  }

  #enter(inner: string): void {
    const name = /^[a-z][a-z0-9]{0,20}/i.exec(inner)?.[0].toLowerCase();
    if (name === undefined) return;
    const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
    for (const [, key, one, other] of inner.matchAll(ATTRIBUTE))
      attributes[key!.toLowerCase()] = unescaped(one ?? other ?? '');
    const isEmpty = VOID.has(name) || inner.endsWith('/');
    if (this.#open.length >= DEPTH) throw this.#broken(`nested deeper than ${DEPTH}`);
    this.#open.push(name);
    this.handler.open({ name, classes: (attributes['class'] ?? '').split(/\s+/), attributes }, this.#open.length);
    if (isEmpty) this.#leave();
    else if (name === 'script' || name === 'style') this.#skips = name;
  }

  /** Elements inside that were left open end with it; the end of what is not open is passed over. */
  #close(name: string): void {
    const at = this.#open.lastIndexOf(name);
    if (at >= 0) while (this.#open.length > at) this.#leave();
  }

  #leave(): void {
    this.handler.close(this.#open.length);
    this.#open.pop();
  }

  #broken(why: string): Error {
    return chatInvalid(`line ${this.#line}`, why);
  }
}

const unescaped = (raw: string): string =>
  raw.includes('&')
    ? raw.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, name: string) => {
        if (!name.startsWith('#')) return ENTITIES.get(name) ?? whole;
        const point = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
        return point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)
          ? String.fromCodePoint(point)
          : whole;
      })
    : raw;

/** Past the end of a tag: `>` may stand in the value of an attribute. */
const tagEnd = (all: string, at: number): number => {
  let quote = 0;
  for (let i = at + 1; i < all.length; i++) {
    const code = all.charCodeAt(i);
    if (quote !== 0) quote = code === quote ? 0 : quote;
    else if (code === 0x22 || code === 0x27) quote = code;
    else if (code === 0x3e) return i + 1;
  }
  return -1;
};
