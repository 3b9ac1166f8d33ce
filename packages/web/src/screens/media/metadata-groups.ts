// Metadata as groups of names and values: pure, whatever the reader of metadata wrote.

export interface MetadataGroup {
  readonly name: string;
  readonly rows: readonly (readonly [name: string, value: string])[];
}

type Put = (group: string, name: string, value: string) => void;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isEmpty = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);

const walk = (object: Readonly<Record<string, unknown>>, group: string, put: Put): void => {
  for (const [key, value] of Object.entries(object)) {
    if (isEmpty(value)) continue;
    const cut = key.indexOf(':');
    if (isObject(value)) walk(value, key, put);
    else {
      const words = typeof value === 'string' ? value : JSON.stringify(value);
      if (cut === -1) put(group, key, words);
      else put(key.slice(0, cut), key.slice(cut + 1), words);
    }
  }
};

/**
 * `{ "EXIF:Make": "x", GPS: { Lat: 1 } }` → groups EXIF and GPS; names without a group come first, under "". An object
 * names its group; what is null or empty is left out.
 */
export const metadataGroups = (metadata: Readonly<Record<string, unknown>>): readonly MetadataGroup[] => {
  const groups = new Map<string, [string, string][]>();
  walk(metadata, '', (group, name, value) => {
    groups.set(group, [...(groups.get(group) ?? []), [name, value]]);
  });
  return [...groups].map(([name, rows]) => ({ name, rows })).sort((a, b) => a.name.localeCompare(b.name));
};
