// NCMEC hash sharing, version 2: pages of entries by member, with what was deleted since. The key of an entry is member and id, for ids repeat
// between members; a page says where the next one is, and nothing here fetches it.
import { entryOf, type Batches, type ListEntry, type ListHeader, type OtherHash } from './entry.js';
import { digestOf, photoDnaOf } from './hashes.js';
import { invalidAt } from './invalid.js';
import type { Notes } from './notes.js';
import { own } from './stated.js';
import { textChunks, type ByteInput } from './text-input.js';
import { XmlEvents, type XmlOpen } from '../xml/xml-events.js';

/** Of fingerprints, of reasons and of votes in one entry: each reason counts for each member, so that a small file would grow to any size. */
const MOST = 10_000;
const SPACE = 'https://hashsharing.ncmec.org/hashsharing/v2';
const KINDS: Readonly<Record<string, { readonly media: string; readonly isDeleted: boolean }>> = {
  image: { media: 'image', isDeleted: false },
  video: { media: 'video', isDeleted: false },
  deletedImage: { media: 'image', isDeleted: true },
  deletedVideo: { media: 'video', isDeleted: true },
};

interface Vote {
  readonly fingerprint: string;
  readonly isFor: boolean;
  readonly reason: string | null;
  readonly member: string;
}

interface Draft {
  readonly place: string;
  readonly media: string;
  readonly isDeleted: boolean;
  readonly fingerprints: { readonly name: string; readonly value: string; readonly href: string | null }[];
  readonly votes: Vote[];
  member: string;
  memberName: string;
  id: string;
  timestamp: string;
  classification: string;
}

/** Errors: LIST_INVALID with the line. */
export async function* readNcmec(input: ByteInput, header: ListHeader, notes: Notes): Batches {
  header.formatVersion = '2';
  header.scheme = 'ncmec@1';
  let entries: ListEntry[] = [];
  const events = new XmlEvents(new Pages(header, notes, (entry) => entries.push(entry)), invalidAt);
  for await (const chunk of textChunks(input, header, notes)) {
    events.write(chunk);
    if (entries.length > 0) yield entries;
    entries = [];
  }
  events.end();
}

class Pages {
  readonly #path: XmlOpen[] = [];
  #draft: Draft | null = null;
  #text = '';
  #feedback: { fingerprint: string; isFor: boolean; reasons: string[] } | null = null;

  constructor(
    readonly header: ListHeader,
    readonly notes: Notes,
    readonly found: (entry: ListEntry) => void,
  ) {}

  readonly open = (element: XmlOpen): void => {
    const { name, attributes, line } = element;
    if (this.#path.length === 0) this.#root(element);
    this.#path.push(element);
    this.#text = '';
    const kind = own(KINDS, name);
    if (this.#path.length === 3 && kind !== undefined) this.#draft = newDraft(kind, line);
    else if (this.#path.length === 2 && (name === 'images' || name === 'videos')) this.#checkpoint(attributes);
    else if (this.#draft === null) return;
    else if (name === 'affirmativeFeedback' || name === 'negativeFeedback')
      this.#feedback = {
        fingerprint: attributes['type'] ?? '',
        isFor: name === 'affirmativeFeedback',
        reasons: [],
      };
    else if (name === 'reason') {
      this.#feedback?.reasons.push(attributes['name'] ?? attributes['guid'] ?? '');
      notTooMany(this.#draft, this.#feedback?.reasons.length ?? 0, 'reasons');
    }
  };

  readonly text = (text: string): void => {
    if (this.#text.length + text.length > 1_048_576) throw lineError(this.#path.at(-1)?.line ?? 0, 'a text too long');
    this.#text += text;
  };

  readonly close = (name: string): void => {
    const element = this.#path.pop();
    const text = this.#text.trim();
    this.#text = '';
    const parent = this.#path.at(-1)?.name ?? '';
    if (name === 'next' && parent === 'paging') this.header.properties['next'] = nextPage(text);
    const draft = this.#draft;
    if (draft === null || element === undefined) return;
    if (this.#path.length === 2) {
      this.#draft = null;
      const entry = this.#entry(draft);
      if (entry !== null) this.found(entry);
    } else if (name === 'member') this.#member(draft, element, text);
    else if (parent === 'fingerprints') {
      draft.fingerprints.push({ name, value: text, href: element.attributes['href'] ?? null });
      notTooMany(draft, draft.fingerprints.length, 'fingerprints');
    } else if (name === 'affirmativeFeedback' || name === 'negativeFeedback') this.#feedback = null;
    else if (this.#path.length === 3 && (name === 'id' || name === 'timestamp' || name === 'classification'))
      draft[name] = text;
  };

  #root({ name, attributes, line }: XmlOpen): void {
    if (name === 'status') throw lineError(line, 'the answer about an account, and no list');
    const space = attributes['xmlns'] ?? Object.values(attributes).find((value) => value === SPACE);
    if (name !== 'queryResult' || space !== SPACE)
      throw lineError(line, `${name} of ${space ?? 'no name space'}: not ${SPACE}`);
  }

  /** The latest that the pages speak of: where the next download goes on. */
  #checkpoint(attributes: XmlOpen['attributes']): void {
    const latest = attributes['maxTimestamp'];
    const before = this.header.properties['checkpoint'];
    if (latest !== undefined && (typeof before !== 'string' || latest > before))
      this.header.properties['checkpoint'] = latest;
  }

  #member(draft: Draft, { attributes }: XmlOpen, text: string): void {
    const member = attributes['id'] ?? '';
    if (this.#feedback === null) {
      if (this.#path.length !== 3) return;
      draft.member = member;
      draft.memberName = text;
      return;
    }
    const { fingerprint, isFor, reasons } = this.#feedback;
    notTooMany(draft, draft.votes.length + reasons.length, 'votes');
    for (const reason of reasons.length > 0 ? reasons : [null])
      draft.votes.push({ fingerprint, isFor, reason, member });
  }

  #entry(draft: Draft): ListEntry | null {
    const { place } = draft;
    if (draft.member === '' || draft.id === '') throw invalidAt(place, 'an entry without its member or id');
    const key = `${draft.member}-${draft.id}`;
    const properties: Record<string, unknown> = {
      member: { id: draft.member, name: draft.memberName },
      media: draft.media,
      timestamp: draft.timestamp,
    };
    if (draft.isDeleted) return entryOf({ place, key, isWithdrawn: true, properties });
    const digests: { md5?: string | null; sha1?: string | null; sha256?: string | null } = {};
    const others: OtherHash[] = [];
    const separately: string[] = [];
    let photoDna: string | null = null;
    for (const { name, value, href } of draft.fingerprints) {
      if (href !== null && value === '') {
        separately.push(name);
        this.notes.add('FETCHED_SEPARATELY', place, name);
      } else if (name === 'md5' || name === 'sha1' || name === 'sha256')
        digests[name] = digestOf(name, value, place, this.notes);
      else if (name === 'pdna') photoDna = photoDnaOf(value, place, this.notes);
      else if (value !== '') others.push({ method: name, value });
    }
    if (separately.length > 0) properties['fetchedSeparately'] = separately;
    if (draft.votes.length > 0) properties['votes'] = draft.votes;
    const code = draft.classification;
    if (code !== '' && !/^[AB][12]$/.test(code)) this.notes.add('CATEGORY_NOT_OF_SCHEME', place, code);
    return entryOf({
      place,
      key,
      ...digests,
      photoDna,
      others,
      categories: code === '' ? [] : [{ scheme: 'ncmec@1', code }],
      properties,
    });
  }
}

const notTooMany = ({ place }: Draft, count: number, what: string): void => {
  if (count > MOST) throw invalidAt(place, `more than ${MOST} ${what} in one entry`);
};

const newDraft = (kind: { readonly media: string; readonly isDeleted: boolean }, line: number): Draft => ({
  place: `line ${line}`,
  ...kind,
  fingerprints: [],
  votes: [],
  member: '',
  memberName: '',
  id: '',
  timestamp: '',
  classification: '',
});

/** Start, size and end of the next page, as its address says them. */
const nextPage = (address: string): Record<string, number> | null => {
  const query = new URLSearchParams(address.slice(address.indexOf('?') + 1));
  const numbers = ['start', 'size', 'max'].map((name) => [name, Number(query.get(name) ?? NaN)] as const);
  const known = numbers.filter(([, value]) => Number.isSafeInteger(value));
  return known.length === 0 ? null : Object.fromEntries(known);
};

const lineError = (line: number, why: string): Error => invalidAt(`line ${line}`, why);
