// The language of the pages: kept by the server for the person, and everything is drawn anew in it.
import { LANGUAGES, LanguageSetting, type Language } from '@redthread/core/contract';
import type { ReactNode } from 'react';
import { callJson } from '../../api/client.js';
import { useChange } from '../../api/use-change.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { changeLanguage, chosenLanguage, LANGUAGE_FORMS } from '../../text/language.js';
import styles from './account.module.css';

export const LanguageChoice = (): ReactNode => {
  const choose = useChange(
    async (language: Language) => {
      await callJson('/me/language', LanguageSetting, { method: 'PUT', body: { language } });
      changeLanguage(language);
    },
    ['/me/language'],
  );
  return (
    <span className={styles['look']}>
      {LANGUAGES.map((language) => (
        <button
          key={language}
          type="button"
          className="button"
          lang={language}
          data-on={chosenLanguage() === language}
          aria-pressed={chosenLanguage() === language}
          disabled={choose.isPending}
          onClick={() => choose.mutate(language)}
        >
          {LANGUAGE_FORMS[language].name}
        </button>
      ))}
      {choose.error !== null && <ProblemNotice error={choose.error} />}
    </span>
  );
};
