// What the codes of a scheme mean, in the language of the page.
import { CANNOT_SAY, type ListedScheme } from '@redthread/core/contract';
import { useQuery } from '@tanstack/react-query';
import { schemesQuery } from '../api/queries.js';
import { language, t } from '../text/index.js';

/** Nothing where the scheme, or the code in it, is not there any more. */
export const codeTitle = (scheme: ListedScheme | undefined, code: string): string | undefined =>
  code === CANNOT_SAY ? t.verdicts.cannotSay : scheme?.codes.find((one) => one.code === code)?.title[language];

/** By the name of the scheme: name@version. */
export const useCodeTitles = (): ((scheme: string, code: string) => string | undefined) => {
  const schemes = useQuery(schemesQuery).data;
  return (scheme, code) =>
    codeTitle(
      schemes?.find(({ name }) => name === scheme),
      code,
    );
};
