// What exactly was wrong, as a sentence with its values apart: a page words the sentence in the language of its reader.

export interface Said {
  /** In English, with {0}, {1} … where the values stand. */
  readonly sentence: string;
  readonly values: readonly string[];
}

/** `fail('NOT_FOUND', saying`no exhibit ${reference}`)`. */
export const saying = (parts: TemplateStringsArray, ...values: readonly (string | number)[]): Said => ({
  sentence: parts.reduce((sentence, part, i) => `${sentence}{${i - 1}}${part}`),
  values: values.map(String),
});

/** The sentence with its values in their places; values are never read as sentences. */
export const inFull = ({ sentence, values }: Said): string =>
  sentence.replace(/\{(\d+)\}/g, (place, digits: string) => values[Number(digits)] ?? place);
