// The twelve languages that drawn chats are told in.
import { NORTH } from './north.js';
import { SOUTH } from './south.js';
import type { ChatLocale } from './locale.js';

export type { ChatLocale, OmittedKind, SystemLines } from './locale.js';
export const CHAT_LOCALES: readonly ChatLocale[] = [...NORTH, ...SOUTH];
export const chatLocale = (tag: string): ChatLocale => {
  const locale = CHAT_LOCALES.find((of) => of.tag === tag);
  if (locale === undefined) throw new RangeError(`no chats are drawn in ${tag}`);
  return locale;
};
