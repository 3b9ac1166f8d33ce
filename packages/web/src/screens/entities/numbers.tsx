// Numbers that others gave a record: whose, which; each stays on the record that it was given to, also where two are one.
import { ExternalIdRow, type EntityDetail } from '@redthread/core/contract';
import { KNOWN_ID_TYPES } from '@redthread/core/domain';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { callJson } from '../../api/client.js';
import { meQuery } from '../../api/queries.js';
import { useChange } from '../../api/use-change.js';
import { EntityName } from '../../parts/assertion-table.js';
import form from '../../parts/ask.module.css';
import { Choice, Field, textIn } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import styles from '../../parts/series.module.css';
import { TakeBack } from '../../parts/take-back.js';
import { instant } from '../../text/format.js';
import { t } from '../../text/index.js';

const words = t.entities;
const TOUCHES = ['/entities'];
/** A type that is not known here: its issuer has to be named. */
const OTHER = '';

export const AddNumber = ({ entityId, onDone }: { entityId: string; onDone: () => void }): ReactNode => {
  const [known, setKnown] = useState<string>(Object.keys(KNOWN_ID_TYPES)[0] ?? OTHER);
  const add = useChange(
    (body: object) => callJson(`/entities/${entityId}/external-ids`, ExternalIdRow, { method: 'POST', body }),
    TOUCHES,
  );
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = textIn(new FormData(event.currentTarget));
    const value = text('value');
    const of = known === OTHER ? { issuer: text('issuer'), type: text('type') } : { type: known };
    add.mutate({ ...of, value }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} aria-label={words.addNumber}>
      <div className={form['steps']}>
        <Choice words={words.numberType} value={known} onChange={(event) => setKnown(event.currentTarget.value)}>
          {Object.entries(KNOWN_ID_TYPES).map(([type, { issuer }]) => (
            <option key={type} value={type}>
              {issuer} {type}
            </option>
          ))}
          <option value={OTHER}>{words.otherType}</option>
        </Choice>
        {known === OTHER && (
          <>
            <Field name="issuer" required maxLength={120} words={words.issuer} />
            <Field
              name="type"
              required
              pattern="[a-z][a-z0-9\-]{0,39}"
              title={words.typeForm}
              words={words.typeOfNumber}
            />
          </>
        )}
        <Field name="value" required maxLength={200} autoFocus words={words.value} />
        <button type="submit" className="button" disabled={add.isPending}>
          {words.addNumber}
        </button>
      </div>
      {add.error !== null && <ProblemNotice error={add.error} />}
    </form>
  );
};

/** Nothing where there are none; those that were taken back stay in sight. */
export const Numbers = ({ ids, group }: EntityDetail): ReactNode => {
  const agencyId = useQuery(meQuery).data?.agency.id;
  if (ids.length === 0) return null;
  return (
    <Section title={t.series.ids} n={ids.length} id="numbers">
      <table className="table">
        <tbody>
          {ids.map((one) => {
            const of = group.find(({ id }) => id === one.entityId);
            return (
              <tr
                key={one.id}
                data-number={one.value}
                className={one.retracted === null ? undefined : styles['retracted']}
              >
                <td>{one.issuer}</td>
                <td>{one.type}</td>
                <td className="mono">{one.value}</td>
                <td>{group.length > 1 && of !== undefined && <EntityName entity={of} />}</td>
                <td className="grow wrap">
                  {t.series.byWhom(one.by)} <span className="muted">{instant(one.at)}</span>{' '}
                  {one.retracted !== null && t.series.takenBack(one.retracted.by, one.retracted.reason)}
                </td>
                <td className="num">
                  {one.retracted === null && of?.agency.id === agencyId && (
                    <TakeBack path={`/external-ids/${one.id}/retract`} touches={TOUCHES} />
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Section>
  );
};
