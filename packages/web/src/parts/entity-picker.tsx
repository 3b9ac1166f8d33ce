// Finds a record by its name or a number of it, or begins one by that name: a field and the list of what it finds, by keyboard alone
// if one likes (arrow down goes from the field into the list).
import { useDebouncedValue } from '@mantine/hooks';
import { Entity, PERSON_ROLES, type PersonRole } from '@redthread/core/contract';
import type { EntityKind } from '@redthread/core/domain';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { callJson } from '../api/client.js';
import { foundEntitiesQuery } from '../api/queries.js';
import { t } from '../text/index.js';
import { CaseSelect } from './case-select.js';
import styles from './entity-picker.module.css';
import { Choice, Field } from './field.js';

const words = t.entities;
const TYPING_MS = 200;
/** The line of the list that begins a record. */
const NEW = 'new';

/** In words: name, state or role, case, agency. */
const lineOf = ({ name, state, role, case: of, agency }: Entity): string =>
  [
    name === '' ? t.series.noName : name,
    state !== null ? t.series.states[state] : role === null ? null : words.roles[role],
    of?.reference,
    agency.country,
  ]
    .filter((part) => part !== null && part !== undefined)
    .join(' · ');

interface EntityPickerProps {
  readonly kind: EntityKind;
  /** What the record is to be. */
  readonly label: string;
  /** Not offered. */
  readonly without?: readonly string[];
  /** Offered before anything is found, and chosen: the one that was taken before. */
  readonly last?: Entity | undefined;
  readonly autoFocus?: boolean;
  readonly canBegin?: boolean;
}

export const EntityPicker = (props: EntityPickerProps): ReactNode => {
  const { kind, label, without = [], last, autoFocus = false, canBegin = true } = props;
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(last?.id ?? '');
  const [taken, setTaken] = useState(last);
  const [q] = useDebouncedValue(text.trim(), TYPING_MS);
  const answer = useQuery(foundEntitiesQuery(kind, q)).data;
  const found = answer?.items ?? [];
  const list = useRef<HTMLDivElement>(null);
  // What is chosen stays until the list of what was typed is there: a form that is sent meanwhile would have nothing chosen.
  const kept = q === '' ? last : answer === undefined && taken?.id === chosen ? taken : undefined;
  const first = kept === undefined ? [] : [kept];
  const others = found.filter(({ id }) => id !== first[0]?.id);
  const offered = [...first, ...others].filter(({ id }) => !without.includes(id));
  const begins = canBegin && (text.trim() !== '' || kind !== 'series');
  const into = (event: KeyboardEvent<HTMLInputElement>): void => {
    const radios = list.current?.querySelectorAll('input') ?? [];
    const radio = [...radios].find(({ checked }) => checked) ?? radios[0];
    if (event.key !== 'ArrowDown' || radio === undefined) return;
    event.preventDefault();
    radio.focus();
    radio.click();
  };
  const line = (value: string, says: string, one?: Entity): ReactNode => (
    <label key={value} className={styles['line']}>
      <input
        type="radio"
        name="entity"
        required
        value={value}
        checked={chosen === value}
        onChange={() => {
          setChosen(value);
          setTaken(one);
        }}
      />
      <span className="clip">{says}</span>
    </label>
  );
  return (
    <div className={styles['picker']}>
      <Field
        name="name"
        value={text}
        maxLength={120}
        words={label}
        autoFocus={autoFocus}
        data-autofocus={autoFocus ? true : undefined}
        autoComplete="off"
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={into}
      />
      <div ref={list} className={styles['list']} role="radiogroup" aria-label={words.found}>
        {offered.map((one) => line(one.id, lineOf(one), one))}
        {begins && line(NEW, words.beginAs(words.kinds[kind], text.trim()))}
        {!begins && answer !== undefined && offered.length === 0 && <span className="muted">{words.nothingFound}</span>}
      </div>
      {begins && chosen === NEW && (
        <div className={styles['begun']}>
          <CaseSelect />
          {kind === 'person' && <RoleSelect />}
        </div>
      )}
    </div>
  );
};

export const RoleSelect = (): ReactNode => (
  <Choice name="role" words={words.role} defaultValue="unknown">
    {PERSON_ROLES.map((role) => (
      <option key={role} value={role}>
        {words.roles[role]}
      </option>
    ))}
  </Choice>
);

export interface Picked {
  readonly kind: EntityKind;
  /** Of one that is there. */
  readonly id: string | null;
  readonly name: string;
  readonly case?: string;
  readonly role?: PersonRole;
}

/** What was picked in a form; null where nothing was. */
export const pickedIn = (form: FormData, kind: EntityKind): Picked | null => {
  const [id, name, caseId, role] = ['entity', 'name', 'case', 'role'].map((field) =>
    String(form.get(field) ?? '').trim(),
  );
  if (id === undefined || id === '') return null;
  if (id !== NEW) return { kind, id, name: '' };
  return {
    kind,
    id: null,
    name: name ?? '',
    ...(caseId !== undefined && caseId !== '' && { case: caseId }),
    ...(kind === 'person' && { role: role as PersonRole }),
  };
};

/** Gives the id of what was picked; one that is not there is recorded first, and once, also where what follows is tried again. */
export const useRecordPicked = (): ((picked: Picked) => Promise<string>) => {
  const begun = useRef<{ readonly picked: string; readonly id: string } | null>(null);
  return async ({ id, ...rest }) => {
    if (id !== null) return id;
    const picked = JSON.stringify(rest);
    if (begun.current?.picked === picked) return begun.current.id;
    const made = await callJson('/entities', Entity, { method: 'POST', body: rest });
    begun.current = { picked, id: made.id };
    return made.id;
  };
};
