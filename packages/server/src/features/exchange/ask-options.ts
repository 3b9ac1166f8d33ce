// What every export is asked for on the command line: of what, and what of it.
import { InvalidArgumentError, type Command } from 'commander';
import { EXCHANGE_FIELDS, type ExchangeField } from '@redthread/core/contract';
import { fail } from '@redthread/core/errors';
import type { z } from 'zod';
import { purpose } from '../../app/cli/purpose.js';
import type { LocalSession } from '../accounts/index.js';
import { resolveScope } from '../funnel/index.js';

export interface ExportOptions {
  readonly case?: string;
  readonly exhibit?: string;
  readonly operation?: string;
  readonly series?: string;
  readonly review?: string;
  readonly scheme?: string;
  readonly leaveOut?: ExchangeField[];
  readonly handling?: string;
  readonly withoutUnread?: boolean;
  readonly purpose?: string;
}

const fields = (text: string): ExchangeField[] => {
  const named = text.split(',').map((one) => one.trim());
  const unknown = named.find((one) => !(EXCHANGE_FIELDS as readonly string[]).includes(one));
  if (unknown !== undefined) throw new InvalidArgumentError(`${unknown} is none of ${EXCHANGE_FIELDS.join(', ')}.`);
  return named as ExchangeField[];
};

export const subjectOptions = (command: Command): Command =>
  command
    .option('--case <case>', 'of a case')
    .option('--exhibit <exhibit>', 'of an exhibit, as CASE/EXHIBIT')
    .option('--operation <operation>', 'of all cases of an operation that you see')
    .option('--series <series>', 'of a series, by its id')
    .option('--review <id>', 'of a review of yours: its query, asked anew')
    .option('--scheme <scheme>', 'scheme of the categories (default: what your agency votes in)')
    .option('--leave-out <fields>', `comma-separated: ${EXCHANGE_FIELDS.join(', ')}`, fields)
    .option('--handling <code>', 'code under which the file is handled (default: the strictest in it)')
    .option('--without-unread', 'go without files that could not be read, which have no digest')
    .option('--purpose <text>', 'why, as it stands in the record', purpose);

/** Errors: ARGUMENT_INVALID, and those of what is named. */
export const askOfOptions = async <T extends z.ZodType>(
  { ctx, store }: LocalSession<'app'>,
  options: ExportOptions,
  form: T,
  more: Readonly<Record<string, unknown>>,
): Promise<z.output<T>> => {
  const { exhibit, handling, leaveOut = [], operation, purpose: why, review, scheme, series } = options;
  const scope = await resolveScope(store, ctx, { case: options.case, exhibit, operation });
  const parsed = form.safeParse({
    ...(scope !== null && { [scope.kind]: scope.id }),
    series,
    review,
    scheme,
    leaveOut,
    handling,
    withoutUnread: options.withoutUnread === true,
    purpose: why,
    ...more,
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw fail('ARGUMENT_INVALID', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, {
    pointer: String(issue?.path[0] ?? ''),
  });
};
