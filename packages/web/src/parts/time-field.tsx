// A time as a person states it: a date, or a date with a time and perhaps a zone; anything else is said to be none before it is sent.
import { readStatedTime } from '@redthread/core/domain';
import type { ReactNode } from 'react';
import { t } from '../text/index.js';
import { Field } from './field.js';

interface TimeFieldProps {
  readonly name: string;
  readonly words: string;
  readonly required?: boolean;
  readonly defaultValue?: string | undefined;
}

export const TimeField = ({ defaultValue = '', ...rest }: TimeFieldProps): ReactNode => (
  <Field
    {...rest}
    maxLength={40}
    defaultValue={defaultValue}
    title={t.entities.timeForm}
    onInput={({ currentTarget }) => {
      const text = currentTarget.value.trim();
      currentTarget.setCustomValidity(text === '' || readStatedTime(text) !== null ? '' : t.entities.timeForm);
    }}
  />
);
