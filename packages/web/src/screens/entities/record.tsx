// Records a person, a place, a thing, an account; a person with a role and an age band at a date, a place with where it is and how well that is
// known, and without a name where there is none.
import { Entity, MOST_RADIUS_M } from '@redthread/core/contract';
import { ENTITY_KINDS, type EntityKind } from '@redthread/core/domain';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ChangeEvent, type ReactNode, type SyntheticEvent } from 'react';
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

const AREA = ['latitude', 'longitude', 'radius'];

/** Never a point: how well it is known belongs to it, and whoever says one of the three says all. */
const Where = (): ReactNode => {
  const [isGiven, setGiven] = useState(false);
  const given = {
    type: 'number',
    required: isGiven,
    onChange: ({ currentTarget: { form } }: ChangeEvent<HTMLInputElement>) =>
      setGiven(form !== null && areaIn(textIn(new FormData(form))) !== null),
  };
  return (
    <>
      <Field {...given} name="latitude" min={-90} max={90} step="any" words={words.latitude} />
      <Field {...given} name="longitude" min={-180} max={180} step="any" words={words.longitude} />
      <Field {...given} name="radius" min={1} max={MOST_RADIUS_M} words={words.radius} />
    </>
  );
};

/** Null where none of it was given. */
const areaIn = (text: (name: string) => string): object | null => {
  const given = AREA.map(text);
  if (given.every((one) => one === '')) return null;
  const [latitudeDeg, longitudeDeg, radiusM] = given.map(Number);
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
