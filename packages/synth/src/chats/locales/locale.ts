// How a phone of one language writes a chat down: dates, and the lines and words of the program. Written from what such exports look like, independently of any reader.

/** `{a}` who did it, `{t}` to whom, `{s}` the name of the group, `{o}` the name that it had. */
export interface SystemLines {
  readonly notice: string;
  readonly created: string;
  readonly youCreated: string;
  readonly added: string;
  readonly youAdded: string;
  readonly addedYou: string;
  readonly joined: string;
  readonly youJoined: string;
  readonly left: string;
  readonly youLeft: string;
  readonly removed: string;
  readonly youRemoved: string;
  readonly removedYou: string;
  readonly subject: string;
  readonly youSubject: string;
  readonly icon: string;
  readonly youIcon: string;
  readonly number: string;
  readonly adminYou: string;
}

export type OmittedKind = 'image' | 'video' | 'audio' | 'sticker' | 'document';

export interface ChatLocale {
  /** BCP 47. */
  readonly tag: string;
  /** With `D` `DD` `M` `MM` `YY` `YYYY` `h` `H` `HH` `mm` `ss` and `A` for the half of the day. */
  readonly ios: string;
  readonly android: string;
  readonly halves: readonly [am: string, pm: string];
  readonly fileName: string;
  readonly attached: { readonly ios: string; readonly android: string };
  readonly omitted: Readonly<Record<OmittedKind, string>> & { readonly android: string };
  readonly deleted: string;
  readonly youDeleted: string;
  readonly edited: string;
  readonly poll: string;
  readonly option: string;
  readonly votes: string;
  readonly location: string;
  readonly lines: SystemLines;
}
