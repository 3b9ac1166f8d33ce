// How old the persons of a case were in each period, as far as somebody has said how old they were once.
import { ageAt, readStatedTime } from '@redthread/core/domain';
import type { AgeBandGiven, Entity } from '@redthread/core/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { entitiesQuery } from '../../api/queries.js';
import { t } from '../../text/index.js';

const words = t.times;

/** From the first to the last day of a year, a month or a day. */
const daysOf = (period: string): readonly [string, string] => [
  `${period}${'-01-01'.slice(period.length - 4)}`,
  `${period}${'-12-28'.slice(period.length - 4)}`,
];

const ageIn = (age: AgeBandGiven, period: string): string => {
  const stated = readStatedTime(age.at);
  if (stated === null) return '';
  const [first, last] = daysOf(period).map((day) => {
    const time = readStatedTime(day);
    return time === null ? null : ageAt({ ...age, at: stated }, time);
  });
  if (!first || !last || last.max < 0) return '';
  return words.ageOf(Math.max(0, first.min), last.max);
};

const AgeLane = ({ person, periods }: { person: Entity; periods: readonly string[] }): ReactNode => {
  const { age } = person;
  if (age === null) return null;
  return (
    <tr data-age-of={person.name}>
      <th scope="row">
        <Link to="/entities/$entityId" params={{ entityId: person.id }} className="link">
          {words.age(person.name === '' ? t.series.noName : person.name)}
        </Link>
      </th>
      {periods.map((period) => (
        <td key={period}>{ageIn(age, period)}</td>
      ))}
    </tr>
  );
};

export const AgeLanes = ({ caseId, periods }: { caseId: string; periods: readonly string[] }): ReactNode => {
  const { data } = useInfiniteQuery(entitiesQuery({ kind: 'person', case: caseId }));
  return data?.pages
    .flatMap(({ items }) => items)
    .map((person) => <AgeLane key={person.id} person={person} periods={periods} />);
};
