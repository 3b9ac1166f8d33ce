// Every language whose words are known.
import { ENGLISH } from './english.js';
import { GERMAN } from './german.js';
import type { Language } from './language.js';

export type { Language } from './language.js';
export const LANGUAGES: readonly Language[] = [ENGLISH, GERMAN];
