// Elements and text of an XML document, chunk by chunk. No document type, no entity but the five of XML and numbers, nothing fetched: what lists
// need, and nothing that a hostile file could unfold.
import { invalidAt } from './invalid.js';
import { own } from './stated.js';

export interface XmlOpen {
  /** Without its prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly line: number;
}

export interface XmlHandler {
  readonly open: (element: XmlOpen) => void;
  readonly text: (text: string) => void;
  readonly close: (name: string, line: number) => void;
}

const DEPTH = 64;
const LONGEST = 1_048_576;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const NAME = /^[\p{L}_:][\p{L}\p{N}\-._:]*/u;
const ATTRIBUTE = /\s*([\p{L}_:][\p{L}\p{N}\-._:]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/uy;

export class XmlEvents {
  #held = '';
  #line = 1;
  readonly #names: string[] = [];
  #hasRoot = false;

  constructor(readonly handler: XmlHandler) {}

  /** Errors: LIST_INVALID with the line. */
  write(text: string): void {
    const all = this.#held + text;
    let at = 0;
    while (at < all.length) {
      const next = all.charCodeAt(at) === 0x3c ? this.#markup(all, at) : this.#text(all, at);
      if (next < 0) break;
      this.#count(all, at, next);
      at = next;
    }
    this.#held = all.slice(at);
    if (this.#held.length > LONGEST) throw this.#broken('something that does not end');
  }

  end(): void {
    if (this.#held.trim() !== '') throw this.#broken('the file ends in the middle');
    if (this.#names.length > 0) throw this.#broken(`the file ends inside ${this.#names.at(-1)}`);
    if (!this.#hasRoot) throw this.#broken('no element');
  }

  #text(all: string, at: number): number {
    const end = all.indexOf('<', at);
    if (end < 0) return -1;
    const raw = all.slice(at, end);
    if (this.#names.length > 0) this.handler.text(this.#unescaped(raw));
    else if (raw.trim() !== '') throw this.#broken('text outside of the document');
    return end;
  }

  #markup(all: string, at: number): number {
    const upTo = (sign: string, from: number): number => {
      const end = all.indexOf(sign, from);
      return end < 0 ? -1 : end + sign.length;
    };
    if ('<![CDATA['.startsWith(all.slice(at, at + 9)) && all.length - at < 9) return -1;
    if (all.startsWith('<!--', at)) return upTo('-->', at + 4);
    if (all.startsWith('<![CDATA[', at)) {
      const end = upTo(']]>', at + 9);
      if (end >= 0 && this.#names.length === 0) throw this.#broken('text outside of the document');
      if (end >= 0) this.handler.text(all.slice(at + 9, end - 3));
      return end;
    }
    if (all.startsWith('<!', at)) throw this.#broken('a document type is not read');
    if (all.startsWith('<?', at)) return upTo('?>', at + 2);
    const end = tagEnd(all, at);
    if (end < 0) return -1;
    if (all.charCodeAt(at + 1) === 0x2f) this.#close(all.slice(at + 2, end - 1).trim());
    else this.#open(all.slice(at + 1, end - 1));
    return end;
  }

  #open(inner: string): void {
    const isEmpty = inner.endsWith('/');
    const body = isEmpty ? inner.slice(0, -1) : inner;
    const full = NAME.exec(body)?.[0];
    if (full === undefined) throw this.#broken('a tag without a name');
    if (this.#names.length === 0 && this.#hasRoot) throw this.#broken('a second document');
    this.#hasRoot = true;
    const attributes: Record<string, string> = {};
    ATTRIBUTE.lastIndex = full.length;
    let at = full.length;
    for (let found = ATTRIBUTE.exec(body); found !== null; found = ATTRIBUTE.exec(body)) {
      attributes[bare(found[1]!)] = this.#unescaped(found[2] ?? found[3] ?? '');
      at = ATTRIBUTE.lastIndex;
    }
    if (body.slice(at).trim() !== '') throw this.#broken(`attributes of ${bare(full)} that cannot be read`);
    if (this.#names.length >= DEPTH) throw this.#broken(`nested deeper than ${DEPTH}`);
    this.handler.open({ name: bare(full), attributes, line: this.#line });
    if (isEmpty) this.handler.close(bare(full), this.#line);
    else this.#names.push(full);
  }

  #close(name: string): void {
    const open = this.#names.pop();
    if (open !== name) throw this.#broken(`the end of ${name} where ${open ?? 'nothing'} is open`);
    this.handler.close(bare(name), this.#line);
  }

  #unescaped(raw: string): string {
    if (!raw.includes('&')) return raw;
    return raw.replace(/&([^;&\s]{0,10};?)/g, (whole, inner: string) => {
      const name = inner.endsWith(';') ? inner.slice(0, -1) : '';
      const known = own(ENTITIES, name);
      if (known !== undefined) return known;
      const number = /^#x([0-9a-fA-F]{1,6})$/.exec(name) ?? /^#(\d{1,7})$/.exec(name);
      const point = number === null ? -1 : parseInt(number[1]!, name.startsWith('#x') ? 16 : 10);
      if (point < 1 || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
        throw this.#broken(`the entity ${whole.slice(0, 20)} is not one of XML`);
      return String.fromCodePoint(point);
    });
  }

  #count(all: string, from: number, to: number): void {
    for (let at = all.indexOf('\n', from); at >= 0 && at < to; at = all.indexOf('\n', at + 1)) this.#line += 1;
  }

  #broken(why: string): Error {
    return invalidAt(`line ${this.#line}`, why);
  }
}

const bare = (name: string): string => name.slice(name.indexOf(':') + 1);

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
