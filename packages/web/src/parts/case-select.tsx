// The case of the own agency that a record belongs to: whoever sees the case sees it; without one it is the agency's own.
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { casesQuery } from '../api/queries.js';
import { t } from '../text/index.js';
import { Choice } from './field.js';

export const CaseSelect = (): ReactNode => {
  const cases = useQuery(casesQuery()).data?.filter(({ own, state }) => own !== null && state === 'open') ?? [];
  return (
    <Choice name="case" words={t.entities.caseOf} defaultValue="">
      <option value="">{t.entities.noCase}</option>
      {cases.map(({ id, reference, title }) => (
        <option key={id} value={id}>
          {title === '' ? reference : `${reference} · ${title}`}
        </option>
      ))}
    </Choice>
  );
};
