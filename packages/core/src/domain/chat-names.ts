// What chats name and two cases may have in common: numbers, accounts, links, addresses and groups, as keys that are compared for equality. Names of people are none of
// them: two phones save anybody under any name.

/** `group`: two exports that were aligned as the same group. */
export const CHAT_NAME_KINDS = [
  'phone',
  'account',
  'email',
  'invitation',
  'onion',
  'coin-address',
  'iban',
  'group',
] as const;
export type ChatNameKind = (typeof CHAT_NAME_KINDS)[number];

/** Kinds of leads that are such names as they stand in a text. */
export const NAMED_LEADS = [
  'phone',
  'email',
  'invitation',
  'onion',
  'coin-address',
  'iban',
] as const satisfies readonly ChatNameKind[];

export const NAME_SEPARATOR = '\u001f';

export interface ChatName {
  readonly kind: ChatNameKind;
  /** Of an account the program, then the account. */
  readonly value: string;
}

export const readChatName = (key: string): ChatName => {
  const [kind = '', ...rest] = key.split(NAME_SEPARATOR);
  return { kind: kind as ChatNameKind, value: rest.join(' ') };
};

/** One in a million: rarer than anybody has counted numbers given anew, borrowed phones and links that everybody posts to be. */
const MOST_BITS = 20;
/** Of a number the country and the network say nothing of who has it. */
const PREFIX_DIGITS = 5;

/**
 * What two equal names weigh. No error rate was counted: each is given once, and what is as long as it is tells no more apart than its signs can write. How common one is
 * among what somebody sees is weighed as of everything else, by its holders.
 */
export const chatNameBits = (key: string): number => {
  const { kind, value } = readChatName(key);
  if (kind === 'group') return MOST_BITS;
  const signs = value.replace(/[^\p{L}\p{N}]/gu, '').length;
  const bits = kind === 'phone' ? Math.max(0, signs - PREFIX_DIGITS) * Math.log2(10) : signs * Math.log2(36);
  return Math.min(MOST_BITS, Math.round(bits * 10) / 10);
};

const WORDS: Readonly<Record<Exclude<ChatNameKind, 'group'>, string>> = {
  phone: 'phone number',
  account: 'account',
  email: 'address',
  invitation: 'invitation',
  onion: 'onion address',
  'coin-address': 'coin address',
  iban: 'bank account',
};

/** `phone number +999 …`. */
export const chatNameInWords = (key: string): string => {
  const { kind, value } = readChatName(key);
  return kind === 'group' ? 'group' : `${WORDS[kind]} ${value}`;
};
