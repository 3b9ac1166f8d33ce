// State in the address: plain text parameters, each read by its schema; one that does not fit is left out, never an error page.
import { z } from 'zod';

type Shape = Readonly<Record<string, z.ZodType>>;
export type SearchOf<S extends Shape> = { -readonly [K in keyof S]?: z.output<S[K]> | undefined };

/** `?size=200&at=x` → `{ size: 200 }` for `{ size: Pixels, at: Id }`. */
export const searchReader =
  <S extends Shape>(shape: S) =>
  (raw: Readonly<Record<string, unknown>>): SearchOf<S> => {
    const found: Record<string, unknown> = {};
    for (const [key, schema] of Object.entries(shape)) {
      const value = raw[key];
      if (value === undefined) continue;
      const parsed = schema.safeParse(value);
      if (parsed.success) found[key] = parsed.data;
    }
    return found as SearchOf<S>;
  };

export const parseSearch = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text));

export const stringifySearch = (search: Readonly<Record<string, unknown>>): string => {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== '' && value !== false) params.set(key, String(value));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
};

/** A switch: present and "true", or absent. */
export const Flag = z.union([z.boolean(), z.literal('true').transform(() => true)]);
