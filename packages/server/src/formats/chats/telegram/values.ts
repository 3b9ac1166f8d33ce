// Values of Telegram's JSON, whatever stands there instead of what should.

export type Json = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text, or a number as one; null for anything else. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' && Number.isFinite(value) ? String(value) : null;

export const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.flatMap((one) => textOf(one) ?? []) : [];

/** Plain text, or pieces of it with a kind each. */
export const richText = (value: unknown): string => {
  if (Array.isArray(value))
    return value.map((piece) => (isRecord(piece) ? richText(piece['text']) : richText(piece))).join('');
  return textOf(value) ?? '';
};
