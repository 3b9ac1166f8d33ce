// The words in use. Modules take them when they are loaded, so they are spoken for before the application is.
import type { Language } from '@redthread/core/contract';
import { en, type Text } from './en.js';
import { setDecimalMark } from './format.js';
import { LANGUAGE_FORMS } from './language.js';
import type { Sentences } from './detail.js';

const WORDS: Readonly<Record<Language, () => Promise<Text>>> = {
  en: () => Promise.resolve(en),
  es: async () => (await import('./es.js')).es,
};

/** What the server says in sentences of its own. */
const SENTENCES: Readonly<Record<Language, () => Promise<Sentences | null>>> = {
  en: () => Promise.resolve(null),
  es: () => import('./es-details.js'),
};

export let t: Text = en;
/** Nothing where they stand as the server says them. */
export let sentences: Sentences | null = null;
/** Of what comes in every language from the server, such as the titles of a scheme. */
export let language: Language = 'en';

/** Once, before any page is loaded. English stays where the words cannot be fetched. */
export const speak = async (chosen: Language): Promise<void> => {
  try {
    [t, sentences] = await Promise.all([WORDS[chosen](), SENTENCES[chosen]()]);
  } catch {
    return;
  }
  language = chosen;
  setDecimalMark(LANGUAGE_FORMS[chosen].decimalMark);
  document.documentElement.lang = chosen;
};
