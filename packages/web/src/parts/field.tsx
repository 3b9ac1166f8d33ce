// One line of text in a form: what belongs there stands in it until something is written, and is read out always.
import type { ComponentProps, ReactNode } from 'react';

interface FieldProps extends Omit<ComponentProps<'input'>, 'className' | 'placeholder' | 'aria-label'> {
  readonly words: string;
}

export const Field = ({ words, ...input }: FieldProps): ReactNode => (
  <input className="field" placeholder={words} aria-label={words} {...input} />
);

/** What was written into the fields of a form, by their names, without blanks around it; empty where there is nothing. */
export const textIn =
  (form: FormData) =>
  (name: string): string =>
    String(form.get(name) ?? '').trim();
