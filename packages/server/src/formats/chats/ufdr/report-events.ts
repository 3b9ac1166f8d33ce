// From the elements of a phone report to its parts: facts, files, and what was decoded. Of what was decoded one thing is held at a time; the messages of
// a chat are handed over one by one, since a chat may be larger than memory.
import type { XmlHandler, XmlOpen } from '../../xml/xml-events.js';
import { chatInvalid } from '../source.js';
import type { Model } from './model.js';

/** A file as its element says it. */
export interface FileElement {
  readonly attributes: Readonly<Record<string, string>>;
  readonly times: readonly { readonly name: string; readonly text: string }[];
  /** Items of its metadata by section and name. */
  readonly items: readonly { readonly section: string; readonly name: string; readonly value: string }[];
}

export interface ReportParts {
  readonly root: (attributes: Readonly<Record<string, string>>) => void;
  readonly fact: (section: string, name: string, value: string) => void;
  readonly file: (file: FileElement) => void;
  /** A thing that lies in no other, whole. */
  readonly decoded: (model: Model) => void;
  /** A message of a chat; of the chat, what stands before it. */
  readonly message: (chat: Model, message: Model) => void;
  readonly note: (code: string, detail: string) => void;
}

interface Draft extends Model {
  /** The field of its parent that it lies in. */
  readonly via: string | null;
  readonly fields: Map<string, string[]>;
  readonly models: Map<string, Model[]>;
}

const LONGEST_TEXT = 1_048_576;
/** Of values and things within one thing that lies in no other, the messages of a chat apart. */
const MOST_WITHIN = 200_000;
const LONGEST_WITHIN = 16 * 1_048_576;

export class ReportEvents implements XmlHandler {
  readonly #path: string[] = [];
  #text = '';
  #isCut = false;
  #section = '';
  #item: string | null = null;
  #file: {
    attributes: Readonly<Record<string, string>>;
    times: { name: string; text: string }[];
    items: { section: string; name: string; value: string }[];
  } | null = null;
  readonly #models: Draft[] = [];
  readonly #fields: string[] = [];
  #within = 0;
  #withinLength = 0;

  constructor(readonly parts: ReportParts) {}

  readonly open = ({ name, attributes, line }: XmlOpen): void => {
    if (this.#path.length === 0) {
      if (name !== 'project') throw chatInvalid(`line ${line}`, `${name.slice(0, 100)} is no report of a phone`);
      this.parts.root(attributes);
    }
    this.#path.push(name);
    this.#text = '';
    this.#isCut = false;
    if (name === 'file' && this.#models.length === 0 && this.#file === null)
      this.#file = { attributes, times: [], items: [] };
    else if (name === 'metadata') this.#section = attributes['section'] ?? '';
    else if (name === 'item' || name === 'timestamp') this.#item = attributes['name'] ?? '';
    else if (name === 'extractionInfo') this.#extraction(attributes);
    else if (name === 'model') this.#openModel(attributes);
    else if (FIELDS.has(name)) this.#openField(attributes['name'] ?? '');
  };

  readonly text = (text: string): void => {
    if (this.#isCut) return;
    this.#text += text;
    if (this.#text.length <= LONGEST_TEXT) return;
    this.#text = this.#text.slice(0, LONGEST_TEXT);
    this.#isCut = true;
    this.parts.note('TEXT_CUT', `longer than ${LONGEST_TEXT} characters`);
  };

  readonly close = (name: string): void => {
    this.#path.pop();
    const text = this.#text;
    this.#text = '';
    this.#isCut = false;
    if (name === 'model') this.#closeModel();
    else if (FIELDS.has(name)) this.#closeField(name, text);
    else if (name === 'value') this.#value(text);
    else if (name === 'timestamp' && this.#file !== null) this.#file.times.push({ name: this.#item ?? '', text });
    else if (name === 'item') this.#closeItem(text);
    else if (name === 'file' && this.#file !== null && this.#models.length === 0) {
      const file = this.#file;
      this.#file = null;
      this.parts.file(file);
    }
    if (this.#file !== null && this.#file.items.length + this.#file.times.length > MOST_WITHIN)
      this.#file.items.length = this.#file.times.length = 0;
  };

  #extraction(attributes: Readonly<Record<string, string>>): void {
    for (const name of ['name', 'type', 'deviceName', 'fullName'])
      if ((attributes[name] ?? '') !== '') this.parts.fact('Extraction', name, attributes[name]!);
  }

  #closeItem(text: string): void {
    const name = this.#item ?? '';
    this.#item = null;
    if (text.trim() === '') return;
    if (this.#file !== null) this.#file.items.push({ section: this.#section, name, value: text });
    else if (this.#models.length === 0) this.parts.fact(this.#section, name, text);
  }

  #openField(name: string): void {
    if (this.#models.length > 0) this.#fields.push(name);
    else this.#item = name;
  }

  #closeField(element: string, text: string): void {
    if (this.#models.length > 0) this.#fields.pop();
    // A field of the case says its value itself.
    else if (element === 'field' && text.trim() !== '') this.parts.fact('Case', this.#item ?? '', text);
  }

  #openModel(attributes: Readonly<Record<string, string>>): void {
    const via = this.#models.length === 0 ? null : (this.#fields.at(-1) ?? '');
    if (this.#models.length === 0) this.#within = this.#withinLength = 0;
    const kept = Object.entries(attributes).filter(([name, value]) => KEPT.has(name) && value.length <= LONGEST_ID);
    this.#models.push({
      type: (attributes['type'] ?? '').slice(0, LONGEST_ID),
      id: attributes['id']?.slice(0, LONGEST_ID) ?? null,
      attributes: Object.fromEntries(kept),
      via,
      fields: new Map(),
      models: new Map(),
    });
  }

  #value(text: string): void {
    const model = this.#models.at(-1);
    const field = this.#fields.at(-1);
    if (model === undefined || field === undefined || !this.#hasRoom(text.length + field.length)) return;
    const values = model.fields.get(field);
    if (values === undefined) model.fields.set(field, [text]);
    else values.push(text);
  }

  #closeModel(): void {
    const model = this.#models.pop();
    if (model === undefined) return;
    const parent = this.#models.at(-1);
    if (parent === undefined) return this.parts.decoded(model);
    if (parent.type === 'Chat' && model.type === 'InstantMessage' && this.#models.length === 1) {
      this.#within = parent.fields.size + parent.models.size;
      this.#withinLength = 0;
      return this.parts.message(parent, model);
    }
    if (!this.#hasRoom(model.via?.length ?? 0)) return;
    const beside = parent.models.get(model.via ?? '');
    if (beside === undefined) parent.models.set(model.via ?? '', [model]);
    else beside.push(model);
  }

  #hasRoom(length: number): boolean {
    this.#within += 1;
    this.#withinLength += length;
    if (this.#within <= MOST_WITHIN && this.#withinLength <= LONGEST_WITHIN) return true;
    this.parts.note('THING_TOO_LARGE', `more than ${MOST_WITHIN} values or ${LONGEST_WITHIN} characters in one`);
    return false;
  }
}

/** Attributes of things that say something to us. */
const KEPT: ReadonlySet<string> = new Set(['deleted_state', 'file_id', 'pa_id']);
const LONGEST_ID = 500;

/** What has a name and holds values or things. */
const FIELDS: ReadonlySet<string> = new Set([
  'field',
  'multiField',
  'modelField',
  'multiModelField',
  'nodeField',
  'dataField',
]);
