// Schemes, their codes and their maps for the terminal, in one of their languages.
import type { Language, ListedScheme, Mapped, SchemeMap } from '@redthread/core/contract';
import { bold, dim, table } from '../../app/cli/table.js';

export const schemeLines = (schemes: readonly ListedScheme[], language: Language): string[] =>
  table(
    [{ title: 'scheme' }, { title: 'codes', align: 'right' }, { title: 'state' }, { title: 'title' }],
    schemes.map(({ name, codes, retired, origin, title }) => [
      name,
      String(codes.length),
      retired !== null ? 'retired' : origin,
      title[language],
    ]),
  );

export const schemeInFull = (scheme: ListedScheme, language: Language, colour: boolean): string[] => {
  const { name, title, issuer, source, retired, codes } = scheme;
  return [
    bold(`${name}  ${title[language]}`, colour),
    dim(`${issuer}. ${source}`, colour),
    ...(retired === null
      ? []
      : [`retired: ${retired.why[language]}${retired.by === null ? '' : ` Use ${retired.by}.`}`]),
    '',
    ...table(
      [{ title: 'code' }, { title: 'polarity' }, { title: 'title' }, { title: 'text' }],
      codes.map((one) => [`${name}:${one.code}`, one.polarity, one.title[language], one.text[language]]),
    ),
    '',
    dim(`and ${name}:cannot-say: somebody looked and could not tell`, colour),
  ];
};

export const mappedLine = ({ from, scheme, to, cannot }: Mapped, language: Language): string =>
  to === null ? `${from}  cannot map to ${scheme}: ${cannot?.[language] ?? ''}` : `${from}  ${to}`;

export const mapLines = (map: SchemeMap, language: Language): string[] =>
  table(
    [{ title: map.from }, { title: map.to }, { title: 'why not' }],
    map.entries.map((entry) =>
      'to' in entry ? [entry.from, entry.to, ''] : [entry.from, 'cannot map', entry.cannot[language]],
    ),
  );
