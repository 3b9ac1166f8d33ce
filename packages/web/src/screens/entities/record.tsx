// Records a person, a place, a thing, an account; a person with a role and an age band at a date, a place with where it is and how well that is
// known, and without a name where there is none.
import { Entity } from '@redthread/core/contract';
import { ENTITY_KINDS, type EntityKind } from '@redthread/core/domain';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { callJson } from '../../api/client.js';
import { useChange } from '../../api/use-change.js';
import { CaseSelect } from '../../parts/case-select.js';
import { RoleSelect } from '../../parts/entity-picker.js';
import { Choice, Field, textIn } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import styles from '../../parts/series.module.css';
import { TimeField } from '../../parts/time-field.js';
import { t } from '../../text/index.js';

const words = t.entities;
const OLDEST = 130;

const Age = (): ReactNode => (
  <>
    <Field name="minYears" type="number" min={0} max={OLDEST} words={words.ageFrom} />
    <Field name="maxYears" type="number" min={0} max={OLDEST} words={words.ageTo} />
    <TimeField name="ageAt" words={words.ageOn} />
  </>
);

/** Never a point: how well it is known belongs to it. */
const Where = (): ReactNode => (
  <>
    <Field name="latitude" type="number" min={-90} max={90} step="any" words={words.latitude} />
    <Field name="longitude" type="number" min={-180} max={180} step="any" words={words.longitude} />
    <Field name="radius" type="number" min={1} max={2_000_000} words={words.radius} />
  </>
);

/** Null where none of it was given; what is missing is refused by the server, which names it. */
const areaIn = (text: (name: string) => string): object | null => {
  const given = ['latitude', 'longitude', 'radius'].map(text);
  if (given.every((one) => one === '')) return null;
  const [latitudeDeg, longitudeDeg, radiusM] = given.map((one) => (one === '' ? null : Number(one)));
  return { latitudeDeg, longitudeDeg, radiusM };
};

/** Null where none of it was given. */
const ageIn = (text: (name: string) => string): object | null => {
  const [low, high, at] = ['minYears', 'maxYears', 'ageAt'].map(text);
  if (low === '' && high === '' && at === '') return null;
  return { minYears: Number(low === '' ? high : low), maxYears: Number(high === '' ? low : high), at };
};

export const Record = ({ kind: first }: { kind: EntityKind }): ReactNode => {
  const navigate = useNavigate();
  const [kind, setKind] = useState(first);
  const record = useChange((body: object) => callJson('/entities', Entity, { method: 'POST', body }), ['/entities']);
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = textIn(new FormData(event.currentTarget));
    const age = ageIn(text);
    const area = areaIn(text);
    record.mutate(
      {
        kind,
        name: text('name'),
        note: text('note'),
        ...(kind === 'person' && { role: text('role'), ...(age !== null && { age }) }),
        ...(kind === 'place' && area !== null && { area }),
        ...(text('case') !== '' && { case: text('case') }),
      },
      { onSuccess: ({ id }) => void navigate({ to: '/entities/$entityId', params: { entityId: id } }) },
    );
  };
  return (
    <form className={styles['form']} onSubmit={submit} aria-label={words.record}>
      <Choice words={words.kind} value={kind} onChange={(event) => setKind(event.currentTarget.value as EntityKind)}>
        {ENTITY_KINDS.map((one) => (
          <option key={one} value={one}>
            {words.kinds[one]}
          </option>
        ))}
      </Choice>
      <Field name="name" maxLength={120} required={kind === 'series'} autoFocus words={t.series.name} />
      {kind === 'person' && (
        <>
          <RoleSelect />
          <Age />
        </>
      )}
      {kind === 'place' && <Where />}
      <CaseSelect />
      <Field name="note" maxLength={2000} words={t.verdicts.noteColumn} />
      <button type="submit" className="button" disabled={record.isPending}>
        {words.record}
      </button>
      {record.error !== null && <ProblemNotice error={record.error} />}
    </form>
  );
};
