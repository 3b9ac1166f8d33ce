// What exactly was refused, in the language of the page: the sentence is looked up as the server says it, and its values are put in.
import { inFull, type Said } from '@redthread/core/errors';

export interface Sentences {
  readonly details: Readonly<Record<string, string>>;
  readonly detailWords: Readonly<Record<string, string>>;
}

export interface Detail {
  readonly text: string;
  /** Null where it is in the language of the page. */
  readonly lang: 'en' | null;
}

const own = (words: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(words, key) ? words[key] : undefined;

/** A sentence that is not known in this language, as of a newer server, is shown as it was said. */
export const detailIn = (sentences: Sentences | null, detail: string, said?: Said): Detail => {
  if (sentences === null) return { text: detail, lang: 'en' };
  const known = own(sentences.details, said?.sentence ?? detail);
  if (known === undefined) return { text: detail, lang: 'en' };
  const values = said?.values ?? [];
  const withWords = known.replace(/\{(\d+)w\}/g, (_place, digits: string) => `{${Number(digits) + values.length}}`);
  const worded = values.map((value) => own(sentences.detailWords, value) ?? value);
  return { text: inFull({ sentence: withWords, values: [...values, ...worded] }), lang: null };
};
