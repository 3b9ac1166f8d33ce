// Says what a list is before a byte of it is sent: its polarity is never guessed, so nothing is chosen beforehand.
import { ListUpload, type List, type ListPlan } from '@redthread/core/contract';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { callJson } from '../../api/client.js';
import { useChange } from '../../api/use-change.js';
import { Choice, Field, FileField, textIn } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { t } from '../../text/index.js';
import styles from './lists.module.css';
import { sendList } from './send-list.js';

const words = t.listUpload;
const POLARITIES = ['known-bad', 'known-good', 'other'] as const;

/** `name` and `version` of the list that it is applied to, as one value of a choice. */
const ontoOf = (list: List): string => JSON.stringify([list.name, list.version]);

const planIn = (form: FormData): Partial<ListPlan> => {
  const text = textIn(form);
  const given = (name: string): Record<string, string> => (text(name) === '' ? {} : { [name]: text(name) });
  const [base, onto] = text('onto') === '' ? [] : (JSON.parse(text('onto')) as [string, string]);
  return {
    ...given('polarity'),
    ...given('owner'),
    ...given('version'),
    ...given('handling'),
    name: base ?? text('name'),
    ...(text('expires') === '' ? {} : { expiresAt: `${text('expires')}T00:00:00Z` }),
    ...(onto === undefined ? {} : { onto, endsOnto: form.get('endsOnto') !== null }),
    skipsBadLines: form.get('skipsBadLines') !== null,
    isNotNist: form.get('isNotNist') !== null,
  };
};

/** `own`: lists of the own agency, which a new version may be applied to. */
export const BringIn = ({ own, onDone }: { own: readonly List[]; onDone: () => void }): ReactNode => {
  const [files, setFiles] = useState<readonly File[]>([]);
  const [onto, setOnto] = useState('');
  const begin = useChange(
    (plan: Partial<ListPlan>) =>
      callJson('/list-uploads', ListUpload, {
        method: 'POST',
        body: { plan, files: files.map(({ name, size }) => ({ name, sizeBytes: size })) },
      }),
    ['/list-uploads'],
  );
  const submit = (event: SyntheticEvent<HTMLFormElement>): void => {
    event.preventDefault();
    begin.mutate(planIn(new FormData(event.currentTarget)), {
      onSuccess: (upload) => {
        // What goes wrong on the way is shown with the upload, from where it goes on.
        void sendList(upload, files).catch(() => undefined);
        onDone();
      },
    });
  };
  return (
    <form className={styles['bring']} onSubmit={submit} aria-label={words.title}>
      <FileField
        words={words.files}
        multiple
        required
        onChange={({ currentTarget }) => setFiles([...(currentTarget.files ?? [])])}
      />
      <div className={styles['row']}>
        {onto === '' && <Field name="name" required maxLength={120} words={words.name} autoFocus />}
        <Choice name="polarity" required defaultValue="" words={words.polarity}>
          <option value="" disabled>
            {words.choose}
          </option>
          {POLARITIES.map((polarity) => (
            <option key={polarity} value={polarity}>
              {t.polarity[polarity]}
            </option>
          ))}
        </Choice>
        <Field name="owner" maxLength={120} words={words.owner} />
        <Field name="version" maxLength={80} words={words.version} />
        <Field name="handling" maxLength={40} words={words.handling} />
        <Field name="expires" type="date" words={words.expires} />
        {own.length > 0 && (
          <Choice
            name="onto"
            words={words.onto}
            value={onto}
            onChange={({ currentTarget }) => setOnto(currentTarget.value)}
          >
            <option value="">{words.ontoNone}</option>
            {own.map((list) => (
              <option key={list.id} value={ontoOf(list)}>
                {`${list.name} ${list.version}`}
              </option>
            ))}
          </Choice>
        )}
      </div>
      <div className={styles['row']}>
        {(['skipsBadLines', 'isNotNist', ...(onto === '' ? [] : (['endsOnto'] as const))] as const).map((name) => (
          <label key={name}>
            <input type="checkbox" name={name} /> {words[name]}
          </label>
        ))}
      </div>
      <div className={styles['row']}>
        <button type="submit" className="button" disabled={files.length === 0 || begin.isPending}>
          {words.send}
        </button>
        <button type="button" className="button plain" onClick={onDone}>
          {t.common.cancel}
        </button>
        <span className="muted">{words.how}</span>
      </div>
      {begin.error !== null && <ProblemNotice error={begin.error} />}
    </form>
  );
};
