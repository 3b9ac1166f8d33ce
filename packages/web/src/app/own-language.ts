// The language that the viewer chose, on whatever machine: told to the browser, which has to know it before it draws.
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ownLanguageQuery } from '../api/queries.js';
import { changeLanguage } from '../text/language.js';

/** Once, in the frame of all pages. */
export const useChosenLanguage = (): void => {
  const { data } = useQuery(ownLanguageQuery);
  useEffect(() => {
    if (data !== undefined) changeLanguage(data.language);
  }, [data]);
};
