// What a kind of audit event is made of: its weight, and which of its parameters are words that somebody chose.

/** How much an event weighs when somebody reads the record: `content` means that a person saw or took content. */
export type AuditClass = 'access' | 'content' | 'work' | 'administration' | 'refusal';

/**
 * What a string in an event is. `text`: words that a person chose, or that name one (logins, references, notes, paths,
 * addresses, what was searched for). It is sealed as a salted commitment, stands in clear beside the sealed event, and can be
 * erased. `plain`: one of our own words, a digest, an id or a time: it is sealed as it is, and stays for good.
 */
export type Wording = 'text' | 'plain';

/** Whether a value may hold any string, and not only some that the type lists. */
type IsFree<T> = T extends readonly (infer Item)[] ? IsFree<Item> : string extends T ? true : false;
/** The parameters of which somebody has to say what they are. */
type FreeKeys<Detail> = {
  [K in keyof Detail & string]: true extends IsFree<Detail[K]> ? K : never;
}[keyof Detail & string];

export interface EventKind<Detail> {
  readonly title: string;
  readonly class: AuditClass;
  readonly words: Readonly<Record<string, Wording>>;
  /** Type only: carries the parameters. */
  readonly detail?: Detail;
}

/** An event with a parameter that takes any string does not compile before it says what each of them is. */
export const kind = <Detail>(
  title: string,
  eventClass: AuditClass,
  ...[words]: [FreeKeys<Detail>] extends [never] ? [] : [Readonly<Record<FreeKeys<Detail>, Wording>>]
): EventKind<Detail> => ({ title, class: eventClass, words: words ?? {} });
