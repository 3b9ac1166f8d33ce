// Fields of a form. What belongs into one is read out, and stands on its upper edge; in the field itself while nothing is written.
import type { ComponentProps, ReactNode } from 'react';

interface FieldProps extends Omit<ComponentProps<'input'>, 'className' | 'placeholder' | 'aria-label'> {
  readonly words: string;
}

export const Field = ({ words, ...input }: FieldProps): ReactNode => (
  <span className="labelled">
    <input className="field" placeholder={words} aria-label={words} {...input} />
    <span aria-hidden>{words}</span>
  </span>
);

/** Why something is done, as it stands on record. */
export const ReasonField = (props: Omit<FieldProps, 'name' | 'required' | 'minLength'>): ReactNode => (
  <Field name="reason" required minLength={3} maxLength={200} {...props} />
);

interface ChoiceProps extends Omit<ComponentProps<'select'>, 'className' | 'aria-label'> {
  readonly words: string;
}

export const Choice = ({ words, ...select }: ChoiceProps): ReactNode => (
  <span className="labelled">
    <select className="field" aria-label={words} {...select} />
    <span aria-hidden>{words}</span>
  </span>
);

/** Chooses files of this machine; what they are is said before it. */
export const FileField = ({ words, title, ...input }: FieldProps): ReactNode => (
  <label className="file-field" title={title}>
    <span className="muted">{words}</span>
    <input type="file" aria-label={words} {...input} />
  </label>
);

/** What was written into the fields of a form, by their names, without blanks around it; empty where there is nothing. */
export const textIn =
  (form: FormData) =>
  (name: string): string =>
    String(form.get(name) ?? '').trim();
