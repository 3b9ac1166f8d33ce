// Which language the pages are in: the one that was chosen, else the first of the browser's that there are words in.
import type { Language } from '@redthread/core/contract';

interface LanguageForm {
  /** In itself. */
  readonly name: string;
  readonly decimalMark: '.' | ',';
}

export const LANGUAGE_FORMS: Readonly<Record<Language, LanguageForm>> = {
  en: { name: 'English', decimalMark: '.' },
  es: { name: 'Español', decimalMark: ',' },
};

const STORED = 'redthread-language';

const isLanguage = (text: string | null): text is Language => text !== null && Object.hasOwn(LANGUAGE_FORMS, text);

/** Of the languages that a browser asks for, as it orders them. */
export const spokenOf = (asked: readonly string[]): Language =>
  asked.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';

/** Known before anything is drawn: kept by the browser too, because the server tells it only to whoever has signed in. */
export const chosenLanguage = (): Language => {
  try {
    const kept = localStorage.getItem(STORED);
    if (isLanguage(kept)) return kept;
  } catch {
    // Storage is blocked: the browser says it.
  }
  return spokenOf(navigator.languages);
};

/** Draws everything anew in another language; nothing where it is this one already, or cannot be kept. null: that of the browser. */
export const changeLanguage = (language: Language | null): void => {
  const now = chosenLanguage();
  try {
    if (language === null) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, language);
  } catch {
    return;
  }
  if (chosenLanguage() !== now) location.reload();
};
