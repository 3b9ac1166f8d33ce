// One thing that a phone report has decoded, such as a message, with what lies inside of it: its fields by name, and the things in them.

export interface Model {
  readonly type: string;
  readonly id: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /** By the field that they lie in. */
  readonly models: ReadonlyMap<string, readonly Model[]>;
}

/** The first value of a field that says something. */
export const said = (model: Model | undefined, field: string): string | null => {
  for (const value of model?.fields.get(field) ?? []) if (value.trim() !== '') return value;
  return null;
};

export const within = (model: Model | undefined, ...fields: readonly string[]): readonly Model[] =>
  fields.flatMap((field) => model?.models.get(field) ?? []);

/** A copy that does not keep the piece of the report that it was cut from in memory. */
export const detached = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');
