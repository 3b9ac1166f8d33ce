// What a code of an error means, in the language of the pages.
import { t } from '../text/index.js';

const words = new Map(Object.entries(t.errors));

/** Nothing for a code that this page does not know, of a newer server. */
export const errorWords = (code: string): { readonly title: string; readonly next: string } | undefined =>
  words.get(code);
