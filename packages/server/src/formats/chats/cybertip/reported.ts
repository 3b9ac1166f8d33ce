// Who a CyberTipline report names and what it says of the incident: whoever was reported, with the addresses of the internet that were seen, whoever reported, and the rest as facts.
import type { FactItem, ReportEntry, ReportEntryKind, ReportPersonItem } from '@redthread/core/chats';
import type { XmlHandler, XmlOpen } from '../../xml/xml-events.js';
import { messageTime } from '../ufdr/said-time.js';

const LONGEST = 1_000;
const LONGEST_FACT = 4_000;
const LONGEST_TALK = 1_048_576;
const MOST = 1_000;

/** What of somebody is a way to find them. */
const ENTRIES: Readonly<Record<string, ReportEntryKind>> = {
  email: 'email',
  phone: 'phone',
  screenName: 'account',
  espIdentifier: 'account',
  profileUrl: 'url',
};
const PEOPLE: Readonly<Record<string, ReportPersonItem['kind']>> = {
  personOrUserReported: 'reported',
  reporter: 'reporter',
};
const NAMES: readonly string[] = ['displayName', 'firstName', 'lastName', 'companyTemplate'];

interface Draft {
  readonly kind: ReportPersonItem['kind'];
  readonly depth: number;
  readonly names: Map<string, string>;
  readonly entries: ReportEntry[];
  app: string | null;
}

export interface Incident {
  readonly client: string | null;
  readonly room: string | null;
  readonly text: string;
}

export class Reported implements XmlHandler {
  readonly #path: XmlOpen[] = [];
  #text = '';
  #hasInner = false;
  #person: Draft | null = null;
  /** Of one event in which an address was seen. */
  #event = new Map<string, string>();
  #chat = new Map<string, string>();

  constructor(
    readonly found: (item: FactItem | ReportPersonItem) => void,
    readonly talk: (incident: Incident) => void,
  ) {}

  readonly open = (element: XmlOpen): void => {
    const kind = Object.hasOwn(PEOPLE, element.name) ? PEOPLE[element.name]! : null;
    if (kind !== null && this.#person === null)
      this.#person = { kind, depth: this.#path.length, names: new Map(), entries: [], app: null };
    if (element.name === 'ipCaptureEvent') this.#event = new Map();
    if (element.name === 'chatImIncident') this.#chat = new Map();
    this.#path.push(element);
    this.#text = '';
    this.#hasInner = false;
  };

  readonly text = (text: string): void => {
    if (this.#text.length < LONGEST_TALK) this.#text += text.slice(0, LONGEST_TALK - this.#text.length);
  };

  readonly close = (name: string): void => {
    const element = this.#path.pop();
    const text = this.#text.trim();
    const isLeaf = !this.#hasInner;
    this.#text = '';
    this.#hasInner = true;
    // Files are read as those of a list are.
    if (element === undefined || this.#path.some((outer) => outer.name === 'fileDetails')) return;
    if (name === 'ipCaptureEvent') this.#address();
    else if (name === 'chatImIncident') this.#incident();
    else if (this.#path.at(-1)?.name === 'ipCaptureEvent') this.#event.set(name, text.slice(0, LONGEST));
    else if (this.#path.at(-1)?.name === 'chatImIncident') this.#chat.set(name, text);
    else if (this.#person !== null && this.#path.length === this.#person.depth) this.#endPerson();
    else if (isLeaf && text !== '') this.#leaf(element, text);
  };

  #leaf({ attributes, name }: XmlOpen, text: string): void {
    const person = this.#person;
    if (person === null) {
      const section = this.#path
        .slice(1)
        .map((outer) => outer.name)
        .join(' ');
      return this.found({
        item: 'fact',
        section: section === '' ? 'report' : section,
        name,
        value: text.slice(0, LONGEST_FACT),
      });
    }
    const value = text.slice(0, LONGEST);
    if (name === 'espService') person.app = value.slice(0, 200);
    else if (NAMES.includes(name)) person.names.set(name, value);
    else if (person.entries.length < MOST)
      person.entries.push({
        kind: Object.hasOwn(ENTRIES, name) ? ENTRIES[name]! : 'other',
        value,
        category: attributes['verified'] === 'true' ? `${name}, verified` : name,
        time: null,
      });
  }

  #address(): void {
    const said = (name: string): string => this.#event.get(name) ?? '';
    if (said('ipAddress') === '' || this.#person === null || this.#person.entries.length >= MOST) return;
    const { text, instant } = messageTime(said('dateTime'));
    const category = [
      said('eventName'),
      said('port') === '' ? '' : `port ${said('port')}`,
      said('possibleProxy') === 'true' ? 'possible proxy' : '',
    ].filter((part) => part !== '');
    this.#person.entries.push({
      kind: 'ip',
      value: said('ipAddress'),
      category: category.length === 0 ? null : category.join(', ').slice(0, LONGEST),
      time: text === '' ? null : { text: text.slice(0, LONGEST), instant },
    });
  }

  /** What was said is a conversation only where the report has its words. */
  #incident(): void {
    const said = (name: string): string | null => this.#chat.get(name)?.slice(0, LONGEST) ?? null;
    for (const [name, value] of this.#chat)
      if (name !== 'content' && value !== '')
        this.found({
          item: 'fact',
          section: 'chatImIncident',
          name: name.slice(0, 200),
          value: value.slice(0, LONGEST_FACT),
        });
    const text = this.#chat.get('content') ?? '';
    if (text !== '') this.talk({ client: said('chatClient'), room: said('chatRoomName'), text });
  }

  #endPerson(): void {
    const { app, entries, kind, names } = this.#person!;
    this.#person = null;
    const full = [names.get('firstName'), names.get('lastName')].filter((part) => part !== undefined).join(' ');
    const name = names.get('displayName') ?? (full === '' ? undefined : full) ?? names.get('companyTemplate') ?? null;
    this.found({ item: 'person', kind, app, name: name?.slice(0, LONGEST) ?? null, state: 'unknown', entries });
  }
}
