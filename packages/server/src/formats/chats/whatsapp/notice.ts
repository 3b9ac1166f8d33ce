// What a line of the system says: by the words of its language where they are known, otherwise by its shape (quotes, numbers, names that the chat has),
// otherwise `other`. It never makes up an author.
import { EXPORTER, type ChatEvent, type ChatEventType } from '@redthread/core/chats';
import { phoneOf, withoutMarks } from '../people.js';
import { Names, type Masked } from './names.js';
import { byShape } from './notice-shape.js';
import { patternsOf, type Pattern } from './patterns.js';
import { LANGUAGES, type Language } from './words/index.js';

/** Longer ones are no notice that any program writes. */
const LONGEST = 2_000;
/** So many notices show which languages a file is in; the words of others are not tried any more. */
const LEARNING = 500;

interface Known {
  readonly language: Language;
  readonly patterns: readonly Pattern[];
  hits: number;
}

export interface Noticed {
  readonly event: ChatEvent;
  /** Whose words it is in; null where its shape alone told. */
  readonly language: Language | null;
}

export class NoticeReader {
  #known: Known[] = LANGUAGES.map((language) => ({ language, patterns: patternsOf(language), hits: 0 }));
  #seen = 0;
  readonly #bare = new Names();

  constructor(
    readonly isName: (name: string) => boolean,
    readonly known: Names,
  ) {}

  /** Of what stands there, without marks of direction. `isFirst`: nothing stands before it in the file. */
  read(text: string, isFirst: boolean, names: () => Iterable<string>): Noticed {
    const plain = withoutMarks(text).trim();
    return (
      this.byWords(plain) ?? {
        event: byShape(plain, isFirst, { isName: this.isName, names, languages: this.languages() }),
        language: null,
      }
    );
  }

  /** Null where no words of a known language fit the whole of it. `isStrict`: only words that it begins with, or names that they follow. */
  byWords(plain: string, isStrict = false): Noticed | null {
    if (plain.length > LONGEST) return null;
    this.#seen += 1;
    if (this.#seen === LEARNING) this.#settle();
    const masked = this.known.masked(plain);
    const found = this.#byWords(plain, masked, isStrict);
    // A name may be a word of the notice too.
    return found ?? (masked.count === 0 ? null : this.#byWords(plain, this.#bare.masked(plain), isStrict));
  }

  #byWords(plain: string, masked: Masked, isStrict: boolean): Noticed | null {
    for (const known of this.#known)
      for (const pattern of known.patterns) {
        if (isStrict && (pattern.isOpen || pattern.isVague)) continue;
        const found = pattern.expression.exec(masked.line);
        if (found === null) continue;
        const event = this.#event(plain, masked, pattern, found, known.language);
        if (event === null) continue;
        known.hits += 1;
        if (known !== this.#known[0] && known.hits > this.#known[0]!.hits) this.#known.sort((a, b) => b.hits - a.hits);
        return { event, language: known.language };
      }
    return null;
  }

  /** The words to look for: those of the languages met so far, most often met first. */
  languages(): readonly Language[] {
    return this.#known.map(({ language }) => language);
  }

  /** The language of most notices. */
  language(): string | null {
    const [first] = this.#known;
    return first !== undefined && first.hits > 0 ? first.language.code : null;
  }

  #settle(): void {
    const met = this.#known.filter(({ hits }) => hits > 0);
    if (met.length > 0) this.#known = met;
  }

  #event(
    plain: string,
    masked: Masked,
    pattern: Pattern,
    found: RegExpExecArray,
    language: Language,
  ): ChatEvent | null {
    const written = (name: string): string | null => {
      const place = found.indices?.groups?.[name];
      return place === undefined ? null : masked.written(place[0], place[1]).trim();
    };
    const person = (name: string | null): string | null => {
      if (name === null) return null;
      return language.you.includes(name) && !this.isName(name) ? EXPORTER : name;
    };
    const named = written('a') ?? written('n');
    const rawActor = pattern.isVague ? this.#nameAtStart(plain, language) : named;
    const target = found.indices?.groups?.['t'] ?? found.indices?.groups?.['m'];
    const rawTarget = target === undefined ? null : masked.written(target[0], target[1]).trim();
    // Where a known name and then words of the language stand, what follows is a name, also with a colon in it.
    const place = found.indices?.groups?.['a'];
    const isActorKnown =
      pattern.isActorExporter ||
      (named !== null && (language.you.includes(named) || this.isName(named))) ||
      (place !== undefined && place[1] - place[0] === 1 && /[\ue000-\uefff]/.test(masked.line[place[0]]!));
    if (named !== null && !this.#mayBeNames(named)) return null;
    if (rawTarget !== null && !isActorKnown && !this.#mayBeNames(rawTarget)) return null;
    const actor = pattern.isActorExporter ? EXPORTER : person(rawActor);
    const targets = rawTarget === null ? [] : this.#several(masked, target!, language).map((name) => person(name)!);
    if (pattern.isTargetExporter) targets.push(EXPORTER);
    return { type: pattern.type, actor, targets, subject: written('s') };
  }

  /** The longest name that it begins with; null where none is known. */
  #nameAtStart(plain: string, { you }: Language): string | null {
    const start = plain.slice(0, 100);
    for (let end = start.length; end > 0; end--) {
      const name = start.slice(0, end);
      if (
        /[\p{L}\p{N}]$/u.test(name) &&
        /^[\p{L}\p{N}]/u.test(plain.slice(end)) &&
        /^[\p{Script=Latin}\p{Script=Cyrillic}]/u.test(plain)
      )
        continue;
      if (this.isName(name) || you.includes(name)) return name;
    }
    return null;
  }

  /** A colon ends an author: no name has one in it unless it is known to. */
  #mayBeNames(name: string): boolean {
    return !/: |:$/.test(name) || this.isName(name);
  }

  /** Split in the line with placeholders, where a comma in a name is out of the way. */
  #several(masked: Masked, [start, end]: readonly [number, number], { and }: Language): readonly string[] {
    const whole = masked.written(start, end).trim();
    if (this.isName(whole) || phoneOf(whole) !== null) return [whole];
    const line = masked.line.slice(start, end);
    const names: string[] = [];
    let from = 0;
    const cut = (to: number, next: number): void => {
      const name = masked.written(start + from, start + to).trim();
      if (name !== '') names.push(name);
      from = next;
    };
    for (const { index, 0: sign } of line.matchAll(/, |، |、/g)) cut(index, index + sign.length);
    const between = and.find((word) => line.includes(word, from));
    if (between !== undefined) {
      const at = line.indexOf(between, from);
      cut(at, at + between.length);
    }
    cut(line.length, line.length);
    return names;
  }
}

export const isOf = (event: ChatEvent, ...types: readonly ChatEventType[]): boolean => types.includes(event.type);
