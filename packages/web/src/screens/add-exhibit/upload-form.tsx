// What is to be said of an exhibit before it is sent: its name, what a provider has viewed of it, and the files.
import type { Case } from '@redthread/core/contract';
import { viewingListOf } from '@redthread/core/sending';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { Field, textIn } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { t } from '../../text/index.js';
import type { ViewingChoice } from '../../upload/messages.js';
import { senderOf } from '../../upload/sender.js';
import { beginUpload } from '../../upload/upload-state.js';
import styles from './add-exhibit.module.css';
import { DropZone, type Chosen } from './drop-zone.js';

const words = t.upload;
const CHOICES = ['nothing-said', 'none-viewed', 'list'] as const;

/** Errors: ARGUMENT_INVALID, naming the line of a list that says neither. */
const viewingIn = async (form: FormData): Promise<ViewingChoice> => {
  const kind = CHOICES.find((choice) => choice === form.get('viewing')) ?? 'nothing-said';
  const list = form.get('list');
  if (kind !== 'list' || !(list instanceof File)) return { kind: kind === 'list' ? 'none-viewed' : kind };
  const text = await list.text();
  viewingListOf(text, list.name);
  return { kind, name: list.name, text };
};

const Viewed = (): ReactNode => {
  const [kind, setKind] = useState<ViewingChoice['kind']>('nothing-said');
  return (
    <fieldset className={styles['choices']}>
      <legend>{words.viewed}</legend>
      {CHOICES.map((choice) => (
        <label key={choice}>
          <input
            type="radio"
            name="viewing"
            value={choice}
            checked={kind === choice}
            onChange={() => setKind(choice)}
          />
          {words.viewing[choice]}
        </label>
      ))}
      {kind === 'list' && (
        <input type="file" name="list" required accept=".csv,.tsv,.txt,text/*" aria-label={words.list} />
      )}
      {kind !== 'nothing-said' && <p className="muted">{words.viewingHint}</p>}
    </fieldset>
  );
};

interface UploadFormProps {
  readonly one: Case;
  readonly userId: string;
  /** Of an exhibit that is gone on with. */
  readonly exhibit: string | undefined;
}

export const UploadForm = ({ one, userId, exhibit }: UploadFormProps): ReactNode => {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [refused, setRefused] = useState<unknown>(null);
  const submit = async (form: FormData): Promise<void> => {
    if (chosen === null) return;
    setRefused(null);
    try {
      const reference = textIn(form)('exhibit');
      const viewing = await viewingIn(form);
      const sender = await senderOf(userId, one.id, reference);
      const job = { case: one.reference, exhibit: reference, ...chosen, viewing, sender };
      beginUpload({ userId, caseId: one.id, job });
    } catch (error) {
      setRefused(error);
    }
  };
  return (
    <form
      className={styles['form']}
      onSubmit={(event: SyntheticEvent<HTMLFormElement>) => {
        event.preventDefault();
        void submit(new FormData(event.currentTarget));
      }}
    >
      <div className={styles['row']}>
        <Field name="exhibit" required maxLength={80} defaultValue={exhibit} words={words.exhibit} autoFocus />
        <span className="muted">{words.exhibitHint}</span>
      </div>
      <Viewed />
      <DropZone chosen={chosen} onChosen={setChosen} onRefused={setRefused} />
      {refused !== null && <ProblemNotice error={refused} />}
      <div className={styles['row']}>
        <button type="submit" className="button" disabled={chosen === null}>
          {words.send}
        </button>
        <span className="muted">{words.how}</span>
      </div>
    </form>
  );
};
