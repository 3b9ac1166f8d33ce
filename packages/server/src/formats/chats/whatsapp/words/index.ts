// Every language whose words are known.
import { CHINESE, JAPANESE, KOREAN } from './east-asia.js';
import { ENGLISH } from './english.js';
import { GERMAN } from './german.js';
import { DANISH, DUTCH, NORWEGIAN, SWEDISH } from './germanic.js';
import type { Language } from './language.js';
import { ARABIC, GREEK, HINDI, INDONESIAN, TURKISH } from './others.js';
import { FRENCH, ITALIAN, PORTUGUESE, ROMANIAN, SPANISH } from './romance.js';
import { CZECH, POLISH, RUSSIAN, UKRAINIAN } from './slavic.js';

export type { Language } from './language.js';
export const LANGUAGES: readonly Language[] = [
  ENGLISH,
  GERMAN,
  SPANISH,
  FRENCH,
  ITALIAN,
  PORTUGUESE,
  DUTCH,
  TURKISH,
  ARABIC,
  RUSSIAN,
  POLISH,
  HINDI,
  INDONESIAN,
  SWEDISH,
  UKRAINIAN,
  ROMANIAN,
  GREEK,
  JAPANESE,
  KOREAN,
  CHINESE,
  CZECH,
  DANISH,
  NORWEGIAN,
];
