// Facets whose values are those of the review itself: what there is of each, the commonest first.
import type { REVIEW_FACETS, ReviewFacets } from '@redthread/core/contract';
import type { ReactNode } from 'react';
import type { ReviewSearch } from '../../app/search-schemas.js';
import { t } from '../../text/index.js';
import { Group, Line } from './facet-line.js';

type Facet = Exclude<(typeof REVIEW_FACETS)[number], 'reviewed'>;

const { facets: titles, kinds, place, bytes, platform } = t.review;

const TITLES: Readonly<Record<Facet, string>> = {
  kind: titles.type,
  camera: titles.camera,
  year: titles.year,
  place: titles.place,
  bytes: titles.bytes,
  platform: titles.platform,
  structure: titles.structure,
};
const WORDS: Readonly<Partial<Record<Facet, Readonly<Record<string, string>>>>> = {
  kind: kinds,
  place,
  bytes,
  platform,
};

export const CountedFacets = ({
  search,
  counted,
}: {
  search: ReviewSearch;
  counted: ReviewFacets['facets'] | undefined;
}): ReactNode =>
  (Object.keys(TITLES) as Facet[]).map((facet) => {
    const chosen = search[facet];
    const found = counted?.[facet] ?? [];
    // One value for everything says nothing, unless it was chosen.
    const values = found.length > 1 || chosen !== undefined ? found : [];
    const all =
      chosen === undefined || values.some(({ value }) => value === chosen)
        ? values
        : [{ value: chosen, count: undefined }, ...values];
    return all.length === 0 ? null : (
      <Group key={facet} title={TITLES[facet]}>
        {all.map(({ value, count }) => (
          <Line
            key={value}
            search={search}
            change={{ [facet]: value }}
            on={chosen === value}
            words={WORDS[facet]?.[value] ?? value}
            n={count}
          />
        ))}
      </Group>
    );
  });
