// Says how something relates to a record that is found or begun: what relates them, to whom or what, why, how sure, on what evidence.
import { Assertion, Confidence } from '@redthread/core/contract';
import {
  ASSERTION_TYPE_NAMES,
  ASSERTION_TYPES,
  MERGING_TYPES,
  type AssertionTypeName,
  type EndKind,
  type EntityKind,
} from '@redthread/core/domain';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { callJson } from '../api/client.js';
import { ASSERTED } from '../api/queries.js';
import { useChange } from '../api/use-change.js';
import { t } from '../text/index.js';
import form from './ask.module.css';
import { ConfidenceSelect } from './confidence-select.js';
import { EntityPicker, pickedIn, useRecordPicked } from './entity-picker.js';
import { Choice, Field, ReasonField, textIn } from './field.js';
import { ProblemNotice } from './problem-notice.js';
import { TimeField } from './time-field.js';

const words = t.entities;
const ID_PATTERN = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** What it relates, and whether what is looked at is the one that it starts from. */
interface Relation {
  readonly type: AssertionTypeName;
  readonly isFrom: boolean;
}

/** What is said of it in a way of its own: belonging to a series, being one, being identified. */
const ELSEWHERE: readonly AssertionTypeName[] = ['member-of', 'identified-as', ...MERGING_TYPES];

/** Every relation that a thing of this kind can have, from either end; `only` those that are named. */
const relationsOf = (kind: EndKind, only: readonly AssertionTypeName[] | undefined): Relation[] =>
  (only ?? ASSERTION_TYPE_NAMES).flatMap((type) => {
    const { from, to, symmetric } = ASSERTION_TYPES[type];
    const isFrom = from.includes(kind) && (only !== undefined || !ELSEWHERE.includes(type));
    const isTo = only === undefined && symmetric !== true && to.some((one) => one === kind);
    return [
      ...(isFrom ? [{ type, isFrom: true }] : []),
      ...(isTo && from.some((one) => one !== 'media') ? [{ type, isFrom: false }] : []),
    ];
  });

/** The kinds of the other end. */
const othersOf = ({ type, isFrom }: Relation, kind: EndKind): readonly EntityKind[] => {
  const { from, to, sameKind } = ASSERTION_TYPES[type];
  const ends: readonly EndKind[] = isFrom ? to : from;
  const kinds = ends.filter((one): one is EntityKind => one !== 'media');
  return sameKind === true ? kinds.filter((one) => one === kind) : kinds;
};

const inWords = ({ type, isFrom }: Relation): string => (isFrom ? words.fromIt : words.toIt)(words.relations[type]);

interface RelateProps {
  /** What is looked at. */
  readonly end: { readonly kind: EndKind; readonly id: string };
  readonly only?: readonly AssertionTypeName[];
  readonly submit: string;
  readonly onDone: () => void;
}

/** On what it rests, and from when to when it holds; not asked for where nobody opens it. */
const More = (): ReactNode => (
  <details className={form['steps']}>
    <summary>{words.more}</summary>
    <div className={form['steps']}>
      <Field name="evidence" maxLength={500} words={words.evidence} />
      <Field name="media" pattern={ID_PATTERN} title={words.evidenceMediaForm} words={words.evidenceMedia} />
      <TimeField name="validFrom" words={words.validFrom} />
      <TimeField name="validTo" words={words.validTo} />
    </div>
  </details>
);

const optional = (text: (name: string) => string): object => {
  const evidence = {
    ...(text('evidence') !== '' && { text: text('evidence') }),
    ...(text('media') !== '' && { media: text('media') }),
  };
  return {
    ...(Object.keys(evidence).length > 0 && { evidence }),
    ...(text('validFrom') !== '' && { validFrom: text('validFrom') }),
    ...(text('validTo') !== '' && { validTo: text('validTo') }),
  };
};

export const Relate = ({ end, only, submit, onDone }: RelateProps): ReactNode => {
  const relations = relationsOf(end.kind, only);
  const [at, setAt] = useState(0);
  const relation = relations[at];
  const kinds = relation === undefined ? [] : othersOf(relation, end.kind);
  const [wanted, setWanted] = useState<EntityKind | null>(null);
  const kind = wanted !== null && kinds.includes(wanted) ? wanted : kinds[0];
  const record = useRecordPicked();
  const relate = useChange(async (given: FormData) => {
    if (relation === undefined || kind === undefined) return;
    const picked = pickedIn(given, kind);
    if (picked === null) return;
    const other = await record(picked);
    const text = textIn(given);
    const own = end.kind === 'media' ? { media: end.id } : { entity: end.id };
    await callJson('/assertions', Assertion, {
      method: 'POST',
      body: {
        type: relation.type,
        ...(relation.isFrom ? { from: own, to: other } : { from: { entity: other }, to: end.id }),
        reason: text('reason'),
        confidence: Confidence.parse(text('confidence')),
        ...optional(text),
      },
    });
  }, ASSERTED);
  if (relation === undefined || kind === undefined) return null;
  const send = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    // Where nothing is found there is nothing to choose: the form stays.
    if (pickedIn(given, kind) !== null) relate.mutate(given, { onSuccess: onDone });
  };
  return (
    <form onSubmit={send} aria-label={submit}>
      <div className={form['steps']}>
        {relations.length > 1 && (
          <Choice words={words.relation} value={at} onChange={(event) => setAt(Number(event.currentTarget.value))}>
            {relations.map((one, index) => (
              <option key={`${one.type} ${one.isFrom}`} value={index}>
                {inWords(one)}
              </option>
            ))}
          </Choice>
        )}
        {kinds.length > 1 && (
          <Choice
            words={words.kindOfOther}
            value={kind}
            onChange={(event) => setWanted(event.currentTarget.value as EntityKind)}
          >
            {kinds.map((one) => (
              <option key={one} value={one}>
                {words.kinds[one]}
              </option>
            ))}
          </Choice>
        )}
      </div>
      <div className={form['steps']}>
        <EntityPicker
          key={kind}
          kind={kind}
          label={words.find(words.kinds[kind])}
          without={[end.id]}
          canBegin={!MERGING_TYPES.includes(relation.type)}
          autoFocus
        />
      </div>
      <div className={form['steps']}>
        <ReasonField words={t.series.why} />
        <ConfidenceSelect />
        <button type="submit" className="button" disabled={relate.isPending}>
          {submit}
        </button>
      </div>
      <More />
      {relate.error !== null && <ProblemNotice error={relate.error} />}
    </form>
  );
};
