// Elements and text of an XML document, chunk by chunk. No document type, no entity but the five of XML and numbers, nothing fetched: what lists
// and reports need, and nothing that a hostile file could unfold. Nothing but an unfinished tag is held: a text comes in pieces.

export interface XmlOpen {
  /** Without its prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly line: number;
}

export interface XmlHandler {
  readonly open: (element: XmlOpen) => void;
  /** A text, or a piece of one. */
  readonly text: (text: string) => void;
  readonly close: (name: string, line: number) => void;
}

/** What is refused, as the error of whoever reads: where, and why. */
export type Refuse = (place: string, why: string) => Error;

const DEPTH = 64;
const LONGEST = 1_048_576;
const MOST_ATTRIBUTES = 1_000;
/** Longer than any entity that is known: an ampersand further back begins none. */
const ENTITY_LENGTH = 12;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const NAME = /^[\p{L}_:][\p{L}\p{N}\-._:]*/u;
const ATTRIBUTE = /\s*([\p{L}_:][\p{L}\p{N}\-._:]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/uy;

export class XmlEvents {
  #held = '';
  #line = 1;
  readonly #names: string[] = [];
  #hasRoot = false;
  #inCdata = false;

  constructor(
    readonly handler: XmlHandler,
    readonly refuse: Refuse,
    readonly depth: number = DEPTH,
  ) {}

  /** Errors: those of `refuse`, with the line. */
  write(text: string): void {
    const all = this.#held + text;
    let at = 0;
    let lineEnd = all.indexOf('\n');
    while (at < all.length) {
      const next = this.#inCdata
        ? this.#cdata(all, at)
        : all.charCodeAt(at) === 0x3c
          ? this.#markup(all, at)
          : this.#text(all, at);
      if (next <= at) break;
      for (; lineEnd >= 0 && lineEnd < next; lineEnd = all.indexOf('\n', lineEnd + 1)) this.#line += 1;
      at = next;
    }
    this.#held = all.slice(at);
    if (this.#held.length > LONGEST) throw this.#broken('something that does not end');
  }

  end(): void {
    if (this.#held.trim() !== '' || this.#inCdata) throw this.#broken('the file ends in the middle');
    if (this.#names.length > 0) throw this.#broken(`the file ends inside ${this.#names.at(-1)}`);
    if (!this.#hasRoot) throw this.#broken('no element');
  }

  /** Up to the next tag, or as far as it has come. */
  #text(all: string, at: number): number {
    const next = all.indexOf('<', at);
    let end = next < 0 ? all.length : next;
    if (next < 0) {
      const entity = all.lastIndexOf('&');
      if (entity >= at && all.length - entity <= ENTITY_LENGTH && !all.includes(';', entity)) end = entity;
    }
    if (end === at) return at;
    const raw = all.slice(at, end);
    if (this.#names.length > 0) this.handler.text(this.#unescaped(raw));
    else if (raw.trim() !== '') throw this.#broken('text outside of the document');
    return end;
  }

  #cdata(all: string, at: number): number {
    const close = all.indexOf(']]>', at);
    // What may be the beginning of its end waits for the rest.
    const end =
      close >= 0 ? close : all.endsWith(']]') ? all.length - 2 : all.endsWith(']') ? all.length - 1 : all.length;
    if (end > at) this.handler.text(all.slice(at, end));
    if (close < 0) return end;
    this.#inCdata = false;
    return close + 3;
  }

  #markup(all: string, at: number): number {
    const upTo = (sign: string, from: number): number => {
      const end = all.indexOf(sign, from);
      return end < 0 ? -1 : end + sign.length;
    };
    if ('<![CDATA['.startsWith(all.slice(at, at + 9)) && all.length - at < 9) return -1;
    if (all.startsWith('<!--', at)) return upTo('-->', at + 4);
    if (all.startsWith('<![CDATA[', at)) {
      if (this.#names.length === 0) throw this.#broken('text outside of the document');
      this.#inCdata = true;
      return at + 9;
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
    let count = 0;
    for (let found = ATTRIBUTE.exec(body); found !== null; found = ATTRIBUTE.exec(body)) {
      attributes[bare(found[1]!)] = this.#unescaped(found[2] ?? found[3] ?? '');
      at = ATTRIBUTE.lastIndex;
      if (++count > MOST_ATTRIBUTES) throw this.#broken(`more than ${MOST_ATTRIBUTES} attributes of ${bare(full)}`);
    }
    if (body.slice(at).trim() !== '') throw this.#broken(`attributes of ${bare(full)} that cannot be read`);
    if (this.#names.length >= this.depth) throw this.#broken(`nested deeper than ${this.depth}`);
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
      if (Object.hasOwn(ENTITIES, name)) return ENTITIES[name]!;
      const number = /^#x([0-9a-fA-F]{1,6})$/.exec(name) ?? /^#(\d{1,7})$/.exec(name);
      const point = number === null ? -1 : parseInt(number[1]!, name.startsWith('#x') ? 16 : 10);
      if (point < 1 || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
        throw this.#broken(`the entity ${whole.slice(0, 20)} is not one of XML`);
      return String.fromCodePoint(point);
    });
  }

  #broken(why: string): Error {
    return this.refuse(`line ${this.#line}`, why);
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
